package dev.lanewise.bench.peers;

import dev.lanewise.core.internal.scalar.ScalarDoubleKernels;
import dev.lanewise.core.internal.scalar.ScalarFloatKernels;
import dev.lanewise.core.kernel.DoubleKernels;
import dev.lanewise.core.kernel.FloatKernels;
import dev.lanewise.core.kernel.Kernels;
import dev.lanewise.core.kernel.Workers;

/// Our kernels. Several threads first pack B together, each some panels, and then multiply blocks
/// of
/// A's rows by it. A small product is left to one thread.
final class LanewiseGemm {
  /// A thread needs longer to wake up than to do its part of less than this.
  private static final long LEAST_FLOP = 1L << 21;

  /// So that a thread that is late leaves work to the others, but blocks stay large.
  private static final int LEAST_ROWS = 96;

  private LanewiseGemm() {}

  static Product product(Problem problem, int threads) {
    return product(problem, threads, Kernels.FLOAT, Kernels.DOUBLE);
  }

  static Product scalar(Problem problem) {
    return product(problem, 1, new ScalarFloatKernels(), new ScalarDoubleKernels());
  }

  private static Product product(
      Problem problem, int threads, FloatKernels floats, DoubleKernels doubles) {
    return switch (problem.dtype()) {
      case FLOAT32 ->
          isShared(problem, threads)
              ? inFloat(problem, floats, Workers.of(threads))
              : inFloat(problem, floats);
      case FLOAT64 ->
          isShared(problem, threads)
              ? inDouble(problem, doubles, Workers.of(threads))
              : inDouble(problem, doubles);
    };
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

  private static Product inFloat(Problem p, FloatKernels kernels, Workers workers) {
    float[] a = Problem.floats(p.a());
    float[] b = Problem.floats(p.b());
    float[] c = new float[p.m() * p.n()];
    int lda = p.a().shape().dim(1);
    int ldb = p.b().shape().dim(1);
    float[] packed = new float[kernels.packedSize(p.n(), p.k())];
    float[][] scratch = new float[workers.count()][kernels.gemmPackedScratch()];
    int blocks = blocks(p.m(), workers.count());
    Workers.Task pack =
        (panel, worker) ->
            kernels.packPanel(p.variant(), panel, p.n(), p.k(), b, 0, ldb, packed, 0);
    Workers.Task multiply =
        (block, worker) -> {
          int i = cut(p.m(), block, blocks);
          kernels.gemmPacked(
              p.variant(),
              cut(p.m(), block + 1, blocks) - i,
              p.n(),
              p.k(),
              a,
              i * (p.isATransposed() ? 1 : lda),
              lda,
              packed,
              0,
              0,
              c,
              i * p.n(),
              p.n(),
              scratch[worker],
              0);
        };
    return new Product(
        () -> {
          workers.run(kernels.packedPanels(p.n()), pack);
          workers.run(blocks, multiply);
        },
        (i, j) -> c[i * p.n() + j],
        workers::close);
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

  private static Product inDouble(Problem p, DoubleKernels kernels, Workers workers) {
    double[] a = Problem.doubles(p.a());
    double[] b = Problem.doubles(p.b());
    double[] c = new double[p.m() * p.n()];
    int lda = p.a().shape().dim(1);
    int ldb = p.b().shape().dim(1);
    double[] packed = new double[kernels.packedSize(p.n(), p.k())];
    double[][] scratch = new double[workers.count()][kernels.gemmPackedScratch()];
    int blocks = blocks(p.m(), workers.count());
    Workers.Task pack =
        (panel, worker) ->
            kernels.packPanel(p.variant(), panel, p.n(), p.k(), b, 0, ldb, packed, 0);
    Workers.Task multiply =
        (block, worker) -> {
          int i = cut(p.m(), block, blocks);
          kernels.gemmPacked(
              p.variant(),
              cut(p.m(), block + 1, blocks) - i,
              p.n(),
              p.k(),
              a,
              i * (p.isATransposed() ? 1 : lda),
              lda,
              packed,
              0,
              0,
              c,
              i * p.n(),
              p.n(),
              scratch[worker],
              0);
        };
    return new Product(
        () -> {
          workers.run(kernels.packedPanels(p.n()), pack);
          workers.run(blocks, multiply);
        },
        (i, j) -> c[i * p.n() + j],
        workers::close);
  }

  private static boolean isShared(Problem problem, int threads) {
    return threads > 1 && problem.m() >= threads && problem.flop() >= LEAST_FLOP;
  }

  /// A multiple of the number of threads.
  private static int blocks(int rows, int threads) {
    return threads * Math.max(1, rows / threads / LEAST_ROWS);
  }

  private static int cut(int length, int part, int parts) {
    return (int) ((long) length * part / parts);
  }
}
