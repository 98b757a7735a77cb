package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.DoubleLanes.BY_1;
import static dev.lanewise.core.internal.vector.DoubleLanes.LANES;
import static dev.lanewise.core.internal.vector.DoubleLanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.DoubleVector;
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
final class DoubleRowsOfTen {
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
  private static final VectorMask<Double> BY_ONE = VectorMask.fromLong(SPECIES, digit(1));
  private static final VectorMask<Double> BY_TWO = VectorMask.fromLong(SPECIES, digit(2));
  private static final VectorMask<Double> BY_FOUR = VectorMask.fromLong(SPECIES, digit(4));

  /// Brings the rows of this pair of columns into the order of those of pair 0.
  private static final VectorShuffle<Double> FROM_1 = align(1);
  private static final VectorShuffle<Double> FROM_2 = align(2);
  private static final VectorShuffle<Double> FROM_3 = align(3);
  private static final VectorShuffle<Double> FROM_4 = align(4);

  /// Gives each lane of this vector what belongs to its row.
  private static final VectorShuffle<Double> TO_0 = spread(AT_0);
  private static final VectorShuffle<Double> TO_1 = spread(AT_1);
  private static final VectorShuffle<Double> TO_2 = spread(AT_2);
  private static final VectorShuffle<Double> TO_3 = spread(AT_3);
  private static final VectorShuffle<Double> TO_4 = spread(AT_4);

  private DoubleRowsOfTen() {}

  /// `yⱼ ← xⱼ − max` for each row; the maximum passes over NaN, which the difference has then.
  static void subtractMax(int rows, double[] x, int xOffset, double[] y, int yOffset) {
    int n = rows * COLUMNS;
    int i = 0;
    for (; i <= n - GROUP; i += GROUP) {
      DoubleVector v0 = fromArray(SPECIES, x, xOffset + i + AT_0);
      DoubleVector v1 = fromArray(SPECIES, x, xOffset + i + AT_1);
      DoubleVector v2 = fromArray(SPECIES, x, xOffset + i + AT_2);
      DoubleVector v3 = fromArray(SPECIES, x, xOffset + i + AT_3);
      DoubleVector v4 = fromArray(SPECIES, x, xOffset + i + AT_4);
      DoubleVector a0 = v0.blend(v1, BY_ONE);
      DoubleVector a1 = v1.blend(v2, BY_ONE);
      DoubleVector a2 = v2.blend(v3, BY_ONE);
      DoubleVector a3 = v3.blend(v4, BY_ONE);
      DoubleVector a4 = v4.blend(v0, BY_ONE);
      DoubleVector b0 = a0.blend(a2, BY_TWO);
      DoubleVector b1 = a1.blend(a3, BY_TWO);
      DoubleVector b2 = a2.blend(a4, BY_TWO);
      DoubleVector b3 = a3.blend(a0, BY_TWO);
      DoubleVector b4 = a4.blend(a1, BY_TWO);
      DoubleVector m = b0.blend(b4, BY_FOUR);
      DoubleVector m1 = b1.blend(b0, BY_FOUR).rearrange(FROM_1);
      DoubleVector m2 = b2.blend(b1, BY_FOUR).rearrange(FROM_2);
      DoubleVector m3 = b3.blend(b2, BY_FOUR).rearrange(FROM_3);
      DoubleVector m4 = b4.blend(b3, BY_FOUR).rearrange(FROM_4);
      m = m.blend(m1, m1.compare(GT, m));
      m2 = m2.blend(m3, m3.compare(GT, m2));
      m = m.blend(m4, m4.compare(GT, m));
      m = m.blend(m2, m2.compare(GT, m));
      DoubleVector other = m.rearrange(BY_1);
      m = m.blend(other, other.compare(GT, m));
      v0.sub(m.rearrange(TO_0)).intoArray(y, yOffset + i + AT_0);
      v1.sub(m.rearrange(TO_1)).intoArray(y, yOffset + i + AT_1);
      v2.sub(m.rearrange(TO_2)).intoArray(y, yOffset + i + AT_2);
      v3.sub(m.rearrange(TO_3)).intoArray(y, yOffset + i + AT_3);
      v4.sub(m.rearrange(TO_4)).intoArray(y, yOffset + i + AT_4);
    }
    for (; i < n; i += COLUMNS) {
      DoubleSoftmax.subtractMax(COLUMNS, x, xOffset + i, y, yOffset + i);
    }
  }

  /// `yⱼ ← yⱼ·(1/Σₖ yₖ)` for each row.
  static void divideBySum(int rows, double[] y, int yOffset) {
    int n = rows * COLUMNS;
    int i = 0;
    for (; i <= n - GROUP; i += GROUP) {
      DoubleVector v0 = fromArray(SPECIES, y, yOffset + i + AT_0);
      DoubleVector v1 = fromArray(SPECIES, y, yOffset + i + AT_1);
      DoubleVector v2 = fromArray(SPECIES, y, yOffset + i + AT_2);
      DoubleVector v3 = fromArray(SPECIES, y, yOffset + i + AT_3);
      DoubleVector v4 = fromArray(SPECIES, y, yOffset + i + AT_4);
      DoubleVector a0 = v0.blend(v1, BY_ONE);
      DoubleVector a1 = v1.blend(v2, BY_ONE);
      DoubleVector a2 = v2.blend(v3, BY_ONE);
      DoubleVector a3 = v3.blend(v4, BY_ONE);
      DoubleVector a4 = v4.blend(v0, BY_ONE);
      DoubleVector b0 = a0.blend(a2, BY_TWO);
      DoubleVector b1 = a1.blend(a3, BY_TWO);
      DoubleVector b2 = a2.blend(a4, BY_TWO);
      DoubleVector b3 = a3.blend(a0, BY_TWO);
      DoubleVector b4 = a4.blend(a1, BY_TWO);
      DoubleVector s0 = b0.blend(b4, BY_FOUR);
      DoubleVector s1 = b1.blend(b0, BY_FOUR).rearrange(FROM_1);
      DoubleVector s2 = b2.blend(b1, BY_FOUR).rearrange(FROM_2);
      DoubleVector s3 = b3.blend(b2, BY_FOUR).rearrange(FROM_3);
      DoubleVector s4 = b4.blend(b3, BY_FOUR).rearrange(FROM_4);
      DoubleVector sum = s0.add(s1).add(s2.add(s3)).add(s4);
      sum = sum.add(sum.rearrange(BY_1));
      DoubleVector factor = broadcast(SPECIES, 1).div(sum);
      v0.mul(factor.rearrange(TO_0)).intoArray(y, yOffset + i + AT_0);
      v1.mul(factor.rearrange(TO_1)).intoArray(y, yOffset + i + AT_1);
      v2.mul(factor.rearrange(TO_2)).intoArray(y, yOffset + i + AT_2);
      v3.mul(factor.rearrange(TO_3)).intoArray(y, yOffset + i + AT_3);
      v4.mul(factor.rearrange(TO_4)).intoArray(y, yOffset + i + AT_4);
    }
    for (int at = yOffset + i; at < yOffset + n; at += COLUMNS) {
      double even = y[at] + y[at + 2] + (y[at + 4] + y[at + 6]) + y[at + 8];
      double odd = y[at + 1] + y[at + 3] + (y[at + 5] + y[at + 7]) + y[at + 9];
      double factor = 1 / (even + odd);
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

  private static VectorShuffle<Double> align(int pair) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane + 2 * pair) % LANES);
  }

  private static VectorShuffle<Double> spread(int start) {
    return VectorShuffle.fromOp(
        SPECIES, lane -> ((start + lane) / COLUMNS * COLUMNS + lane % 2) % LANES);
  }
}
