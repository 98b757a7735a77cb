package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;

/// The direction of Lion, Chen and others, *Symbolic discovery of optimization algorithms* (2023),
/// Algorithm 2: `c = β₁·m + (1−β₁)·u`, `m ← β₂·m + (1−β₂)·u`, `u ← sign(c)`, 0 where c is.
///
/// @param beta1 β₁ of each step, from 0 to less than 1
/// @param beta2 β₂ of each step, from 0 to less than 1
public record ScaleByLion(Schedule beta1, Schedule beta2)
    implements GradientTransform<PerParameter> {
  /// Lion's direction.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  public ScaleByLion {
    Range.BELOW_ONE.require("beta1", beta1);
    Range.BELOW_ONE.require("beta2", beta2);
  }

  @Override
  public PerParameter init(Parameters parameters) {
    return PerParameter.zerosLike(parameters);
  }

  @Override
  public String explain() {
    String b1 = Range.show(beta1);
    String b2 = Range.show(beta2);
    return "c = %s·m + (1−%s)·u, m ← %s·m + (1−%s)·u, u ← sign(c)".formatted(b1, b1, b2, b2);
  }

  @Override
  public boolean elementwise() {
    return true;
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, PerParameter state, StepContext step) {
    double b1 = Range.BELOW_ONE.at("beta1", beta1, step);
    double b2 = Range.BELOW_ONE.at("beta2", beta2, step);
    for (int i = 0; i < updates.size(); i++) {
      Elementwise.lion(b1, b2, state.get(i), updates.get(i));
    }
  }
}
