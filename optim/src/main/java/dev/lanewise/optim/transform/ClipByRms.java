package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Clips the root of the mean square of each tensor: `u ← u/max(1, RMS(u)/d)`, Shazeer and Stern
/// (2018), section 6 (Adafactor).
///
/// @param limit d of each step, positive
public record ClipByRms(Schedule limit) implements GradientTransform<@Nullable Void> {
  /// Clipping.
  ///
  /// @throws IllegalArgumentException if the limit is not positive
  public ClipByRms {
    Range.POSITIVE.require("limit of the clipping by root mean square", limit);
  }

  /// With a constant limit.
  ///
  /// @param limit d
  /// @throws IllegalArgumentException if the limit is not positive
  public ClipByRms(double limit) {
    this(new Constant(limit));
  }

  @Override
  public @Nullable Void init(Parameters parameters) {
    return null;
  }

  @Override
  public String explain() {
    return "u ← u/max(1, RMS(u)/%s), of each tensor".formatted(Range.show(limit));
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, @Nullable Void state, StepContext step) {
    double most = Range.POSITIVE.at("limit of the clipping by root mean square", limit, step);
    for (Tensor update : updates) {
      double rms = Norms.rms(update);
      if (rms > most) {
        TensorMath.scale(most / rms, update, update);
      }
    }
  }
}
