package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;
import java.util.function.BiPredicate;

/// Decoupled weight decay, `u ← u + λ·w` for some of the parameters: Loshchilov and Hutter,
/// *Decoupled weight decay regularization* (2019).
///
/// It stands after the scaling by moments. Before the learning rate, `w ← w − η·(u + λ·w)` as
/// PyTorch and Keras have it; after the rate (see [Scale]) the decay does not depend on it, as in
/// the paper's Algorithm 2. A penalty in the objective, which adaptive optimizers treat in another
/// way, is [Penalty]. The state says, in the parameters' order, which decay.
///
/// @param lambda λ of each step, at least 0
/// @param decays whether a parameter (path, parameter) decays
public record AddDecayedWeights(Schedule lambda, BiPredicate<String, Parameter> decays)
    implements GradientTransform<boolean[]> {
  /// Decay of chosen parameters.
  ///
  /// @throws IllegalArgumentException if λ is negative or not finite
  public AddDecayedWeights {
    Range.NOT_NEGATIVE.require("weight decay", lambda);
  }

  /// Constant decay of chosen parameters.
  ///
  /// @param lambda λ
  /// @param decays whether a parameter (path, parameter) decays
  /// @throws IllegalArgumentException if λ is negative or not finite
  public AddDecayedWeights(double lambda, BiPredicate<String, Parameter> decays) {
    this(new Constant(lambda), decays);
  }

  /// Constant decay of all weights but not of the biases: of every parameter with at least two
  /// axes.
  ///
  /// @param lambda λ
  /// @throws IllegalArgumentException if λ is negative or not finite
  public AddDecayedWeights(double lambda) {
    this(lambda, (path, parameter) -> parameter.shape().rank() >= 2);
  }

  @Override
  public boolean[] init(Parameters parameters) {
    return PerParameter.where(parameters, decays);
  }

  @Override
  public String explain() {
    return "u ← u + " + Range.show(lambda) + "·w, of the chosen parameters";
  }

  @Override
  public boolean elementwise() {
    return true;
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, boolean[] state, StepContext step) {
    double strength = Range.NOT_NEGATIVE.at("weight decay", lambda, step);
    int position = 0;
    for (Parameter parameter : parameters.byPath().values()) {
      if (state[position]) {
        TensorMath.axpy(strength, parameter.value(), updates.get(position));
      }
      position++;
    }
  }
}
