package dev.lanewise.layers.loss;

import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.kernel.GemmVariant;
import dev.lanewise.core.tensor.MatrixProduct;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;

/// Sums over rows and their counterpart, as matrix products with ones: `s = X·1` and `X = s·1ᵀ`.
/// The rows of X are its first axis; a product with one is exact.
final class Rows {
  private Rows() {}

  /// `sᵢ ← Σⱼ Xᵢⱼ`.
  static void sum(Tensor x, Tensor s, Pass pass) {
    int n = x.shape().rows();
    int k = x.shape().rowSize();
    Tensor ones = pass.scratch(Shape.of(k, 1));
    TensorMath.fill(1, ones);
    product(matrix(x, n, k), ones, s.reshape(Shape.of(n, 1)), pass);
  }

  /// `Xᵢⱼ ← sᵢ`.
  static void spread(Tensor s, Tensor x, Pass pass) {
    int n = x.shape().rows();
    int k = x.shape().rowSize();
    Tensor ones = pass.scratch(Shape.of(1, k));
    TensorMath.fill(1, ones);
    product(s.reshape(Shape.of(n, 1)), ones, matrix(x, n, k), pass);
  }

  private static Tensor matrix(Tensor x, int n, int k) {
    return x.shape().rank() == 2 ? x : x.reshape(Shape.of(n, k));
  }

  private static void product(Tensor a, Tensor b, Tensor c, Pass pass) {
    int needed =
        MatrixProduct.gemmScratch(
            GemmVariant.NN, c.dtype(), c.shape().dim(0), c.shape().dim(1), a.shape().dim(1));
    MatrixProduct.gemm(GemmVariant.NN, a, b, 0, c, pass.scratch(needed));
  }
}
