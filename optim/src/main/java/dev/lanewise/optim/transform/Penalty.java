package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;
import java.util.function.BiPredicate;

/// A penalty on large weights, `λ/p·Σ|w|ᵖ`, by its gradient: `u ← u + λ·sign(w)·|w|ᵖ⁻¹`.
///
/// With p = 2 that is L2 regularisation (ridge, `½·λ·‖w‖²`, gradient `λ·w`: Keras' λ contributes
/// `2λ·w`, scikit-learn divides by the batch size), with p = 1 the lasso, Tibshirani (1996), whose
/// gradient at 0 is taken as 0; one of each is the elastic net, Zou and Hastie (2005); any p from 1
/// is bridge regression, Frank and Friedman (1993). It belongs first in a chain, where the updates
/// are still gradients; decay that is decoupled from them is [AddDecayedWeights].
///
/// The state says, in the parameters' order, which are penalised.
///
/// @param p the power p, at least 1
/// @param lambda λ of each step, at least 0
/// @param penalised whether a parameter (path, parameter) is penalised
public record Penalty(double p, Schedule lambda, BiPredicate<String, Parameter> penalised)
    implements GradientTransform<boolean[]> {
  /// A penalty.
  ///
  /// @throws IllegalArgumentException if p is less than 1, or a number is negative or not finite
  public Penalty {
    if (!(p >= 1 && p < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The power of a penalty must be a number of at least 1, but is " + p + ".");
    }
    Range.NOT_NEGATIVE.require("strength λ of a penalty", lambda);
  }

  /// A penalty on all weights but not on the biases: on every parameter with at least two axes.
  ///
  /// @param p the power, at least 1
  /// @param lambda λ, at least 0
  /// @return the penalty `λ/p·Σ|w|ᵖ`
  /// @throws IllegalArgumentException if p is less than 1, or λ is negative or not finite
  public static Penalty lp(double p, double lambda) {
    return new Penalty(p, new Constant(lambda), (path, weight) -> weight.shape().rank() >= 2);
  }

  /// The penalty `λ·Σ|w|` on all weights but not on the biases.
  ///
  /// @param lambda λ, at least 0
  /// @return the penalty
  /// @throws IllegalArgumentException if λ is negative or not finite
  public static Penalty l1(double lambda) {
    return lp(1, lambda);
  }

  /// The penalty `½·λ·Σw²` on all weights but not on the biases.
  ///
  /// @param lambda λ, at least 0
  /// @return the penalty
  /// @throws IllegalArgumentException if λ is negative or not finite
  public static Penalty l2(double lambda) {
    return lp(2, lambda);
  }

  /// The elastic net on all weights but not on the biases, `λ₁·Σ|w| + ½·λ₂·Σw²`.
  ///
  /// @param lambda1 λ₁, at least 0
  /// @param lambda2 λ₂, at least 0
  /// @return both penalties
  /// @throws IllegalArgumentException if a number is negative or not finite
  public static Penalty[] elasticNet(double lambda1, double lambda2) {
    return new Penalty[] {l1(lambda1), l2(lambda2)};
  }

  /// What it adds to the objective.
  ///
  /// @param parameters the parameters of the model
  /// @param step at which step, from 1; λ may depend on it
  /// @return `λ/p·Σ|w|ᵖ` over the penalised parameters; the frozen ones are left out
  public double value(Parameters parameters, long step) {
    double sum = 0;
    for (Parameter parameter : parameters.trainable().where(penalised).list()) {
      sum += powers(parameter.value());
    }
    return lambda.at(step) / p * sum;
  }

  private double powers(Tensor weights) {
    if (p == 2) {
      return TensorMath.dot(weights, weights);
    }
    double sum = 0;
    for (int i = 0; i < weights.size(); i++) {
      double magnitude = Math.abs(weights.getFlat(i));
      sum += p == 1 ? magnitude : StrictMath.pow(magnitude, p);
    }
    return sum;
  }

  @Override
  public boolean[] init(Parameters parameters) {
    return PerParameter.where(parameters, penalised);
  }

  @Override
  public String explain() {
    String strength = Range.show(lambda);
    if (p == 1) {
      return "u ← u + %s·sign(w), of the penalised parameters".formatted(strength);
    }
    return p == 2
        ? "u ← u + %s·w, of the penalised parameters".formatted(strength)
        : "u ← u + %s·sign(w)·|w|^%s, of the penalised parameters".formatted(strength, p - 1);
  }

  @Override
  public boolean elementwise() {
    return true;
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, boolean[] state, StepContext step) {
    double strength = Range.NOT_NEGATIVE.at("strength λ of a penalty", lambda, step);
    int position = 0;
    for (Parameter parameter : parameters.byPath().values()) {
      if (state[position]) {
        Tensor update = updates.get(position);
        if (p == 2) {
          TensorMath.axpy(strength, parameter.value(), update);
        } else {
          Elementwise.addSignedPower(strength, p - 1, parameter.value(), update);
        }
      }
      position++;
    }
  }
}
