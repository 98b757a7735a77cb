package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Clips the Euclidean norm over all tensors together: `u ← u·min(1, c/‖u‖)`, Pascanu, Mikolov and
/// Bengio, *On the difficulty of training recurrent neural networks* (2013), Algorithm 1. PyTorch
/// divides by `‖u‖ + 1e-6`.
///
/// @param limit c of each step, positive
public record ClipByGlobalNorm(Schedule limit) implements GradientTransform<@Nullable Void> {
  /// Clipping.
  ///
  /// @throws IllegalArgumentException if the limit is not positive
  public ClipByGlobalNorm {
    Range.POSITIVE.require("limit of the clipping by global norm", limit);
  }

  /// With a constant limit.
  ///
  /// @param limit c
  /// @throws IllegalArgumentException if the limit is not positive
  public ClipByGlobalNorm(double limit) {
    this(new Constant(limit));
  }

  @Override
  public @Nullable Void init(Parameters parameters) {
    return null;
  }

  @Override
  public String explain() {
    return "u ← u·min(1, %s/‖u‖), ‖u‖ over all tensors".formatted(Range.show(limit));
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, @Nullable Void state, StepContext step) {
    double most = Range.POSITIVE.at("limit of the clipping by global norm", limit, step);
    double norm = Norms.of(updates);
    if (norm > most) {
      for (Tensor update : updates) {
        TensorMath.scale(most / norm, update, update);
      }
    }
  }
}
