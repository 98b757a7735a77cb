package dev.lanewise.bench.peers;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/// OpenBLAS by the bindings of JavaCPP; the operands lie off the heap, so nothing is copied.
final class OpenBlas {
  private OpenBlas() {}

  static Product product(Problem problem, int threads) {
    Loader.load(openblas_nolapack.class);
    org.bytedeco.openblas.presets.openblas_nolapack.blas_set_num_threads(threads);
    int transA = problem.isATransposed() ? CblasTrans : CblasNoTrans;
    int transB = problem.isBTransposed() ? CblasTrans : CblasNoTrans;
    int m = problem.m();
    int n = problem.n();
    int k = problem.k();
    int lda = problem.a().shape().dim(1);
    int ldb = problem.b().shape().dim(1);
    return switch (problem.dtype()) {
      case FLOAT32 -> {
        FloatPointer a = new FloatPointer(Problem.floats(problem.a()));
        FloatPointer b = new FloatPointer(Problem.floats(problem.b()));
        FloatPointer c = new FloatPointer((long) m * n);
        yield new Product(
            () -> cblas_sgemm(CblasRowMajor, transA, transB, m, n, k, 1, a, lda, b, ldb, 0, c, n),
            (i, j) -> c.get((long) i * n + j));
      }
      case FLOAT64 -> {
        DoublePointer a = new DoublePointer(Problem.doubles(problem.a()));
        DoublePointer b = new DoublePointer(Problem.doubles(problem.b()));
        DoublePointer c = new DoublePointer((long) m * n);
        yield new Product(
            () -> cblas_dgemm(CblasRowMajor, transA, transB, m, n, k, 1, a, lda, b, ldb, 0, c, n),
            (i, j) -> c.get((long) i * n + j));
      }
    };
  }
}
