package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `u ← α(t)·u`: a factor that keeps the sign, for what stands before the end of a chain.
///
/// @param factor α(t), at least 0
public record Scale(Schedule factor) implements GradientTransform<@Nullable Void> {
  /// A factor.
  ///
  /// @throws IllegalArgumentException if the factor is a constant and negative or not finite
  public Scale {
    Range.NOT_NEGATIVE.require("factor", factor);
  }

  @Override
  public @Nullable Void init(Parameters parameters) {
    return null;
  }

  @Override
  public String explain() {
    return "u ← " + Range.show(factor) + "·u";
  }

  @Override
  public boolean elementwise() {
    return true;
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, @Nullable Void state, StepContext step) {
    double now = Range.NOT_NEGATIVE.at("factor", factor, step);
    for (Tensor update : updates) {
      TensorMath.scale(now, update, update);
    }
  }
}
