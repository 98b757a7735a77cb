package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;

/// Momentum outside the learning rate, as PyTorch has it: `v ← μ·v + u`, then `u ← v`; in
/// Nesterov's form `u ← u + μ·v` with the new v. The state is v, at first zero.
///
/// The learning rate comes afterwards and is not part of v. [Velocity] has it inside, as Keras and
/// scikit-learn do: the two part as soon as the rate changes. Nesterov's form is that of Sutskever,
/// Martens, Dahl and Hinton, *On the importance of initialization and momentum in deep learning*
/// (2013), as PyTorch rewrites it for the gradient at w. A trainer may recognise this record and
/// compute it together with the scaling by the rate.
///
/// @param momentum μ of each step, from 0 to less than 1
/// @param nesterov whether to look ahead
public record Trace(Schedule momentum, boolean nesterov)
    implements GradientTransform<PerParameter> {
  /// Momentum.
  ///
  /// @throws IllegalArgumentException if μ is out of range
  public Trace {
    Range.BELOW_ONE.require("momentum", momentum);
  }

  /// With a constant momentum.
  ///
  /// @param momentum μ
  /// @param nesterov whether to look ahead
  /// @throws IllegalArgumentException if μ is out of range
  public Trace(double momentum, boolean nesterov) {
    this(new Constant(momentum), nesterov);
  }

  @Override
  public PerParameter init(Parameters parameters) {
    return PerParameter.zerosLike(parameters);
  }

  @Override
  public String explain() {
    String mu = Range.show(momentum);
    return "v ← " + mu + "·v + u, " + (nesterov ? "u ← u + " + mu + "·v" : "u ← v");
  }

  @Override
  public boolean elementwise() {
    return true;
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, PerParameter state, StepContext step) {
    double mu = momentum(step);
    for (int i = 0; i < updates.size(); i++) {
      Tensor update = updates.get(i);
      Tensor velocity = state.get(i);
      TensorMath.scale(mu, velocity, velocity);
      TensorMath.add(velocity, update, velocity);
      if (nesterov) {
        TensorMath.axpy(mu, velocity, update);
      } else {
        TensorMath.copy(velocity, update);
      }
    }
  }

  /// The momentum of one step.
  ///
  /// @param step which step this is
  /// @return μ(t)
  /// @throws IllegalArgumentException if the schedule says a number out of range
  public double momentum(StepContext step) {
    return Range.BELOW_ONE.at("momentum", momentum, step);
  }
}
