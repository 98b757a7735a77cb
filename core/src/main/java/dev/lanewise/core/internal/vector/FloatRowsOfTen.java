// Generated from DoubleRowsOfTen.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.FloatLanes.BY_1;
import static dev.lanewise.core.internal.vector.FloatLanes.LANES;
import static dev.lanewise.core.internal.vector.FloatLanes.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/// The largest element and the sum of rows of ten, those of half as many rows at a time as a vector
/// has lanes.
///
/// These rows fill five vectors. As five and half the number of lanes have no common divisor, what
/// stands one above the other in the five are five different pairs of columns; here the pairs 0 to
/// 4 of four rows, with the vectors in the order of their first pair:
///
/// ```
///  v₀   0 1 2 3          0 0 0 0
///  v₁   1 2 3 4          1 1 1 1
///  v₂   2 3 4 0    →     2 2 2 2
///  v₃   3 4 0 1          3 3 3 3
///  v₄   4 0 1 2          4 4 4 4
/// ```
///
/// The pair of lanes n is to be taken from the vector n before, modulo five: that is three blends,
/// by the binary digits of the distance. Then each vector has one pair of columns of all rows, in
/// the same order of rows but for a rotation by as many pairs of lanes as the number says. So no
/// lane is idle, and all these rows together take hardly more rearrangements than one of them would
/// on its own.
///
/// The rows left over at the end are reduced one by one, with the same additions in the same order:
/// the bits of a row do not depend on its place.
final class FloatRowsOfTen {
  static final int COLUMNS = 10;

  /// The elements in five vectors.
  private static final int GROUP = 5 * LANES;

  /// Where among them the vector is that begins with this pair of columns.
  private static final int AT_0 = start(0);
  private static final int AT_1 = start(1);
  private static final int AT_2 = start(2);
  private static final int AT_3 = start(3);
  private static final int AT_4 = start(4);

  /// The lanes whose distance has this binary digit.
  private static final VectorMask<Float> BY_ONE = VectorMask.fromLong(SPECIES, digit(1));
  private static final VectorMask<Float> BY_TWO = VectorMask.fromLong(SPECIES, digit(2));
  private static final VectorMask<Float> BY_FOUR = VectorMask.fromLong(SPECIES, digit(4));

  /// Brings the rows of this pair of columns into the order of those of pair 0.
  private static final VectorShuffle<Float> FROM_1 = align(1);
  private static final VectorShuffle<Float> FROM_2 = align(2);
  private static final VectorShuffle<Float> FROM_3 = align(3);
  private static final VectorShuffle<Float> FROM_4 = align(4);

  /// Gives each lane of this vector what belongs to its row.
  private static final VectorShuffle<Float> TO_0 = spread(AT_0);
  private static final VectorShuffle<Float> TO_1 = spread(AT_1);
  private static final VectorShuffle<Float> TO_2 = spread(AT_2);
  private static final VectorShuffle<Float> TO_3 = spread(AT_3);
  private static final VectorShuffle<Float> TO_4 = spread(AT_4);

  private FloatRowsOfTen() {}

  /// `yⱼ ← xⱼ − max` for each row; the maximum passes over NaN, which the difference has then.
  static void subtractMax(int rows, float[] x, int xOffset, float[] y, int yOffset) {
    int n = rows * COLUMNS;
    int i = 0;
    for (; i <= n - GROUP; i += GROUP) {
      FloatVector v0 = fromArray(SPECIES, x, xOffset + i + AT_0);
      FloatVector v1 = fromArray(SPECIES, x, xOffset + i + AT_1);
      FloatVector v2 = fromArray(SPECIES, x, xOffset + i + AT_2);
      FloatVector v3 = fromArray(SPECIES, x, xOffset + i + AT_3);
      FloatVector v4 = fromArray(SPECIES, x, xOffset + i + AT_4);
      FloatVector a0 = v0.blend(v1, BY_ONE);
      FloatVector a1 = v1.blend(v2, BY_ONE);
      FloatVector a2 = v2.blend(v3, BY_ONE);
      FloatVector a3 = v3.blend(v4, BY_ONE);
      FloatVector a4 = v4.blend(v0, BY_ONE);
      FloatVector b0 = a0.blend(a2, BY_TWO);
      FloatVector b1 = a1.blend(a3, BY_TWO);
      FloatVector b2 = a2.blend(a4, BY_TWO);
      FloatVector b3 = a3.blend(a0, BY_TWO);
      FloatVector b4 = a4.blend(a1, BY_TWO);
      FloatVector m = b0.blend(b4, BY_FOUR);
      FloatVector m1 = b1.blend(b0, BY_FOUR).rearrange(FROM_1);
      FloatVector m2 = b2.blend(b1, BY_FOUR).rearrange(FROM_2);
      FloatVector m3 = b3.blend(b2, BY_FOUR).rearrange(FROM_3);
      FloatVector m4 = b4.blend(b3, BY_FOUR).rearrange(FROM_4);
      m = m.blend(m1, m1.compare(GT, m));
      m2 = m2.blend(m3, m3.compare(GT, m2));
      m = m.blend(m4, m4.compare(GT, m));
      m = m.blend(m2, m2.compare(GT, m));
      FloatVector other = m.rearrange(BY_1);
      m = m.blend(other, other.compare(GT, m));
      v0.sub(m.rearrange(TO_0)).intoArray(y, yOffset + i + AT_0);
      v1.sub(m.rearrange(TO_1)).intoArray(y, yOffset + i + AT_1);
      v2.sub(m.rearrange(TO_2)).intoArray(y, yOffset + i + AT_2);
      v3.sub(m.rearrange(TO_3)).intoArray(y, yOffset + i + AT_3);
      v4.sub(m.rearrange(TO_4)).intoArray(y, yOffset + i + AT_4);
    }
    for (; i < n; i += COLUMNS) {
      FloatSoftmax.subtractMax(COLUMNS, x, xOffset + i, y, yOffset + i);
    }
  }

  /// `yⱼ ← yⱼ·(1/Σₖ yₖ)` for each row.
  static void divideBySum(int rows, float[] y, int yOffset) {
    int n = rows * COLUMNS;
    int i = 0;
    for (; i <= n - GROUP; i += GROUP) {
      FloatVector v0 = fromArray(SPECIES, y, yOffset + i + AT_0);
      FloatVector v1 = fromArray(SPECIES, y, yOffset + i + AT_1);
      FloatVector v2 = fromArray(SPECIES, y, yOffset + i + AT_2);
      FloatVector v3 = fromArray(SPECIES, y, yOffset + i + AT_3);
      FloatVector v4 = fromArray(SPECIES, y, yOffset + i + AT_4);
      FloatVector a0 = v0.blend(v1, BY_ONE);
      FloatVector a1 = v1.blend(v2, BY_ONE);
      FloatVector a2 = v2.blend(v3, BY_ONE);
      FloatVector a3 = v3.blend(v4, BY_ONE);
      FloatVector a4 = v4.blend(v0, BY_ONE);
      FloatVector b0 = a0.blend(a2, BY_TWO);
      FloatVector b1 = a1.blend(a3, BY_TWO);
      FloatVector b2 = a2.blend(a4, BY_TWO);
      FloatVector b3 = a3.blend(a0, BY_TWO);
      FloatVector b4 = a4.blend(a1, BY_TWO);
      FloatVector s0 = b0.blend(b4, BY_FOUR);
      FloatVector s1 = b1.blend(b0, BY_FOUR).rearrange(FROM_1);
      FloatVector s2 = b2.blend(b1, BY_FOUR).rearrange(FROM_2);
      FloatVector s3 = b3.blend(b2, BY_FOUR).rearrange(FROM_3);
      FloatVector s4 = b4.blend(b3, BY_FOUR).rearrange(FROM_4);
      FloatVector sum = s0.add(s1).add(s2.add(s3)).add(s4);
      sum = sum.add(sum.rearrange(BY_1));
      FloatVector factor = broadcast(SPECIES, 1).div(sum);
      v0.mul(factor.rearrange(TO_0)).intoArray(y, yOffset + i + AT_0);
      v1.mul(factor.rearrange(TO_1)).intoArray(y, yOffset + i + AT_1);
      v2.mul(factor.rearrange(TO_2)).intoArray(y, yOffset + i + AT_2);
      v3.mul(factor.rearrange(TO_3)).intoArray(y, yOffset + i + AT_3);
      v4.mul(factor.rearrange(TO_4)).intoArray(y, yOffset + i + AT_4);
    }
    for (int at = yOffset + i; at < yOffset + n; at += COLUMNS) {
      float even = y[at] + y[at + 2] + (y[at + 4] + y[at + 6]) + y[at + 8];
      float odd = y[at + 1] + y[at + 3] + (y[at + 5] + y[at + 7]) + y[at + 9];
      float factor = 1 / (even + odd);
      for (int j = at; j < at + COLUMNS; j++) {
        y[j] *= factor;
      }
    }
  }

  private static int start(int pair) {
    int start = 0;
    while (start % COLUMNS != 2 * pair) {
      start += LANES;
    }
    return start;
  }

  private static long digit(int value) {
    long lanes = 0;
    for (int lane = 0; lane < LANES; lane++) {
      int distance = Math.floorMod(-(lane / 2), 5);
      lanes |= (distance & value) == 0 ? 0 : 1L << lane;
    }
    return lanes;
  }

  private static VectorShuffle<Float> align(int pair) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane + 2 * pair) % LANES);
  }

  private static VectorShuffle<Float> spread(int start) {
    return VectorShuffle.fromOp(
        SPECIES, lane -> ((start + lane) / COLUMNS * COLUMNS + lane % 2) % LANES);
  }
}
