package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.DoubleLanes.TYPE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// As many fused multiply-adds as the processor can do, on registers alone: the roof that a matrix
/// product is measured against.
///
/// Twelve chains are enough to hide the latency of an FMA on processors that start two or three in
/// a cycle, and with their two operands they fit into sixteen registers.
public final class DoublePeak {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int CHAINS = 12;

  /// The floating-point operations of one round; a fused multiply-add counts as two.
  public static final int FLOP = 2 * CHAINS * SPECIES.length();

  private DoublePeak() {}

  /// Works for some rounds.
  ///
  /// @param rounds how many
  /// @param factor f of the chains `a ← a·f + s`; below 1, or they overflow
  /// @param summand s; positive, or they end in slow subnormal numbers
  /// @return a number that depends on every chain, so that none is optimised away
  public static double run(int rounds, double factor, double summand) {
    DoubleVector f = DoubleVector.broadcast(SPECIES, factor);
    DoubleVector s = DoubleVector.broadcast(SPECIES, summand);
    DoubleVector a0 = DoubleVector.broadcast(SPECIES, 1);
    DoubleVector a1 = DoubleVector.broadcast(SPECIES, 2);
    DoubleVector a2 = DoubleVector.broadcast(SPECIES, 3);
    DoubleVector a3 = DoubleVector.broadcast(SPECIES, 4);
    DoubleVector a4 = DoubleVector.broadcast(SPECIES, 5);
    DoubleVector a5 = DoubleVector.broadcast(SPECIES, 6);
    DoubleVector a6 = DoubleVector.broadcast(SPECIES, 7);
    DoubleVector a7 = DoubleVector.broadcast(SPECIES, 8);
    DoubleVector a8 = DoubleVector.broadcast(SPECIES, 9);
    DoubleVector a9 = DoubleVector.broadcast(SPECIES, 10);
    DoubleVector a10 = DoubleVector.broadcast(SPECIES, 11);
    DoubleVector a11 = DoubleVector.broadcast(SPECIES, 12);
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
    DoubleVector low = TYPE.cast(a0).add(a1).add(a2).add(a3).add(a4).add(a5);
    DoubleVector high = TYPE.cast(a6).add(a7).add(a8).add(a9).add(a10).add(a11);
    return low.add(high).lane(0);
  }
}
