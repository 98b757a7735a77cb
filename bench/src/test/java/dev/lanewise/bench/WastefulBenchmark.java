package dev.lanewise.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// A benchmark of nothing that leaves as many bytes as it is told, for [GarbageTest].
@State(Scope.Thread)
public class WastefulBenchmark {
  /// How many longs a call allocates; 0 for none, not even an array.
  @Param({"0", "1000"})
  public int longs;

  /// Allocates.
  @Benchmark
  public Object call(KernelGarbage garbage) {
    garbage.call();
    return longs == 0 ? this : new long[longs];
  }
}
