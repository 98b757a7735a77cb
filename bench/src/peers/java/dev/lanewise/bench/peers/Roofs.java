package dev.lanewise.bench.peers;

import dev.lanewise.core.internal.vector.DoublePeak;
import dev.lanewise.core.internal.vector.FloatPeak;
import dev.lanewise.core.kernel.Workers;
import dev.lanewise.core.tensor.DType;

/// What the processor and the memory can do at most on some threads, measured on the spot: on a
/// machine shared with others, only a ratio of neighbouring figures means anything.
final class Roofs implements AutoCloseable {
  private static final int PEAK_TRIES = 3;
  private static final int PEAK_ROUNDS = 20_000;

  /// For each thread, so that one that comes late does not halve the rate of all.
  private static final int PEAK_PIECES = 20;
  private static final int COPY_TRIES = 7;

  /// Together 128 MB: beyond the caches of most processors, also when four threads share them.
  private static final int COPIED = 16_000_000;

  private static final double FACTOR = 0.999;
  private static final double SUMMAND = 1e-3;

  private final Workers workers;

  Roofs(int threads) {
    this.workers = Workers.of(threads);
  }

  /// The best rate of fused multiply-adds on registers in a few milliseconds.
  ///
  /// @return FLOP/s of all threads together
  double peak(DType dtype) {
    int pieces = workers.count() * PEAK_PIECES;
    double[] sums = new double[pieces];
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < PEAK_TRIES; i++) {
      long start = System.nanoTime();
      workers.run(pieces, (task, worker) -> sums[task] = chains(dtype));
      shortest = Math.min(shortest, System.nanoTime() - start);
    }
    for (double sum : sums) {
      if (!Double.isFinite(sum)) {
        throw new IllegalStateException("The chains of the peak's loop went astray: " + sum);
      }
    }
    int flopPerRound = dtype == DType.FLOAT32 ? FloatPeak.FLOP : DoublePeak.FLOP;
    return 1e9 * pieces * PEAK_ROUNDS * flopPerRound / shortest;
  }

  /// The best rate of copying an array that fits into no cache; what is read and what is written
  /// both count.
  ///
  /// @return bytes per second of all threads together
  double bandwidth() {
    float[] from = new float[COPIED];
    float[] to = new float[COPIED];
    int part = COPIED / workers.count();
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < COPY_TRIES; i++) {
      long start = System.nanoTime();
      workers.run(
          workers.count(),
          (task, worker) -> System.arraycopy(from, task * part, to, task * part, part));
      shortest = Math.min(shortest, System.nanoTime() - start);
    }
    return 1e9 * 2 * Float.BYTES * part * workers.count() / shortest;
  }

  private static double chains(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> FloatPeak.run(PEAK_ROUNDS, (float) FACTOR, (float) SUMMAND);
      case FLOAT64 -> DoublePeak.run(PEAK_ROUNDS, FACTOR, SUMMAND);
    };
  }

  @Override
  public void close() {
    workers.close();
  }
}
