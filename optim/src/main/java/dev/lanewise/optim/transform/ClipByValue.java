package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Clips each element: `u ← min(max(u, −c), c)`.
///
/// @param limit c of each step, positive
public record ClipByValue(Schedule limit) implements GradientTransform<@Nullable Void> {
  /// Clipping.
  ///
  /// @throws IllegalArgumentException if the limit is not positive
  public ClipByValue {
    Range.POSITIVE.require("limit of the clipping by value", limit);
  }

  /// With a constant limit.
  ///
  /// @param limit c
  /// @throws IllegalArgumentException if the limit is not positive
  public ClipByValue(double limit) {
    this(new Constant(limit));
  }

  @Override
  public @Nullable Void init(Parameters parameters) {
    return null;
  }

  @Override
  public String explain() {
    return "u ← min(max(u, −c), c), c = %s".formatted(Range.show(limit));
  }

  @Override
  public boolean elementwise() {
    return true;
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, @Nullable Void state, StepContext step) {
    double most = Range.POSITIVE.at("limit of the clipping by value", limit, step);
    for (Tensor update : updates) {
      Elementwise.clamp(most, update);
    }
  }
}
