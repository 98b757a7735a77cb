package dev.lanewise.core.kernel;

/// Which operand of a matrix product is stored transposed: the three products that backpropagation
/// through `Y = X·W` needs.
public enum GemmVariant {
  /// `C = A·B` with A stored m×k and B stored k×n: the forward pass `Y = X·W`.
  NN,
  /// `C = A·Bᵀ` with A stored m×k and B stored n×k: the gradient `dX = dY·Wᵀ`.
  NT,
  /// `C = Aᵀ·B` with A stored k×m and B stored k×n: the gradient `dW = Xᵀ·dY`.
  TN
}
