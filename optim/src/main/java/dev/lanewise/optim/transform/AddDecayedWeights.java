package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import java.util.function.BiPredicate;

/// `u ← u + λ·w` for some of the parameters.
///
/// Placed first in a chain, it is L2 regularisation: `λ·w` is the gradient of the [#penalty]
/// `½·λ·‖w‖²` in the objective (Keras' λ contributes `2λ·w`, scikit-learn divides by the batch
/// size). Placed after the scaling by moments and before the learning rate, it is decoupled weight
/// decay, `w ← w − η·(u + λ·w)`: Loshchilov and Hutter, *Decoupled weight decay regularization*
/// (2019). The state says, in the parameters' order, which decay.
///
/// @param lambda λ, at least 0
/// @param decays whether a parameter (path, parameter) decays
public record AddDecayedWeights(double lambda, BiPredicate<String, Parameter> decays)
    implements GradientTransform<boolean[]> {
  /// Decay of chosen parameters.
  ///
  /// @throws IllegalArgumentException if λ is negative or not finite
  public AddDecayedWeights {
    if (!(lambda >= 0 && lambda < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The weight decay must be a number of at least 0, but is " + lambda + ".");
    }
  }

  /// Decay of all weights but not of the biases: of every parameter with at least two axes.
  ///
  /// @param lambda λ
  /// @throws IllegalArgumentException if λ is negative or not finite
  public AddDecayedWeights(double lambda) {
    this(lambda, (path, parameter) -> parameter.shape().rank() >= 2);
  }

  /// What L2 regularisation adds to the objective.
  ///
  /// @param parameters the parameters of the model
  /// @return `½·λ·‖w‖²` over the parameters that decay; the frozen ones are left out
  public double penalty(Parameters parameters) {
    double squares = 0;
    for (Parameter parameter : parameters.trainable().where(decays).list()) {
      squares += TensorMath.dot(parameter.value(), parameter.value());
    }
    return 0.5 * lambda * squares;
  }

  @Override
  public boolean[] init(Parameters parameters) {
    boolean[] chosen = new boolean[parameters.byPath().size()];
    int position = 0;
    for (var entry : parameters.byPath().entrySet()) {
      chosen[position++] = decays.test(entry.getKey(), entry.getValue());
    }
    return chosen;
  }

  @Override
  public String explain() {
    return "u ← u + " + lambda + "·w, of the chosen parameters";
  }

  @Override
  public boolean elementwise() {
    return true;
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, boolean[] state, StepContext step) {
    int position = 0;
    for (Parameter parameter : parameters.byPath().values()) {
      if (state[position]) {
        TensorMath.axpy(lambda, parameter.value(), updates.get(position));
      }
      position++;
    }
  }
}
