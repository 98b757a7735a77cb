package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;

/// The direction of Adamax, Kingma and Ba, *Adam: a method for stochastic optimization* (2015),
/// Algorithm 2: `m ← β₁·m + (1−β₁)·u`, `n ← max(β₂·n, |u|)`, `u ← m̂ / n` with `m̂ = m/(1−β₁ᵗ)`.
/// The paper has no ε; n is the second of the moments.
///
/// @param beta1 β₁ of each step, from 0 to less than 1
/// @param beta2 β₂ of each step, from 0 to less than 1
/// @param epsilon ε of each step, at least 0; with 0, a gradient that was always 0 gives NaN
/// @param place where ε stands
public record ScaleByAdamax(Schedule beta1, Schedule beta2, Schedule epsilon, Place place)
    implements GradientTransform<Moments> {
  /// Where ε stands.
  public enum Place {
    /// `n ← max(β₂·n, |u| + ε)`: PyTorch.
    IN_MAXIMUM,
    /// `u ← m̂ / (n + ε)`: Keras.
    BESIDE_MAXIMUM
  }

  /// Adamax' direction.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  public ScaleByAdamax {
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
    String eps = Range.show(epsilon);
    boolean within = place == Place.IN_MAXIMUM;
    return "m ← %s·m + (1−%s)·u, n ← max(%s·n, |u|%s), u ← m̂ / %s, m̂ = m/(1−%s^t)"
        .formatted(
            b1,
            b1,
            Range.show(beta2),
            within ? " + " + eps : "",
            within ? "n" : "(n + " + eps + ")",
            b1);
  }

  @Override
  public void apply(List<Tensor> updates, Parameters parameters, Moments state, StepContext step) {
    double b1 = Range.BELOW_ONE.at("beta1", beta1, step);
    double b2 = Range.BELOW_ONE.at("beta2", beta2, step);
    double eps = Range.NOT_NEGATIVE.at("epsilon", epsilon, step);
    state.advance(b1, b2);
    boolean within = place == Place.IN_MAXIMUM;
    for (int i = 0; i < updates.size(); i++) {
      Tensor update = updates.get(i);
      Tensor first = state.first().get(i);
      Tensor largest = state.second().get(i);
      Elementwise.mix(b1, first, 1 - b1, update, first);
      Elementwise.largest(b2, update, within ? eps : 0, largest);
      TensorMath.copy(first, update);
      Elementwise.divide(state.correction1(), largest, within ? 0 : eps, update);
    }
  }
}
