package dev.lanewise.bench.peers;

import dev.lanewise.core.internal.scalar.ScalarDoubleKernels;
import dev.lanewise.core.internal.scalar.ScalarFloatKernels;
import dev.lanewise.core.kernel.DoubleKernels;
import dev.lanewise.core.kernel.FloatKernels;
import dev.lanewise.core.kernel.Kernels;
import dev.lanewise.core.kernel.Workers;
import dev.lanewise.core.tensor.MatrixProduct;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;

/// Our kernels; for several threads the product on tensors, which shares it out or leaves it to
/// one.
final class LanewiseGemm {
  private LanewiseGemm() {}

  static Product product(Problem problem, int threads) {
    return threads == 1
        ? product(problem, Kernels.FLOAT, Kernels.DOUBLE)
        : product(problem, Workers.of(threads));
  }

  static Product scalar(Problem problem) {
    return product(problem, new ScalarFloatKernels(), new ScalarDoubleKernels());
  }

  private static Product product(Problem problem, FloatKernels floats, DoubleKernels doubles) {
    return switch (problem.dtype()) {
      case FLOAT32 -> inFloat(problem, floats);
      case FLOAT64 -> inDouble(problem, doubles);
    };
  }

  private static Product product(Problem p, Workers workers) {
    Tensor c = Tensor.zeros(p.dtype(), Shape.of(p.m(), p.n()));
    int needed = MatrixProduct.gemmScratch(p.variant(), p.dtype(), p.m(), p.n(), p.k(), workers);
    Tensor scratch = Tensor.zeros(p.dtype(), Shape.of(needed));
    return new Product(
        () -> MatrixProduct.gemm(p.variant(), p.a(), p.b(), 0, c, scratch, workers),
        (i, j) -> c.getFlat(i * p.n() + j),
        workers::close);
  }

  private static Product inFloat(Problem p, FloatKernels kernels) {
    float[] a = Problem.floats(p.a());
    float[] b = Problem.floats(p.b());
    float[] c = new float[p.m() * p.n()];
    int lda = p.a().shape().dim(1);
    int ldb = p.b().shape().dim(1);
    float[] scratch = new float[kernels.gemmScratch(p.variant(), p.m(), p.n(), p.k())];
    return new Product(
        () ->
            kernels.gemm(
                p.variant(), p.m(), p.n(), p.k(), a, 0, lda, b, 0, ldb, 0, c, 0, p.n(), scratch, 0),
        (i, j) -> c[i * p.n() + j]);
  }

  private static Product inDouble(Problem p, DoubleKernels kernels) {
    double[] a = Problem.doubles(p.a());
    double[] b = Problem.doubles(p.b());
    double[] c = new double[p.m() * p.n()];
    int lda = p.a().shape().dim(1);
    int ldb = p.b().shape().dim(1);
    double[] scratch = new double[kernels.gemmScratch(p.variant(), p.m(), p.n(), p.k())];
    return new Product(
        () ->
            kernels.gemm(
                p.variant(), p.m(), p.n(), p.k(), a, 0, lda, b, 0, ldb, 0, c, 0, p.n(), scratch, 0),
        (i, j) -> c[i * p.n() + j]);
  }
}
