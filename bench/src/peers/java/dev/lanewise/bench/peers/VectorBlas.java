package dev.lanewise.bench.peers;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;

/// The kernels of netlib (`dev.ludovic.netlib`) on the Vector API. They are column-major, so they
/// compute `Cᵀ = op(B)ᵀ·op(A)ᵀ`, which is the row-major C.
final class VectorBlas {
  private VectorBlas() {}

  /// To be called before OpenBLAS is loaded: the other way round, products of small matrices by
  /// OpenBLAS 0.3.31 are several times slower, and the first ones of doubles end the process (in
  /// `dgemm_oncopy`, whatever type of processor it is told to assume).
  static BLAS load() {
    BLAS blas = JavaBLAS.getInstance();
    if (!blas.getClass().getSimpleName().equals("VectorBLAS")) {
      throw new IllegalStateException("netlib chose " + blas.getClass() + ", not VectorBLAS");
    }
    return blas;
  }

  static Product product(Problem problem) {
    BLAS blas = load();
    String transA = problem.isATransposed() ? "T" : "N";
    String transB = problem.isBTransposed() ? "T" : "N";
    int m = problem.m();
    int n = problem.n();
    int k = problem.k();
    int lda = problem.a().shape().dim(1);
    int ldb = problem.b().shape().dim(1);
    return switch (problem.dtype()) {
      case FLOAT32 -> {
        float[] a = Problem.floats(problem.a());
        float[] b = Problem.floats(problem.b());
        float[] c = new float[m * n];
        yield new Product(
            () -> blas.sgemm(transB, transA, n, m, k, 1, b, ldb, a, lda, 0, c, n),
            (i, j) -> c[i * n + j]);
      }
      case FLOAT64 -> {
        double[] a = Problem.doubles(problem.a());
        double[] b = Problem.doubles(problem.b());
        double[] c = new double[m * n];
        yield new Product(
            () -> blas.dgemm(transB, transA, n, m, k, 1, b, ldb, a, lda, 0, c, n),
            (i, j) -> c[i * n + j]);
      }
    };
  }
}
