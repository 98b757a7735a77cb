// Generated from DoubleLanes.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// What all vector kernels share: the width, the convention for `beta`, and the shuffles
/// that add up lanes.
final class FloatLanes {
  /// The widest vectors of this machine.
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /// The class of these vectors. What a loop accumulates is of no class but the abstract one to the
  /// compiler; the calls on it are inlined by profile, if it has one, and else box. So accumulators
  /// are arguments in loops, and are cast to this class after them.
  static final Class<? extends FloatVector> TYPE = FloatVector.zero(SPECIES).getClass();

  /// The elements in one vector.
  static final int LANES = SPECIES.length();

  /// Whether loads and stores under a mask are as fast as others.
  static final boolean MASKS = SPECIES.vectorBitSize() == 512;

  /// Exchanges each lane with the one 8 (4, 2, 1) away.
  static final VectorShuffle<Float> BY_8 = swap(8);
  static final VectorShuffle<Float> BY_4 = swap(4);
  static final VectorShuffle<Float> BY_2 = swap(2);
  static final VectorShuffle<Float> BY_1 = swap(1);

  /// The number of each lane.
  static final FloatVector INDEX = FloatVector.zero(SPECIES).addIndex(1);

  private FloatLanes() {}

  /// Writes a result by the convention for `beta`.
  static void write(float result, float beta, float[] y, int position) {
    y[position] = beta == 0 ? result : Math.fma(beta, y[position], result);
  }

  private static VectorShuffle<Float> swap(int distance) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ distance) & (LANES - 1));
  }
}
