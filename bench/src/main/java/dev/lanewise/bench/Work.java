package dev.lanewise.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Counts the floating-point operations of a benchmark, so that its result is also a rate in
/// FLOP/s.
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Work {
  /// The operations since the iteration began; a fused multiply-add counts as two.
  public long flop;
}
