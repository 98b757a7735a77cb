package dev.lanewise.bench.peers;

import dev.lanewise.core.internal.scalar.ScalarDoubleKernels;
import dev.lanewise.core.internal.scalar.ScalarFloatKernels;
import dev.lanewise.core.kernel.DoubleKernels;
import dev.lanewise.core.kernel.FloatKernels;
import dev.lanewise.core.kernel.Kernels;
import dev.lanewise.core.kernel.Workers;

/// Our kernels. Several threads share out the product as a grid of blocks of C, each by one call of
/// the kernel: as many rows of blocks as leave every block as square as can be. A small product is
/// left to fewer threads.
final class LanewiseGemm {
  /// A thread needs longer to wake up than to do less than this.
  private static final long LEAST_FLOP = 1L << 20;

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
      case FLOAT32 -> inFloat(problem, threads, floats);
      case FLOAT64 -> inDouble(problem, threads, doubles);
    };
  }

  private static Product inFloat(Problem p, int threads, FloatKernels kernels) {
    float[] a = Problem.floats(p.a());
    float[] b = Problem.floats(p.b());
    float[] c = new float[p.m() * p.n()];
    int lda = p.a().shape().dim(1);
    int ldb = p.b().shape().dim(1);
    float[][] scratch = new float[threads][kernels.gemmScratch(p.variant(), p.m(), p.n(), p.k())];
    Block whole = new Block(0, p.m(), 0, p.n());
    return shared(
        p,
        threads,
        whole,
        (block, worker) ->
            kernels.gemm(
                p.variant(),
                block.m,
                block.n,
                p.k(),
                a,
                block.i * (p.isATransposed() ? 1 : lda),
                lda,
                b,
                block.j * (p.isBTransposed() ? ldb : 1),
                ldb,
                0,
                c,
                block.i * p.n() + block.j,
                p.n(),
                scratch[worker],
                0),
        (i, j) -> c[i * p.n() + j]);
  }

  private static Product inDouble(Problem p, int threads, DoubleKernels kernels) {
    double[] a = Problem.doubles(p.a());
    double[] b = Problem.doubles(p.b());
    double[] c = new double[p.m() * p.n()];
    int lda = p.a().shape().dim(1);
    int ldb = p.b().shape().dim(1);
    double[][] scratch = new double[threads][kernels.gemmScratch(p.variant(), p.m(), p.n(), p.k())];
    Block whole = new Block(0, p.m(), 0, p.n());
    return shared(
        p,
        threads,
        whole,
        (block, worker) ->
            kernels.gemm(
                p.variant(),
                block.m,
                block.n,
                p.k(),
                a,
                block.i * (p.isATransposed() ? 1 : lda),
                lda,
                b,
                block.j * (p.isBTransposed() ? ldb : 1),
                ldb,
                0,
                c,
                block.i * p.n() + block.j,
                p.n(),
                scratch[worker],
                0),
        (i, j) -> c[i * p.n() + j]);
  }

  private static Product shared(
      Problem p, int threads, Block whole, Kernel kernel, Product.Matrix result) {
    int parts = Math.clamp(p.flop() / LEAST_FLOP, 1, threads);
    if (parts == 1) {
      return new Product(() -> kernel.run(whole, 0), result);
    }
    Block[] blocks = grid(p.m(), p.n(), parts);
    Workers workers = Workers.of(threads);
    return new Product(
        () -> workers.run(blocks.length, (task, worker) -> kernel.run(blocks[task], worker)),
        result,
        workers::close);
  }

  /// Cuts C into as many blocks as there are threads.
  static Block[] grid(int m, int n, int threads) {
    int rows = 1;
    for (int candidate = 1; candidate <= threads; candidate++) {
      boolean squarer = longerSide(m, n, candidate, threads) < longerSide(m, n, rows, threads);
      if (threads % candidate == 0 && squarer) {
        rows = candidate;
      }
    }
    int columns = threads / rows;
    Block[] blocks = new Block[threads];
    for (int t = 0; t < threads; t++) {
      int i = cut(m, t / columns, rows);
      int j = cut(n, t % columns, columns);
      blocks[t] =
          new Block(i, cut(m, t / columns + 1, rows) - i, j, cut(n, t % columns + 1, columns) - j);
    }
    return blocks;
  }

  private static double longerSide(int m, int n, int rows, int threads) {
    return Math.max((double) m / rows, (double) n * rows / threads);
  }

  private static int cut(int length, int part, int parts) {
    return (int) ((long) length * part / parts);
  }

  /// A part of C.
  ///
  /// @param i its first row
  /// @param m its rows
  /// @param j its first column
  /// @param n its columns
  record Block(int i, int m, int j, int n) {}

  private interface Kernel {
    void run(Block block, int worker);
  }
}
