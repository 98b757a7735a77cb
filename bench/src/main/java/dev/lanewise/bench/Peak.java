package dev.lanewise.bench;

import dev.lanewise.core.internal.vector.DoublePeak;
import dev.lanewise.core.internal.vector.FloatPeak;
import dev.lanewise.core.tensor.DType;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;

/// The peak rate of one core, measured anew just before every iteration and in the same JVM: on a
/// machine shared with others, only a ratio of neighbouring figures means anything. For a benchmark
/// with a parameter `threads` it is that many times as high.
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Peak {
  private static final int TRIES = 5;

  /// Rounds of one try, some ten milliseconds.
  static final int ROUNDS = 5_000_000;

  private static final double FACTOR = 0.999;
  private static final double SUMMAND = 1e-3;

  private double best;

  /// Measures the peak for the benchmark's element type: the best of a few tries.
  @Setup(Level.Iteration)
  public void measure(BenchmarkParams benchmark) {
    DType dtype = DType.valueOf(benchmark.getParam("dtype"));
    String threads = benchmark.getParam("threads");
    int cores = threads == null ? 1 : Integer.parseInt(threads);
    best = 0;
    for (int i = 0; i < TRIES; i++) {
      long start = System.nanoTime();
      double sum = run(dtype);
      long end = System.nanoTime();
      if (!Double.isFinite(sum)) {
        throw new IllegalStateException("The chains of the peak's loop went astray: " + sum);
      }
      double flop = (double) cores * ROUNDS * flopPerRound(dtype);
      best = Math.max(best, flop / (end - start));
    }
  }

  /// The peak in GFLOP/s.
  public double peak() {
    return best;
  }

  static double run(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> FloatPeak.run(ROUNDS, (float) FACTOR, (float) SUMMAND);
      case FLOAT64 -> DoublePeak.run(ROUNDS, FACTOR, SUMMAND);
    };
  }

  static long flopPerRound(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> FloatPeak.FLOP;
      case FLOAT64 -> DoublePeak.FLOP;
    };
  }
}
