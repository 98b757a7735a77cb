package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;

/// Momentum with the learning rate inside, as Keras and scikit-learn have it: `v ← μ·v − η·u`, then
/// `u ← v`; in Nesterov's form `u ← μ·v − η·u` with the new v. The state is v, at first zero.
///
/// Polyak, *Some methods of speeding up the convergence of iteration methods* (1964), as in
/// Sutskever, Martens, Dahl and Hinton, *On the importance of initialization and momentum in deep
/// learning* (2013), equations 1 and 2. Their Nesterov form, equations 3 and 4, takes the gradient
/// at `w + μ·v`; here the weights are that point, so that with a constant μ both make the same
/// sequence. It ends a chain: the rate and the sign of a descent are in it.
///
/// @param rate η of each step; a schedule may say 0, a constant must be positive
/// @param momentum μ of each step, from 0 to less than 1
/// @param nesterov whether to look ahead
public record Velocity(Schedule rate, Schedule momentum, boolean nesterov)
    implements GradientTransform<PerParameter> {
  /// Momentum.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  public Velocity {
    Range.POSITIVE.require("learning rate", rate);
    Range.BELOW_ONE.require("momentum", momentum);
  }

  @Override
  public PerParameter init(Parameters parameters) {
    return PerParameter.zerosLike(parameters);
  }

  @Override
  public String explain() {
    String mu = Range.show(momentum);
    String eta = Range.show(rate);
    return "v ← %s·v − %s·u, ".formatted(mu, eta)
        + (nesterov ? "u ← %s·v − %s·u".formatted(mu, eta) : "u ← v");
  }

  @Override
  public boolean elementwise() {
    return true;
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, PerParameter state, StepContext step) {
    double mu = Range.BELOW_ONE.at("momentum", momentum, step);
    double eta = Range.NOT_NEGATIVE.at("learning rate", rate, step);
    for (int i = 0; i < updates.size(); i++) {
      Tensor update = updates.get(i);
      Tensor velocity = state.get(i);
      Elementwise.mix(mu, velocity, -eta, update, velocity);
      if (nesterov) {
        Elementwise.mix(mu, velocity, -eta, update, update);
      } else {
        TensorMath.copy(velocity, update);
      }
    }
  }
}
