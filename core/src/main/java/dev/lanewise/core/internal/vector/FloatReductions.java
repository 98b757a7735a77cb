// Generated from DoubleReductions.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.FloatLanes.BY_1;
import static dev.lanewise.core.internal.vector.FloatLanes.BY_2;
import static dev.lanewise.core.internal.vector.FloatLanes.BY_4;
import static dev.lanewise.core.internal.vector.FloatLanes.BY_8;
import static dev.lanewise.core.internal.vector.FloatLanes.LANES;
import static dev.lanewise.core.internal.vector.FloatLanes.SPECIES;
import static dev.lanewise.core.internal.vector.FloatLanes.TYPE;
import static dev.lanewise.core.internal.vector.FloatLanes.write;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Many numbers to one. Four accumulators hide the latency of an addition. Their lanes are added by
/// halves, always in the same order, which `reduceLanes` does not promise; that is written out each
/// time, for the reason on the package's page.
final class FloatReductions {
  private static final int UNROLLED = 4 * LANES;

  private FloatReductions() {}

  static float sum(int n, float[] x, int xOffset) {
    int i = 0;
    float sum = 0;
    if (n >= LANES) {
      FloatVector s0 = broadcast(SPECIES, 0);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (; i <= n - UNROLLED; i += UNROLLED) {
        s0 = fromArray(SPECIES, x, xOffset + i).add(s0);
        s1 = fromArray(SPECIES, x, xOffset + i + LANES).add(s1);
        s2 = fromArray(SPECIES, x, xOffset + i + 2 * LANES).add(s2);
        s3 = fromArray(SPECIES, x, xOffset + i + 3 * LANES).add(s3);
      }
      for (; i <= n - LANES; i += LANES) {
        s0 = fromArray(SPECIES, x, xOffset + i).add(s0);
      }
      s0 = TYPE.cast(s0).add(TYPE.cast(s1)).add(TYPE.cast(s2).add(TYPE.cast(s3)));
      if (LANES > 8) {
        s0 = s0.add(s0.rearrange(BY_8));
      }
      if (LANES > 4) {
        s0 = s0.add(s0.rearrange(BY_4));
      }
      if (LANES > 2) {
        s0 = s0.add(s0.rearrange(BY_2));
      }
      if (LANES > 1) {
        s0 = s0.add(s0.rearrange(BY_1));
      }
      sum = s0.lane(0);
    }
    for (; i < n; i++) {
      sum += x[xOffset + i];
    }
    return sum;
  }

  static float dot(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    float sum = 0;
    if (n >= LANES) {
      FloatVector s0 = broadcast(SPECIES, 0);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (; i <= n - UNROLLED; i += UNROLLED) {
        s0 = fromArray(SPECIES, x, xOffset + i).fma(fromArray(SPECIES, y, yOffset + i), s0);
        s1 =
            fromArray(SPECIES, x, xOffset + i + LANES)
                .fma(fromArray(SPECIES, y, yOffset + i + LANES), s1);
        s2 =
            fromArray(SPECIES, x, xOffset + i + 2 * LANES)
                .fma(fromArray(SPECIES, y, yOffset + i + 2 * LANES), s2);
        s3 =
            fromArray(SPECIES, x, xOffset + i + 3 * LANES)
                .fma(fromArray(SPECIES, y, yOffset + i + 3 * LANES), s3);
      }
      for (; i <= n - LANES; i += LANES) {
        s0 = fromArray(SPECIES, x, xOffset + i).fma(fromArray(SPECIES, y, yOffset + i), s0);
      }
      s0 = TYPE.cast(s0).add(TYPE.cast(s1)).add(TYPE.cast(s2).add(TYPE.cast(s3)));
      if (LANES > 8) {
        s0 = s0.add(s0.rearrange(BY_8));
      }
      if (LANES > 4) {
        s0 = s0.add(s0.rearrange(BY_4));
      }
      if (LANES > 2) {
        s0 = s0.add(s0.rearrange(BY_2));
      }
      if (LANES > 1) {
        s0 = s0.add(s0.rearrange(BY_1));
      }
      sum = s0.lane(0);
    }
    for (; i < n; i++) {
      sum = Math.fma(x[xOffset + i], y[yOffset + i], sum);
    }
    return sum;
  }

  static float max(int n, float[] x, int xOffset) {
    int i = 0;
    float max = Float.NEGATIVE_INFINITY;
    if (n >= LANES) {
      FloatVector m0 = broadcast(SPECIES, Float.NEGATIVE_INFINITY);
      FloatVector m1 = m0;
      FloatVector m2 = m0;
      FloatVector m3 = m0;
      for (; i <= n - UNROLLED; i += UNROLLED) {
        m0 = fromArray(SPECIES, x, xOffset + i).max(m0);
        m1 = fromArray(SPECIES, x, xOffset + i + LANES).max(m1);
        m2 = fromArray(SPECIES, x, xOffset + i + 2 * LANES).max(m2);
        m3 = fromArray(SPECIES, x, xOffset + i + 3 * LANES).max(m3);
      }
      for (; i <= n - LANES; i += LANES) {
        m0 = fromArray(SPECIES, x, xOffset + i).max(m0);
      }
      m0 = TYPE.cast(m0).max(TYPE.cast(m1));
      m2 = TYPE.cast(m2).max(TYPE.cast(m3));
      max = m0.max(m2).reduceLanes(VectorOperators.MAX);
    }
    for (; i < n; i++) {
      max = Math.max(max, x[xOffset + i]);
    }
    return max;
  }

  /// Four vectors of columns at a time, then one, then single columns; rows innermost, so that the
  /// sums stay in registers.
  static void columnSums(
      int rows, int columns, float[] x, int xOffset, float beta, float[] y, int yOffset) {
    int j = 0;
    for (; j <= columns - UNROLLED; j += UNROLLED) {
      FloatVector s0 = broadcast(SPECIES, 0);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int i = 0; i < rows; i++) {
        int position = xOffset + i * columns + j;
        s0 = fromArray(SPECIES, x, position).add(s0);
        s1 = fromArray(SPECIES, x, position + LANES).add(s1);
        s2 = fromArray(SPECIES, x, position + 2 * LANES).add(s2);
        s3 = fromArray(SPECIES, x, position + 3 * LANES).add(s3);
      }
      if (beta != 0) {
        FloatVector factor = broadcast(SPECIES, beta);
        int position = yOffset + j;
        s0 = factor.fma(fromArray(SPECIES, y, position), s0);
        s1 = factor.fma(fromArray(SPECIES, y, position + LANES), s1);
        s2 = factor.fma(fromArray(SPECIES, y, position + 2 * LANES), s2);
        s3 = factor.fma(fromArray(SPECIES, y, position + 3 * LANES), s3);
      }
      TYPE.cast(s0).intoArray(y, yOffset + j);
      TYPE.cast(s1).intoArray(y, yOffset + j + LANES);
      TYPE.cast(s2).intoArray(y, yOffset + j + 2 * LANES);
      TYPE.cast(s3).intoArray(y, yOffset + j + 3 * LANES);
    }
    for (; j <= columns - LANES; j += LANES) {
      FloatVector sum = broadcast(SPECIES, 0);
      for (int i = 0; i < rows; i++) {
        sum = fromArray(SPECIES, x, xOffset + i * columns + j).add(sum);
      }
      if (beta != 0) {
        sum = broadcast(SPECIES, beta).fma(fromArray(SPECIES, y, yOffset + j), sum);
      }
      TYPE.cast(sum).intoArray(y, yOffset + j);
    }
    for (; j < columns; j++) {
      float sum = 0;
      for (int i = 0; i < rows; i++) {
        sum += x[xOffset + i * columns + j];
      }
      write(sum, beta, y, yOffset + j);
    }
  }
}
