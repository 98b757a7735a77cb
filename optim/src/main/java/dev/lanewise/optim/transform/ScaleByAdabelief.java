package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;

/// The direction of AdaBelief, Zhuang and others, *AdaBelief optimizer: adapting stepsizes by the
/// belief in observed gradients* (2020), Algorithm 2: `m ← β₁·m + (1−β₁)·u`,
/// `s ← β₂·s + (1−β₂)·(u−m)² + ε`, `u ← m̂ / (√ŝ + ε)`, both corrected as Adam's are.
///
/// @param beta1 β₁ of each step, from 0 to less than 1
/// @param beta2 β₂ of each step, from 0 to less than 1
/// @param epsilon ε of each step, at least 0; it stands in both places
public record ScaleByAdabelief(Schedule beta1, Schedule beta2, Schedule epsilon)
    implements GradientTransform<Moments> {
  /// AdaBelief's direction.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  public ScaleByAdabelief {
    Range.BELOW_ONE.require("beta1", beta1);
    Range.BELOW_ONE.require("beta2", beta2);
    Range.NOT_NEGATIVE.require("epsilon", epsilon);
  }

  @Override
  public Moments init(Parameters parameters) {
    return Moments.zerosLike(parameters);
  }

  @Override
  public boolean elementwise() {
    return true;
  }

  @Override
  public String explain() {
    String b1 = Range.show(beta1);
    String b2 = Range.show(beta2);
    String eps = Range.show(epsilon);
    return ("m ← %s·m + (1−%s)·u, s ← %s·s + (1−%s)·(u−m)² + %s, "
            + "u ← m̂ / (√ŝ + %s), m̂ = m/(1−%s^t), ŝ = s/(1−%s^t)")
        .formatted(b1, b1, b2, b2, eps, eps, b1, b2);
  }

  @Override
  public void apply(List<Tensor> updates, Parameters parameters, Moments state, StepContext step) {
    double b1 = Range.BELOW_ONE.at("beta1", beta1, step);
    double b2 = Range.BELOW_ONE.at("beta2", beta2, step);
    double eps = Range.NOT_NEGATIVE.at("epsilon", epsilon, step);
    state.advance(b1, b2);
    double root = Math.sqrt(state.correction2());
    for (int i = 0; i < updates.size(); i++) {
      Tensor update = updates.get(i);
      Tensor first = state.first().get(i);
      Tensor second = state.second().get(i);
      Elementwise.mix(b1, first, 1 - b1, update, first);
      Elementwise.mix(1, update, -1, first, update);
      Elementwise.mixSquare(b2, 1 - b2, update, second);
      Elementwise.shift(eps, second);
      TensorMath.copy(first, update);
      Elementwise.divideByRoot(state.correction1() / root, second, 0, eps / root, update);
    }
  }
}
