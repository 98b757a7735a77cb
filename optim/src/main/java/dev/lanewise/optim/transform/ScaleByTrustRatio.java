package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Layer-wise adaptation, You and others, *Large batch optimization for deep learning: training
/// BERT in 76 minutes* (2020), Algorithm 2 with φ(z) = z: `u ← ‖w‖/‖u‖·u` for each tensor; as it is
/// where a norm is 0.
public record ScaleByTrustRatio() implements GradientTransform<@Nullable Void> {
  @Override
  public @Nullable Void init(Parameters parameters) {
    return null;
  }

  @Override
  public String explain() {
    return "u ← ‖w‖/‖u‖·u, of each tensor";
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, @Nullable Void state, StepContext step) {
    int position = 0;
    for (Parameter parameter : parameters.byPath().values()) {
      Tensor update = updates.get(position++);
      double weights = Norms.of(parameter.value());
      double length = Norms.of(update);
      if (weights > 0 && length > 0) {
        TensorMath.scale(weights / length, update, update);
      }
    }
  }
}
