// Generated from DoublePeak.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.FloatLanes.TYPE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// As many fused multiply-adds as the processor can do, on registers alone: the roof that a matrix
/// product is measured against.
///
/// Twelve chains are enough to hide the latency of an FMA on processors that start two or three in
/// a cycle, and with their two operands they fit into sixteen registers.
public final class FloatPeak {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int CHAINS = 12;

  /// The floating-point operations of one round; a fused multiply-add counts as two.
  public static final int FLOP = 2 * CHAINS * SPECIES.length();

  private FloatPeak() {}

  /// Works for some rounds.
  ///
  /// @param rounds how many
  /// @param factor f of the chains `a ← a·f + s`; below 1, or they overflow
  /// @param summand s; positive, or they end in slow subnormal numbers
  /// @return a number that depends on every chain, so that none is optimised away
  public static float run(int rounds, float factor, float summand) {
    FloatVector f = FloatVector.broadcast(SPECIES, factor);
    FloatVector s = FloatVector.broadcast(SPECIES, summand);
    FloatVector a0 = FloatVector.broadcast(SPECIES, 1);
    FloatVector a1 = FloatVector.broadcast(SPECIES, 2);
    FloatVector a2 = FloatVector.broadcast(SPECIES, 3);
    FloatVector a3 = FloatVector.broadcast(SPECIES, 4);
    FloatVector a4 = FloatVector.broadcast(SPECIES, 5);
    FloatVector a5 = FloatVector.broadcast(SPECIES, 6);
    FloatVector a6 = FloatVector.broadcast(SPECIES, 7);
    FloatVector a7 = FloatVector.broadcast(SPECIES, 8);
    FloatVector a8 = FloatVector.broadcast(SPECIES, 9);
    FloatVector a9 = FloatVector.broadcast(SPECIES, 10);
    FloatVector a10 = FloatVector.broadcast(SPECIES, 11);
    FloatVector a11 = FloatVector.broadcast(SPECIES, 12);
    for (int i = 0; i < rounds; i++) {
      a0 = f.fma(a0, s);
      a1 = f.fma(a1, s);
      a2 = f.fma(a2, s);
      a3 = f.fma(a3, s);
      a4 = f.fma(a4, s);
      a5 = f.fma(a5, s);
      a6 = f.fma(a6, s);
      a7 = f.fma(a7, s);
      a8 = f.fma(a8, s);
      a9 = f.fma(a9, s);
      a10 = f.fma(a10, s);
      a11 = f.fma(a11, s);
    }
    FloatVector low = TYPE.cast(a0).add(a1).add(a2).add(a3).add(a4).add(a5);
    FloatVector high = TYPE.cast(a6).add(a7).add(a8).add(a9).add(a10).add(a11);
    return low.add(high).lane(0);
  }
}
