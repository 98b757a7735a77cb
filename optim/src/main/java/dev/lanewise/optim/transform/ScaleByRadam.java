package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;

/// The direction of RAdam, Liu and others, *On the variance of the adaptive learning rate and
/// beyond* (2020), Algorithm 2: Adam's where the variance of v̂ can be told, times the
/// rectification r, and `m̂` alone in the first steps.
///
/// `ρ∞ = 2/(1−β₂) − 1`, `ρ = ρ∞ − 2t·β₂ᵗ/(1−β₂ᵗ)`; if `ρ > threshold`, `u ← r·m̂·√(1−β₂ᵗ)/(√v + ε)`
/// with `r² = (ρ−4)(ρ−2)ρ∞/((ρ∞−4)(ρ∞−2)ρ)`. The paper's threshold is 4, and it has no ε; PyTorch's
/// is 5. If β₂ changes, ρ∞ is that of the step, and the product of all β₂ stands for the power.
///
/// @param beta1 β₁ of each step, from 0 to less than 1
/// @param beta2 β₂ of each step, from 0 to less than 1
/// @param epsilon ε of each step, at least 0
/// @param threshold the least ρ, at least 4
public record ScaleByRadam(Schedule beta1, Schedule beta2, Schedule epsilon, double threshold)
    implements GradientTransform<Moments> {
  /// RAdam's direction.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  public ScaleByRadam {
    Range.BELOW_ONE.require("beta1", beta1);
    Range.BELOW_ONE.require("beta2", beta2);
    Range.NOT_NEGATIVE.require("epsilon", epsilon);
    if (!(threshold >= 4 && threshold < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The threshold of RAdam must be a number of at least 4, but is " + threshold + ".");
    }
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
    return ("m ← %s·m + (1−%s)·u, v ← %s·v + (1−%s)·u², m̂ = m/(1−%s^t), "
            + "ρ = ρ∞ − 2t·%s^t/(1−%s^t), u ← r·m̂·√(1−%s^t)/(√v + %s) if ρ > %s, else m̂")
        .formatted(b1, b1, b2, b2, b1, b2, b2, b2, Range.show(epsilon), threshold);
  }

  @Override
  public void apply(List<Tensor> updates, Parameters parameters, Moments state, StepContext step) {
    double b1 = Range.BELOW_ONE.at("beta1", beta1, step);
    double b2 = Range.BELOW_ONE.at("beta2", beta2, step);
    double eps = Range.NOT_NEGATIVE.at("epsilon", epsilon, step);
    state.advance(b1, b2);
    double limit = 2 / (1 - b2) - 1;
    double zero = state.secondZero().item();
    double length = limit - 2 * step.number() * zero / (1 - zero);
    double squared = (length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length);
    boolean adaptive = length > threshold;
    double factor = state.correction1();
    if (adaptive) {
      factor *= Math.sqrt(squared / state.correction2());
    }
    for (int i = 0; i < updates.size(); i++) {
      Tensor update = updates.get(i);
      state.follow(i, b1, b2, update);
      TensorMath.copy(state.first().get(i), update);
      if (adaptive) {
        Elementwise.divideByRoot(factor, state.second().get(i), 0, eps, update);
      } else {
        TensorMath.scale(factor, update, update);
      }
    }
  }
}
