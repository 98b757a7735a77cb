package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Steps relative to the weights, Shazeer and Stern (2018), Algorithm 4 (Adafactor):
/// `u ← max(ε, RMS(w))·u` for each tensor, with RMS the root of the mean square.
///
/// @param epsilon ε of each step, the least scale, positive; 1e-3 in the paper
public record ScaleByParameterRms(Schedule epsilon) implements GradientTransform<@Nullable Void> {
  /// Steps relative to the weights.
  ///
  /// @throws IllegalArgumentException if ε is not positive
  public ScaleByParameterRms {
    Range.POSITIVE.require("least scale", epsilon);
  }

  @Override
  public @Nullable Void init(Parameters parameters) {
    return null;
  }

  @Override
  public String explain() {
    return "u ← max(%s, RMS(w))·u, of each tensor".formatted(Range.show(epsilon));
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, @Nullable Void state, StepContext step) {
    double least = Range.POSITIVE.at("least scale", epsilon, step);
    int position = 0;
    for (Parameter parameter : parameters.byPath().values()) {
      Tensor update = updates.get(position++);
      TensorMath.scale(Math.max(least, Norms.rms(parameter.value())), update, update);
    }
  }
}
