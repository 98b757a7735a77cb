package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;

/// Running means of gradients and of their squares, which begin at zero, and how much of each is
/// still that zero: the product of all β so far. Dividing a mean by one minus that share corrects
/// its bias, also when β changes (with a constant β the share is `βᵗ`).
///
/// @param first m
/// @param second v
/// @param firstZero the share of the initial zero in m, a FLOAT64 tensor of rank 0
/// @param secondZero the same for v
public record Moments(
    PerParameter first, PerParameter second, Tensor firstZero, Tensor secondZero) {
  /// Zeros.
  ///
  /// @param parameters the parameters that will be updated
  /// @return new moments
  public static Moments zerosLike(Parameters parameters) {
    return new Moments(
        PerParameter.zerosLike(parameters),
        PerParameter.zerosLike(parameters),
        Tensor.scalar(DType.FLOAT64, 1),
        Tensor.scalar(DType.FLOAT64, 1));
  }

  /// Counts one more step.
  ///
  /// @param beta1 β₁ of this step
  /// @param beta2 β₂ of this step
  public void advance(double beta1, double beta2) {
    firstZero.setFlat(0, firstZero.getFlat(0) * beta1);
    secondZero.setFlat(0, secondZero.getFlat(0) * beta2);
  }

  /// What m is multiplied by to correct its bias.
  ///
  /// @return `1/(1 − Πβ₁)`
  public double correction1() {
    return 1 / (1 - firstZero.getFlat(0));
  }

  /// What v is multiplied by to correct its bias.
  ///
  /// @return `1/(1 − Πβ₂)`
  public double correction2() {
    return 1 / (1 - secondZero.getFlat(0));
  }

  /// `m ← β₁·m + (1−β₁)·u`, `v ← β₂·v + (1−β₂)·u²`.
  void follow(int position, double beta1, double beta2, Tensor update) {
    Elementwise.mix(beta1, first.get(position), 1 - beta1, update, first.get(position));
    Elementwise.mixSquare(beta2, 1 - beta2, update, second.get(position));
  }
}
