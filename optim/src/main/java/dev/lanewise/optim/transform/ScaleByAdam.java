package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;

/// The direction of Adam, Kingma and Ba, *Adam: a method for stochastic optimization* (2015),
/// Algorithm 1:
///
/// `m ← β₁·m + (1−β₁)·u`, `v ← β₂·v + (1−β₂)·u²`, `u ← m̂ / (√v̂ + ε)` with `m̂ = m/(1−β₁ᵗ)`,
/// `v̂ = v/(1−β₂ᵗ)`.
///
/// ε stands outside the root and beside the corrected v̂, as in the paper's algorithm, PyTorch and
/// optax; Keras and scikit-learn add it to the uncorrected root, which is a larger ε at first. The
/// moments are zero at first, and t is the step's number, so a run that is continued must continue
/// to count.
///
/// @param beta1 β₁, from 0 to less than 1
/// @param beta2 β₂, from 0 to less than 1
/// @param epsilon ε, positive
public record ScaleByAdam(double beta1, double beta2, double epsilon)
    implements GradientTransform<Moments> {
  /// Adam's direction.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  public ScaleByAdam {
    requireBeta("beta1", beta1);
    requireBeta("beta2", beta2);
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Adam's epsilon must be a positive number, but is " + epsilon + ".");
    }
  }

  @Override
  public Moments init(Parameters parameters) {
    return Moments.zerosLike(parameters);
  }

  @Override
  public String explain() {
    return "m ← %s·m + %s·u, v ← %s·v + %s·u², u ← m̂ / (√v̂ + %s), m̂ = m/(1−%s^t), v̂ = v/(1−%s^t)"
        .formatted(beta1, 1 - beta1, beta2, 1 - beta2, epsilon, beta1, beta2);
  }

  @Override
  public boolean elementwise() {
    return true;
  }

  @Override
  public void apply(List<Tensor> updates, Parameters parameters, Moments state, StepContext step) {
    double correction1 = correction1(step);
    double correction2 = correction2(step);
    for (int i = 0; i < updates.size(); i++) {
      TensorMath.adam(
          updates.get(i),
          state.first().get(i),
          state.second().get(i),
          beta1,
          beta2,
          correction1,
          correction2,
          epsilon);
    }
  }

  /// What takes the bias out of the first moment.
  ///
  /// @param step which step this is
  /// @return 1/(1−β₁ᵗ)
  public double correction1(StepContext step) {
    return 1 / (1 - power(beta1, step));
  }

  /// What takes the bias out of the second moment.
  ///
  /// @param step which step this is
  /// @return 1/(1−β₂ᵗ)
  public double correction2(StepContext step) {
    return 1 / (1 - power(beta2, step));
  }

  /// βᵗ, with the same bits whether interpreted or compiled.
  private static double power(double beta, StepContext step) {
    return StrictMath.pow(beta, (double) step.number());
  }

  private static void requireBeta(String name, double beta) {
    if (!(beta >= 0 && beta < 1)) {
      throw new IllegalArgumentException(
          "Adam's " + name + " must be at least 0 and less than 1, but is " + beta + ".");
    }
  }
}
