package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `u ← −η(t)·u`: turns a direction of ascent into a step of descent. A trainer may recognise this
/// record and compute it together with what stands before it.
///
/// @param rate η(t), the learning rate of each step; a schedule may say 0, a constant must be
///     positive
public record ScaleByRate(Schedule rate) implements GradientTransform<@Nullable Void> {
  /// With a rate that follows a schedule.
  ///
  /// @throws IllegalArgumentException if the rate is a constant and not positive
  public ScaleByRate {
    Range.POSITIVE.require("learning rate", rate);
  }

  /// With a constant rate.
  ///
  /// @param rate η
  /// @throws IllegalArgumentException if the rate is not a positive number
  public ScaleByRate(double rate) {
    this(Schedule.constant(rate));
  }

  @Override
  public @Nullable Void init(Parameters parameters) {
    return null;
  }

  @Override
  public String explain() {
    return "u ← −" + Range.show(rate) + "·u";
  }

  @Override
  public boolean elementwise() {
    return true;
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, @Nullable Void state, StepContext step) {
    double factor = factor(step);
    for (Tensor update : updates) {
      TensorMath.scale(factor, update, update);
    }
  }

  /// What updates are multiplied by.
  ///
  /// @param step which step this is
  /// @return −η(t)
  /// @throws IllegalArgumentException if the schedule says a negative number or none
  public double factor(StepContext step) {
    return -Range.NOT_NEGATIVE.at("learning rate", rate, step);
  }
}
