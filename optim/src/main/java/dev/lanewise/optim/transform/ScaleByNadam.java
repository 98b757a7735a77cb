package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;

/// The direction of NAdam, Dozat, *Incorporating Nesterov momentum into Adam* (2016), Algorithm 2:
/// Adam with Nesterov's momentum, which grows, `μ(t) = β₁·(1 − ½·0.96^(ψ·t))`:
///
/// `u ← (μ(t+1)·m/(1 − Πμ up to t+1) + (1−μ(t))·u/(1 − Πμ up to t)) / (√v̂ + ε)`.
///
/// The second moment is Adam's with `v̂ = v/(1−β₂ᵗ)`. The moments' share of the initial zero in m
/// is `Πμ` here.
///
/// @param beta1 β₁ of each step, from 0 to less than 1
/// @param beta2 β₂ of each step, from 0 to less than 1
/// @param epsilon ε of each step, at least 0
/// @param growth ψ of each step, at least 0: how fast μ grows to β₁; 4e-3 in PyTorch, 1 in Keras
/// @param scheduledMean whether the mean m too is made with μ(t), as in the paper, instead of β₁,
///     as in PyTorch and Keras
public record ScaleByNadam(
    Schedule beta1, Schedule beta2, Schedule epsilon, Schedule growth, boolean scheduledMean)
    implements GradientTransform<Moments> {
  /// NAdam's direction.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  public ScaleByNadam {
    Range.BELOW_ONE.require("beta1", beta1);
    Range.BELOW_ONE.require("beta2", beta2);
    Range.NOT_NEGATIVE.require("epsilon", epsilon);
    Range.NOT_NEGATIVE.require("growth of the momentum", growth);
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
    String mean = scheduledMean ? "μ" : b1;
    return ("μ = %s·(1 − 0.5·0.96^(%s·t)), m ← %s·m + (1−%s)·u, v ← %s·v + (1−%s)·u², "
            + "u ← (μ⁺·m/(1−Πμ⁺) + (1−μ)·u/(1−Πμ)) / (√v̂ + %s), v̂ = v/(1−%s^t)")
        .formatted(b1, Range.show(growth), mean, mean, b2, b2, Range.show(epsilon), b2);
  }

  @Override
  public void apply(List<Tensor> updates, Parameters parameters, Moments state, StepContext step) {
    double b1 = Range.BELOW_ONE.at("beta1", beta1, step);
    double b2 = Range.BELOW_ONE.at("beta2", beta2, step);
    double eps = Range.NOT_NEGATIVE.at("epsilon", epsilon, step);
    double now = momentum(step.number());
    double next = momentum(step.number() + 1);
    state.advance(now, b2);
    double product = state.firstZero().item();
    double ofMean = next / (1 - product * next);
    double ofUpdate = (1 - now) / (1 - product);
    double root = Math.sqrt(state.correction2());
    double keep = scheduledMean ? now : b1;
    for (int i = 0; i < updates.size(); i++) {
      Tensor update = updates.get(i);
      state.follow(i, keep, b2, update);
      Elementwise.mix(ofMean, state.first().get(i), ofUpdate, update, update);
      Elementwise.divideByRoot(1 / root, state.second().get(i), 0, eps / root, update);
    }
  }

  private double momentum(long step) {
    return beta1.at(step) * (1 - 0.5 * StrictMath.pow(0.96, growth.at(step) * step));
  }
}
