package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Clips the Euclidean norm of each tensor: `u ← u·min(1, c/‖u‖)`.
///
/// @param limit c of each step, positive
public record ClipByNorm(Schedule limit) implements GradientTransform<@Nullable Void> {
  /// Clipping.
  ///
  /// @throws IllegalArgumentException if the limit is not positive
  public ClipByNorm {
    Range.POSITIVE.require("limit of the clipping by norm", limit);
  }

  /// With a constant limit.
  ///
  /// @param limit c
  /// @throws IllegalArgumentException if the limit is not positive
  public ClipByNorm(double limit) {
    this(new Constant(limit));
  }

  @Override
  public @Nullable Void init(Parameters parameters) {
    return null;
  }

  @Override
  public String explain() {
    return "u ← u·min(1, %s/‖u‖), of each tensor".formatted(Range.show(limit));
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, @Nullable Void state, StepContext step) {
    double most = Range.POSITIVE.at("limit of the clipping by norm", limit, step);
    for (Tensor update : updates) {
      double norm = Norms.of(update);
      if (norm > most) {
        TensorMath.scale(most / norm, update, update);
      }
    }
  }
}
