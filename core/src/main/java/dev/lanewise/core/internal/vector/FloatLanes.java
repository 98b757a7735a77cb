// Generated from DoubleLanes.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// What all vector kernels share: the width, the convention for `beta`, and sums over lanes.
final class FloatLanes {
  /// The widest vectors of this machine.
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /// The elements in one vector.
  static final int LANES = SPECIES.length();

  /// Exchanges each lane with the one 8 (4, 2, 1) away.
  static final VectorShuffle<Float> BY_8 = swap(8);
  static final VectorShuffle<Float> BY_4 = swap(4);
  static final VectorShuffle<Float> BY_2 = swap(2);
  static final VectorShuffle<Float> BY_1 = swap(1);

  private FloatLanes() {}

  /// A vector of elements.
  static FloatVector load(float[] x, int position) {
    return FloatVector.fromArray(SPECIES, x, position);
  }

  /// The same element in every lane.
  static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  /// Writes a result by the convention for `beta`.
  static void write(FloatVector result, float beta, float[] y, int position) {
    if (beta == 0) {
      result.intoArray(y, position);
    } else {
      broadcast(beta).fma(load(y, position), result).intoArray(y, position);
    }
  }

  /// Writes a result by the convention for `beta`.
  static void write(float result, float beta, float[] y, int position) {
    y[position] = beta == 0 ? result : Math.fma(beta, y[position], result);
  }

  /// The sum of the lanes, always in the same order, which `reduceLanes` does not promise: halves
  /// are added until one lane is left.
  static float sum(FloatVector v) {
    if (LANES > 8) {
      v = v.add(v.rearrange(BY_8));
    }
    if (LANES > 4) {
      v = v.add(v.rearrange(BY_4));
    }
    if (LANES > 2) {
      v = v.add(v.rearrange(BY_2));
    }
    if (LANES > 1) {
      v = v.add(v.rearrange(BY_1));
    }
    return v.lane(0);
  }

  private static VectorShuffle<Float> swap(int distance) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ distance) & (LANES - 1));
  }
}
