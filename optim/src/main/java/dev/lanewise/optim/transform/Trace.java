package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;

/// Momentum in PyTorch's convention: `v ← μ·v + u`, then `u ← v`; in Nesterov's form `u ← u + μ·v`
/// with the new v. The state is v, at first zero.
///
/// The learning rate comes afterwards and is not part of v (Keras and scikit-learn have it inside:
/// the two part as soon as the rate changes). Nesterov's form is that of Sutskever, Martens, Dahl
/// and Hinton, *On the importance of initialization and momentum in deep learning* (2013), as
/// PyTorch rewrites it for the gradient at w.
///
/// @param momentum μ, from 0 to less than 1
/// @param nesterov whether to look ahead
public record Trace(double momentum, boolean nesterov) implements GradientTransform<PerParameter> {
  /// Momentum.
  ///
  /// @throws IllegalArgumentException if μ is out of range
  public Trace {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "The momentum must be at least 0 and less than 1, but is " + momentum + ".");
    }
  }

  @Override
  public PerParameter init(Parameters parameters) {
    return PerParameter.zerosLike(parameters);
  }

  @Override
  public String explain() {
    return "v ← %s·v + u, ".formatted(momentum)
        + (nesterov ? "u ← u + %s·v".formatted(momentum) : "u ← v");
  }

  @Override
  public boolean elementwise() {
    return true;
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, PerParameter state, StepContext step) {
    for (int i = 0; i < updates.size(); i++) {
      Tensor update = updates.get(i);
      Tensor velocity = state.get(i);
      TensorMath.scale(momentum, velocity, velocity);
      TensorMath.add(velocity, update, velocity);
      if (nesterov) {
        TensorMath.axpy(momentum, velocity, update);
      } else {
        TensorMath.copy(velocity, update);
      }
    }
  }
}
