// Generated from DoubleReductions.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.FloatLanes.LANES;
import static dev.lanewise.core.internal.vector.FloatLanes.SPECIES;
import static dev.lanewise.core.internal.vector.FloatLanes.write;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Many numbers to one. Four accumulators hide the latency of an addition.
///
/// Vectors are made here by the Vector API itself and not by helpers of [FloatLanes]: beside a
/// long loop C2 does not inline a helper ("low call site frequency"), and an accumulator that comes
/// from a call is an object again in each turn of the loop.
final class FloatReductions {
  private static final int UNROLLED = 4 * LANES;

  private FloatReductions() {}

  static float sum(int n, float[] x, int xOffset) {
    int i = 0;
    float sum = 0;
    if (n >= LANES) {
      FloatVector s0 = FloatVector.broadcast(SPECIES, 0);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (; i <= n - UNROLLED; i += UNROLLED) {
        s0 = s0.add(FloatVector.fromArray(SPECIES, x, xOffset + i));
        s1 = s1.add(FloatVector.fromArray(SPECIES, x, xOffset + i + LANES));
        s2 = s2.add(FloatVector.fromArray(SPECIES, x, xOffset + i + 2 * LANES));
        s3 = s3.add(FloatVector.fromArray(SPECIES, x, xOffset + i + 3 * LANES));
      }
      for (; i <= n - LANES; i += LANES) {
        s0 = s0.add(FloatVector.fromArray(SPECIES, x, xOffset + i));
      }
      sum = FloatLanes.sum(s0.add(s1).add(s2.add(s3)));
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
      FloatVector s0 = FloatVector.broadcast(SPECIES, 0);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (; i <= n - UNROLLED; i += UNROLLED) {
        s0 =
            FloatVector.fromArray(SPECIES, x, xOffset + i)
                .fma(FloatVector.fromArray(SPECIES, y, yOffset + i), s0);
        s1 =
            FloatVector.fromArray(SPECIES, x, xOffset + i + LANES)
                .fma(FloatVector.fromArray(SPECIES, y, yOffset + i + LANES), s1);
        s2 =
            FloatVector.fromArray(SPECIES, x, xOffset + i + 2 * LANES)
                .fma(FloatVector.fromArray(SPECIES, y, yOffset + i + 2 * LANES), s2);
        s3 =
            FloatVector.fromArray(SPECIES, x, xOffset + i + 3 * LANES)
                .fma(FloatVector.fromArray(SPECIES, y, yOffset + i + 3 * LANES), s3);
      }
      for (; i <= n - LANES; i += LANES) {
        s0 =
            FloatVector.fromArray(SPECIES, x, xOffset + i)
                .fma(FloatVector.fromArray(SPECIES, y, yOffset + i), s0);
      }
      sum = FloatLanes.sum(s0.add(s1).add(s2.add(s3)));
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
      FloatVector m0 = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
      FloatVector m1 = m0;
      FloatVector m2 = m0;
      FloatVector m3 = m0;
      for (; i <= n - UNROLLED; i += UNROLLED) {
        m0 = m0.max(FloatVector.fromArray(SPECIES, x, xOffset + i));
        m1 = m1.max(FloatVector.fromArray(SPECIES, x, xOffset + i + LANES));
        m2 = m2.max(FloatVector.fromArray(SPECIES, x, xOffset + i + 2 * LANES));
        m3 = m3.max(FloatVector.fromArray(SPECIES, x, xOffset + i + 3 * LANES));
      }
      for (; i <= n - LANES; i += LANES) {
        m0 = m0.max(FloatVector.fromArray(SPECIES, x, xOffset + i));
      }
      max = m0.max(m1).max(m2.max(m3)).reduceLanes(VectorOperators.MAX);
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
      FloatVector s0 = FloatVector.broadcast(SPECIES, 0);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int i = 0; i < rows; i++) {
        int position = xOffset + i * columns + j;
        s0 = s0.add(FloatVector.fromArray(SPECIES, x, position));
        s1 = s1.add(FloatVector.fromArray(SPECIES, x, position + LANES));
        s2 = s2.add(FloatVector.fromArray(SPECIES, x, position + 2 * LANES));
        s3 = s3.add(FloatVector.fromArray(SPECIES, x, position + 3 * LANES));
      }
      write(s0, beta, y, yOffset + j);
      write(s1, beta, y, yOffset + j + LANES);
      write(s2, beta, y, yOffset + j + 2 * LANES);
      write(s3, beta, y, yOffset + j + 3 * LANES);
    }
    for (; j <= columns - LANES; j += LANES) {
      FloatVector sum = FloatVector.broadcast(SPECIES, 0);
      for (int i = 0; i < rows; i++) {
        sum = sum.add(FloatVector.fromArray(SPECIES, x, xOffset + i * columns + j));
      }
      write(sum, beta, y, yOffset + j);
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
