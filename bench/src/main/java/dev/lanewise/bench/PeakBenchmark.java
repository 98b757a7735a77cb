package dev.lanewise.bench;

import dev.lanewise.core.tensor.DType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The peak itself: how far it drifts within an iteration is how far the other figures can be
/// trusted.
@State(Scope.Thread)
@Fork(5)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PeakBenchmark {
  /// The element type.
  @Param public DType dtype;

  /// A chain of fused multiply-adds on registers.
  @Benchmark
  public double peak(Work work, Peak peak, KernelGarbage garbage) {
    garbage.call();
    work.flop += Peak.ROUNDS * Peak.flopPerRound(dtype);
    return Peak.run(dtype);
  }
}
