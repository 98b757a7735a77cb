package dev.lanewise.core.internal.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// What all vector kernels share: the width, the convention for `beta`, and the shuffles
/// that add up lanes.
final class DoubleLanes {
  /// The widest vectors of this machine.
  static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

  /// The class of these vectors. What a loop accumulates is of no class but the abstract one to the
  /// compiler; the calls on it are inlined by profile, if it has one, and else box. So accumulators
  /// are arguments in loops, and are cast to this class after them.
  static final Class<? extends DoubleVector> TYPE = DoubleVector.zero(SPECIES).getClass();

  /// The elements in one vector.
  static final int LANES = SPECIES.length();

  /// Whether loads and stores under a mask are as fast as others.
  static final boolean MASKS = SPECIES.vectorBitSize() == 512;

  /// Exchanges each lane with the one 8 (4, 2, 1) away.
  static final VectorShuffle<Double> BY_8 = swap(8);
  static final VectorShuffle<Double> BY_4 = swap(4);
  static final VectorShuffle<Double> BY_2 = swap(2);
  static final VectorShuffle<Double> BY_1 = swap(1);

  /// The number of each lane.
  static final DoubleVector INDEX = DoubleVector.zero(SPECIES).addIndex(1);

  private DoubleLanes() {}

  /// Writes a result by the convention for `beta`.
  static void write(double result, double beta, double[] y, int position) {
    y[position] = beta == 0 ? result : Math.fma(beta, y[position], result);
  }

  private static VectorShuffle<Double> swap(int distance) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ distance) & (LANES - 1));
  }
}
