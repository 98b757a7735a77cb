package dev.lanewise.bench.peers;

import dev.lanewise.core.tensor.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// The products of ND4J, DL4J's arrays, which lie off the heap. It writes columns, so it computes
/// `Cᵀ = op(B)ᵀ·op(A)ᵀ`, which is the row-major C.
final class Nd4jGemm {
  private Nd4jGemm() {}

  static Product product(Problem problem) {
    INDArray a = transposed(problem.a());
    INDArray b = transposed(problem.b());
    long[] shape = {problem.n(), problem.m()};
    INDArray c = Nd4j.createUninitialized(a.dataType(), shape, 'f');
    boolean transA = problem.isATransposed();
    boolean transB = problem.isBTransposed();
    return new Product(
        () -> Nd4j.gemm(b, a, c, transB, transA, 1, 0),
        (i, j) -> c.getDouble(j, i),
        () -> {
          a.close();
          b.close();
          c.close();
        });
  }

  /// A matrix in rows, taken for its transpose in columns.
  private static INDArray transposed(Tensor tensor) {
    long[] shape = {tensor.shape().dim(1), tensor.shape().dim(0)};
    return switch (tensor.dtype()) {
      case FLOAT32 -> Nd4j.create(Problem.floats(tensor), shape, 'f');
      case FLOAT64 -> Nd4j.create(Problem.doubles(tensor), shape, 'f');
    };
  }
}
