package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;

/// The direction of AMSGrad, Reddi, Kale and Kumar, *On the convergence of Adam and beyond* (2018),
/// Algorithm 2: Adam's moments, and `v⁺ ← max(v⁺, v)` in the place of v, so that no rate grows
/// again.
///
/// @param beta1 β₁ of each step, from 0 to less than 1
/// @param beta2 β₂ of each step, from 0 to less than 1
/// @param epsilon ε of each step, at least 0
/// @param form how biases are corrected, and where ε stands
public record ScaleByAmsgrad(Schedule beta1, Schedule beta2, Schedule epsilon, Form form)
    implements GradientTransform<ScaleByAmsgrad.State> {
  /// How biases are corrected, and where ε stands.
  public enum Form {
    /// `m̂ / (√(v⁺/(1−β₂ᵗ)) + ε)`: PyTorch.
    CORRECTED,
    /// `m̂·√(1−β₂ᵗ) / (√v⁺ + ε)`: Keras.
    UNCORRECTED_EPSILON,
    /// `m / (√v⁺ + ε)`: the paper, which has no correction (and no ε).
    UNCORRECTED
  }

  /// What is remembered.
  ///
  /// @param moments m and v
  /// @param largest v⁺
  public record State(Moments moments, PerParameter largest) {}

  /// AMSGrad's direction.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  public ScaleByAmsgrad {
    Range.BELOW_ONE.require("beta1", beta1);
    Range.BELOW_ONE.require("beta2", beta2);
    Range.NOT_NEGATIVE.require("epsilon", epsilon);
  }

  @Override
  public State init(Parameters parameters) {
    return new State(Moments.zerosLike(parameters), PerParameter.zerosLike(parameters));
  }

  @Override
  public String explain() {
    String b1 = Range.show(beta1);
    String b2 = Range.show(beta2);
    String rule =
        switch (form) {
          case CORRECTED -> "u ← m̂ / (√(v⁺/(1−%s^t)) + %s), m̂ = m/(1−%s^t)";
          case UNCORRECTED_EPSILON -> "u ← m̂·√(1−%s^t) / (√v⁺ + %s), m̂ = m/(1−%s^t)";
          case UNCORRECTED -> "u ← m / (√v⁺ + %2$s)";
        };
    return "m ← %s·m + (1−%s)·u, v ← %s·v + (1−%s)·u², v⁺ ← max(v⁺, v), ".formatted(b1, b1, b2, b2)
        + rule.formatted(b2, Range.show(epsilon), b1);
  }

  @Override
  public boolean elementwise() {
    return true;
  }

  @Override
  public void apply(List<Tensor> updates, Parameters parameters, State state, StepContext step) {
    double b1 = Range.BELOW_ONE.at("beta1", beta1, step);
    double b2 = Range.BELOW_ONE.at("beta2", beta2, step);
    double eps = Range.NOT_NEGATIVE.at("epsilon", epsilon, step);
    Moments moments = state.moments;
    moments.advance(b1, b2);
    double root = Math.sqrt(moments.correction2());
    double factor = form == Form.UNCORRECTED ? 1 : moments.correction1() / root;
    double offset = form == Form.CORRECTED ? eps / root : eps;
    for (int i = 0; i < updates.size(); i++) {
      Tensor update = updates.get(i);
      moments.follow(i, b1, b2, update);
      Elementwise.largest(1, moments.second().get(i), 0, state.largest.get(i));
      TensorMath.copy(moments.first().get(i), update);
      Elementwise.divideByRoot(factor, state.largest.get(i), 0, offset, update);
    }
  }
}
