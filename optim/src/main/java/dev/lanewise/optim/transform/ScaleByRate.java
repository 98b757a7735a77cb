package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `u ← −η(t)·u`: turns a direction of ascent into a step of descent.
///
/// @param rate η(t), the learning rate of each step
public record ScaleByRate(Schedule rate) implements GradientTransform<@Nullable Void> {
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
    return "u ← −(" + rate + ")·u";
  }

  @Override
  public boolean elementwise() {
    return true;
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, @Nullable Void state, StepContext step) {
    double factor = -rate.at(step.number());
    for (Tensor update : updates) {
      TensorMath.scale(factor, update, update);
    }
  }
}
