package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.DoubleFunctions.BIAS;
import static dev.lanewise.core.internal.vector.DoubleFunctions.E0;
import static dev.lanewise.core.internal.vector.DoubleFunctions.E1;
import static dev.lanewise.core.internal.vector.DoubleFunctions.E2;
import static dev.lanewise.core.internal.vector.DoubleFunctions.E3;
import static dev.lanewise.core.internal.vector.DoubleFunctions.E4;
import static dev.lanewise.core.internal.vector.DoubleFunctions.E5;
import static dev.lanewise.core.internal.vector.DoubleFunctions.E6;
import static dev.lanewise.core.internal.vector.DoubleFunctions.E7;
import static dev.lanewise.core.internal.vector.DoubleFunctions.E8;
import static dev.lanewise.core.internal.vector.DoubleFunctions.E9;
import static dev.lanewise.core.internal.vector.DoubleFunctions.FRACTION_BITS;
import static dev.lanewise.core.internal.vector.DoubleFunctions.INTEGER;
import static dev.lanewise.core.internal.vector.DoubleFunctions.LN2_HIGH;
import static dev.lanewise.core.internal.vector.DoubleFunctions.LN2_LOW;
import static dev.lanewise.core.internal.vector.DoubleFunctions.LOG2_E;
import static dev.lanewise.core.internal.vector.DoubleFunctions.MINUS_ONE;
import static dev.lanewise.core.internal.vector.DoubleFunctions.NORMAL_RANGE;
import static dev.lanewise.core.internal.vector.DoubleFunctions.NO_SQUARE;
import static dev.lanewise.core.internal.vector.DoubleFunctions.OVERFLOW;
import static dev.lanewise.core.internal.vector.DoubleFunctions.UNDERFLOW;
import static dev.lanewise.core.internal.vector.DoubleLanes.BY_1;
import static dev.lanewise.core.internal.vector.DoubleLanes.BY_2;
import static dev.lanewise.core.internal.vector.DoubleLanes.BY_4;
import static dev.lanewise.core.internal.vector.DoubleLanes.BY_8;
import static dev.lanewise.core.internal.vector.DoubleLanes.INDEX;
import static dev.lanewise.core.internal.vector.DoubleLanes.LANES;
import static dev.lanewise.core.internal.vector.DoubleLanes.MASKS;
import static dev.lanewise.core.internal.vector.DoubleLanes.SPECIES;
import static dev.lanewise.core.internal.vector.DoubleLanes.TYPE;
import static dev.lanewise.core.internal.vector.DoubleLanes.write;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/// Exponentials of arrays, and of the rows that softmax takes them of; for single elements, in the
/// same operations, see [DoubleFunctions]. `FloatExponentials` is the hand-written twin, with the
/// shorter polynomials of `float`.
///
/// There are two loops for the exponential, as for the [DoubleActivations]. The quick one takes
/// four vectors at a time: the chain of one is so long that the processor cannot look far enough
/// ahead to find other work.
final class DoubleExponentials {
  /// How far the careful loop goes before the quick one is tried again.
  private static final int CAREFUL = 16 * LANES;

  /// The bits of the largest number of which the quick loop takes no care.
  private static final long NORMAL_BITS = Double.doubleToRawLongBits(NORMAL_RANGE);

  private DoubleExponentials() {}

  static void exp(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    while (i < n) {
      i = expWhileNormal(i, n, x, xOffset, y, yOffset);
      i = expCarefully(i, Math.min(n, i + CAREFUL), x, xOffset, y, yOffset);
    }
  }

  /// `eˣ` as `2ⁿ·eʳ` with `x = n·ln 2 + r`. An integer in the low bits of a number becomes a power
  /// of two when they are shifted to the exponent.
  private static int expWhileNormal(
      int from, int to, double[] x, int xOffset, double[] y, int yOffset) {
    int i = from;
    for (; i <= to - 4 * LANES; i += 4 * LANES) {
      DoubleVector v = fromArray(SPECIES, x, xOffset + i);
      DoubleVector v2 = fromArray(SPECIES, x, xOffset + i + LANES);
      DoubleVector v3 = fromArray(SPECIES, x, xOffset + i + 2 * LANES);
      DoubleVector v4 = fromArray(SPECIES, x, xOffset + i + 3 * LANES);
      LongVector a = v.abs().reinterpretAsLongs();
      LongVector a2 = v2.abs().reinterpretAsLongs();
      LongVector a3 = v3.abs().reinterpretAsLongs();
      LongVector a4 = v4.abs().reinterpretAsLongs();
      if (!a.max(a2).max(a3.max(a4)).compare(LE, NORMAL_BITS).allTrue()) {
        break;
      }
      DoubleVector integer = v.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
      DoubleVector whole = integer.sub(INTEGER);
      DoubleVector r = whole.fma(broadcast(SPECIES, -LN2_HIGH), v);
      r = whole.fma(broadcast(SPECIES, -LN2_LOW), r);
      DoubleVector p = broadcast(SPECIES, E9).fma(r, broadcast(SPECIES, E8));
      p = p.fma(r, broadcast(SPECIES, E7));
      p = p.fma(r, broadcast(SPECIES, E6));
      p = p.fma(r, broadcast(SPECIES, E5));
      p = p.fma(r, broadcast(SPECIES, E4));
      p = p.fma(r, broadcast(SPECIES, E3));
      p = p.fma(r, broadcast(SPECIES, E2));
      p = p.fma(r, broadcast(SPECIES, E1));
      p = p.fma(r, broadcast(SPECIES, E0));
      p = p.fma(r, broadcast(SPECIES, 1));
      p = p.fma(r, broadcast(SPECIES, 1));
      LongVector power = integer.reinterpretAsLongs().lanewise(LSHL, FRACTION_BITS);
      p.reinterpretAsLongs().add(power).reinterpretAsDoubles().intoArray(y, yOffset + i);
      DoubleVector integer2 = v2.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
      DoubleVector whole2 = integer2.sub(INTEGER);
      DoubleVector r2 = whole2.fma(broadcast(SPECIES, -LN2_HIGH), v2);
      r2 = whole2.fma(broadcast(SPECIES, -LN2_LOW), r2);
      DoubleVector p2 = broadcast(SPECIES, E9).fma(r2, broadcast(SPECIES, E8));
      p2 = p2.fma(r2, broadcast(SPECIES, E7));
      p2 = p2.fma(r2, broadcast(SPECIES, E6));
      p2 = p2.fma(r2, broadcast(SPECIES, E5));
      p2 = p2.fma(r2, broadcast(SPECIES, E4));
      p2 = p2.fma(r2, broadcast(SPECIES, E3));
      p2 = p2.fma(r2, broadcast(SPECIES, E2));
      p2 = p2.fma(r2, broadcast(SPECIES, E1));
      p2 = p2.fma(r2, broadcast(SPECIES, E0));
      p2 = p2.fma(r2, broadcast(SPECIES, 1));
      p2 = p2.fma(r2, broadcast(SPECIES, 1));
      LongVector power2 = integer2.reinterpretAsLongs().lanewise(LSHL, FRACTION_BITS);
      p2.reinterpretAsLongs().add(power2).reinterpretAsDoubles().intoArray(y, yOffset + i + LANES);
      DoubleVector integer3 = v3.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
      DoubleVector whole3 = integer3.sub(INTEGER);
      DoubleVector r3 = whole3.fma(broadcast(SPECIES, -LN2_HIGH), v3);
      r3 = whole3.fma(broadcast(SPECIES, -LN2_LOW), r3);
      DoubleVector p3 = broadcast(SPECIES, E9).fma(r3, broadcast(SPECIES, E8));
      p3 = p3.fma(r3, broadcast(SPECIES, E7));
      p3 = p3.fma(r3, broadcast(SPECIES, E6));
      p3 = p3.fma(r3, broadcast(SPECIES, E5));
      p3 = p3.fma(r3, broadcast(SPECIES, E4));
      p3 = p3.fma(r3, broadcast(SPECIES, E3));
      p3 = p3.fma(r3, broadcast(SPECIES, E2));
      p3 = p3.fma(r3, broadcast(SPECIES, E1));
      p3 = p3.fma(r3, broadcast(SPECIES, E0));
      p3 = p3.fma(r3, broadcast(SPECIES, 1));
      p3 = p3.fma(r3, broadcast(SPECIES, 1));
      LongVector power3 = integer3.reinterpretAsLongs().lanewise(LSHL, FRACTION_BITS);
      p3.reinterpretAsLongs()
          .add(power3)
          .reinterpretAsDoubles()
          .intoArray(y, yOffset + i + 2 * LANES);
      DoubleVector integer4 = v4.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
      DoubleVector whole4 = integer4.sub(INTEGER);
      DoubleVector r4 = whole4.fma(broadcast(SPECIES, -LN2_HIGH), v4);
      r4 = whole4.fma(broadcast(SPECIES, -LN2_LOW), r4);
      DoubleVector p4 = broadcast(SPECIES, E9).fma(r4, broadcast(SPECIES, E8));
      p4 = p4.fma(r4, broadcast(SPECIES, E7));
      p4 = p4.fma(r4, broadcast(SPECIES, E6));
      p4 = p4.fma(r4, broadcast(SPECIES, E5));
      p4 = p4.fma(r4, broadcast(SPECIES, E4));
      p4 = p4.fma(r4, broadcast(SPECIES, E3));
      p4 = p4.fma(r4, broadcast(SPECIES, E2));
      p4 = p4.fma(r4, broadcast(SPECIES, E1));
      p4 = p4.fma(r4, broadcast(SPECIES, E0));
      p4 = p4.fma(r4, broadcast(SPECIES, 1));
      p4 = p4.fma(r4, broadcast(SPECIES, 1));
      LongVector power4 = integer4.reinterpretAsLongs().lanewise(LSHL, FRACTION_BITS);
      p4.reinterpretAsLongs()
          .add(power4)
          .reinterpretAsDoubles()
          .intoArray(y, yOffset + i + 3 * LANES);
    }
    return i;
  }

  /// The power of two is applied in two halves, each of which is a normal number, so that a
  /// subnormal result is rounded once and a huge one overflows.
  private static int expCarefully(
      int from, int to, double[] x, int xOffset, double[] y, int yOffset) {
    int i = from;
    for (; MASKS ? i < to : i <= to - LANES; i += LANES) {
      DoubleVector v =
          MASKS
              ? fromArray(SPECIES, x, xOffset + i, SPECIES.indexInRange(i, to))
              : fromArray(SPECIES, x, xOffset + i);
      DoubleVector within =
          v.blend(OVERFLOW, v.compare(GT, OVERFLOW)).blend(UNDERFLOW, v.compare(LT, UNDERFLOW));
      DoubleVector integer = within.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
      DoubleVector whole = integer.sub(INTEGER);
      DoubleVector r = whole.fma(broadcast(SPECIES, -LN2_HIGH), within);
      r = whole.fma(broadcast(SPECIES, -LN2_LOW), r);
      DoubleVector p = broadcast(SPECIES, E9).fma(r, broadcast(SPECIES, E8));
      p = p.fma(r, broadcast(SPECIES, E7));
      p = p.fma(r, broadcast(SPECIES, E6));
      p = p.fma(r, broadcast(SPECIES, E5));
      p = p.fma(r, broadcast(SPECIES, E4));
      p = p.fma(r, broadcast(SPECIES, E3));
      p = p.fma(r, broadcast(SPECIES, E2));
      p = p.fma(r, broadcast(SPECIES, E1));
      p = p.fma(r, broadcast(SPECIES, E0));
      p = p.fma(r, broadcast(SPECIES, 1));
      p = p.fma(r, broadcast(SPECIES, 1));
      LongVector exponent = integer.reinterpretAsLongs();
      LongVector half = exponent.lanewise(LSHR, 1);
      DoubleVector scale1 = half.add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsDoubles();
      DoubleVector scale2 =
          exponent.sub(half).add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsDoubles();
      DoubleVector result = p.mul(scale1).mul(scale2);
      if (MASKS) {
        result.intoArray(y, yOffset + i, SPECIES.indexInRange(i, to));
      } else {
        result.intoArray(y, yOffset + i);
      }
    }
    for (; i < to; i++) {
      y[yOffset + i] = DoubleFunctions.exp(x[xOffset + i]);
    }
    return to;
  }

  /// `eˣ − 1` as `2·(2ⁿ⁻¹·(eʳ − 1) + (2ⁿ⁻¹ − ½))`, which overflows no earlier than the result; x
  /// itself where its square is too small to count.
  static void expm1(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleVector v = fromArray(SPECIES, x, xOffset + i);
      DoubleVector within =
          v.blend(OVERFLOW, v.compare(GT, OVERFLOW)).blend(MINUS_ONE, v.compare(LT, MINUS_ONE));
      DoubleVector integer = within.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
      DoubleVector whole = integer.sub(INTEGER);
      DoubleVector high = whole.fma(broadcast(SPECIES, -LN2_HIGH), within);
      DoubleVector r = whole.fma(broadcast(SPECIES, -LN2_LOW), high);
      DoubleVector low = whole.fma(broadcast(SPECIES, -LN2_LOW), high.sub(r));
      DoubleVector square = r.mul(r);
      DoubleVector p = broadcast(SPECIES, E9).fma(r, broadcast(SPECIES, E8));
      p = p.fma(r, broadcast(SPECIES, E7));
      p = p.fma(r, broadcast(SPECIES, E6));
      p = p.fma(r, broadcast(SPECIES, E5));
      p = p.fma(r, broadcast(SPECIES, E4));
      p = p.fma(r, broadcast(SPECIES, E3));
      p = p.fma(r, broadcast(SPECIES, E2));
      p = p.fma(r, broadcast(SPECIES, E1));
      p = p.fma(r, broadcast(SPECIES, E0));
      p = square.fma(p, low).add(r);
      DoubleVector scale =
          integer
              .reinterpretAsLongs()
              .add(BIAS - 1)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector half = scale.fma(p, scale.sub(0.5));
      half.add(half).blend(v, v.abs().compare(LT, NO_SQUARE)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = DoubleFunctions.expm1(x[xOffset + i]);
    }
  }

  /// The softmax of rows of at most a vector, each under a mask.
  static void softmaxOfShortRows(
      int rows, int columns, double[] x, int xOffset, double[] y, int yOffset) {
    VectorMask<Double> row = SPECIES.indexInRange(0, columns);
    for (int i = 0; i < rows; i++) {
      DoubleVector v = fromArray(SPECIES, x, xOffset + i * columns, row);
      DoubleVector m = broadcast(SPECIES, Double.NEGATIVE_INFINITY).blend(v, row);
      if (LANES > 8) {
        DoubleVector other = m.rearrange(BY_8);
        m = m.blend(other, other.compare(GT, m));
      }
      if (LANES > 4) {
        DoubleVector other = m.rearrange(BY_4);
        m = m.blend(other, other.compare(GT, m));
      }
      if (LANES > 2) {
        DoubleVector other = m.rearrange(BY_2);
        m = m.blend(other, other.compare(GT, m));
      }
      if (LANES > 1) {
        DoubleVector other = m.rearrange(BY_1);
        m = m.blend(other, other.compare(GT, m));
      }
      DoubleVector a = v.sub(m);
      DoubleVector integer = a.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
      DoubleVector whole = integer.sub(INTEGER);
      DoubleVector r = whole.fma(broadcast(SPECIES, -LN2_HIGH), a);
      r = whole.fma(broadcast(SPECIES, -LN2_LOW), r);
      DoubleVector p = broadcast(SPECIES, E9).fma(r, broadcast(SPECIES, E8));
      p = p.fma(r, broadcast(SPECIES, E7));
      p = p.fma(r, broadcast(SPECIES, E6));
      p = p.fma(r, broadcast(SPECIES, E5));
      p = p.fma(r, broadcast(SPECIES, E4));
      p = p.fma(r, broadcast(SPECIES, E3));
      p = p.fma(r, broadcast(SPECIES, E2));
      p = p.fma(r, broadcast(SPECIES, E1));
      p = p.fma(r, broadcast(SPECIES, E0));
      p = p.fma(r, broadcast(SPECIES, 1));
      p = p.fma(r, broadcast(SPECIES, 1));
      DoubleVector scale =
          integer
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector e = p.mul(scale).blend(0, a.compare(LT, -NORMAL_RANGE));
      e = broadcast(SPECIES, 0).blend(e, row);
      DoubleVector sum = e;
      if (LANES > 8) {
        sum = sum.add(sum.rearrange(BY_8));
      }
      if (LANES > 4) {
        sum = sum.add(sum.rearrange(BY_4));
      }
      if (LANES > 2) {
        sum = sum.add(sum.rearrange(BY_2));
      }
      if (LANES > 1) {
        sum = sum.add(sum.rearrange(BY_1));
      }
      e.mul(broadcast(SPECIES, 1).div(sum)).intoArray(y, yOffset + i * columns, row);
    }
  }

  /// The softmax of rows of more than one vector and at most two, the second under a mask.
  static void softmaxOfRowsOfTwo(
      int rows, int columns, double[] x, int xOffset, double[] y, int yOffset) {
    VectorMask<Double> tail = SPECIES.indexInRange(LANES, columns);
    for (int i = 0; i < rows; i++) {
      DoubleVector v = fromArray(SPECIES, x, xOffset + i * columns);
      DoubleVector rest = fromArray(SPECIES, x, xOffset + i * columns + LANES, tail);
      DoubleVector m = v.blend(rest, rest.compare(GT, v).and(tail));
      if (LANES > 8) {
        DoubleVector other = m.rearrange(BY_8);
        m = m.blend(other, other.compare(GT, m));
      }
      if (LANES > 4) {
        DoubleVector other = m.rearrange(BY_4);
        m = m.blend(other, other.compare(GT, m));
      }
      if (LANES > 2) {
        DoubleVector other = m.rearrange(BY_2);
        m = m.blend(other, other.compare(GT, m));
      }
      if (LANES > 1) {
        DoubleVector other = m.rearrange(BY_1);
        m = m.blend(other, other.compare(GT, m));
      }
      DoubleVector a = v.sub(m);
      DoubleVector integer = a.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
      DoubleVector whole = integer.sub(INTEGER);
      DoubleVector r = whole.fma(broadcast(SPECIES, -LN2_HIGH), a);
      r = whole.fma(broadcast(SPECIES, -LN2_LOW), r);
      DoubleVector p = broadcast(SPECIES, E9).fma(r, broadcast(SPECIES, E8));
      p = p.fma(r, broadcast(SPECIES, E7));
      p = p.fma(r, broadcast(SPECIES, E6));
      p = p.fma(r, broadcast(SPECIES, E5));
      p = p.fma(r, broadcast(SPECIES, E4));
      p = p.fma(r, broadcast(SPECIES, E3));
      p = p.fma(r, broadcast(SPECIES, E2));
      p = p.fma(r, broadcast(SPECIES, E1));
      p = p.fma(r, broadcast(SPECIES, E0));
      p = p.fma(r, broadcast(SPECIES, 1));
      p = p.fma(r, broadcast(SPECIES, 1));
      DoubleVector scale =
          integer
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector e = p.mul(scale).blend(0, a.compare(LT, -NORMAL_RANGE));
      DoubleVector restA = rest.sub(m);
      DoubleVector restInteger = restA.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
      DoubleVector restWhole = restInteger.sub(INTEGER);
      DoubleVector restR = restWhole.fma(broadcast(SPECIES, -LN2_HIGH), restA);
      restR = restWhole.fma(broadcast(SPECIES, -LN2_LOW), restR);
      DoubleVector restP = broadcast(SPECIES, E9).fma(restR, broadcast(SPECIES, E8));
      restP = restP.fma(restR, broadcast(SPECIES, E7));
      restP = restP.fma(restR, broadcast(SPECIES, E6));
      restP = restP.fma(restR, broadcast(SPECIES, E5));
      restP = restP.fma(restR, broadcast(SPECIES, E4));
      restP = restP.fma(restR, broadcast(SPECIES, E3));
      restP = restP.fma(restR, broadcast(SPECIES, E2));
      restP = restP.fma(restR, broadcast(SPECIES, E1));
      restP = restP.fma(restR, broadcast(SPECIES, E0));
      restP = restP.fma(restR, broadcast(SPECIES, 1));
      restP = restP.fma(restR, broadcast(SPECIES, 1));
      DoubleVector restScale =
          restInteger
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector restE = restP.mul(restScale).blend(0, restA.compare(LT, -NORMAL_RANGE));
      restE = broadcast(SPECIES, 0).blend(restE, tail);
      DoubleVector sum = e.add(restE);
      if (LANES > 8) {
        sum = sum.add(sum.rearrange(BY_8));
      }
      if (LANES > 4) {
        sum = sum.add(sum.rearrange(BY_4));
      }
      if (LANES > 2) {
        sum = sum.add(sum.rearrange(BY_2));
      }
      if (LANES > 1) {
        sum = sum.add(sum.rearrange(BY_1));
      }
      DoubleVector factor = broadcast(SPECIES, 1).div(sum);
      e.mul(factor).intoArray(y, yOffset + i * columns);
      restE.mul(factor).intoArray(y, yOffset + i * columns + LANES, tail);
    }
  }

  /// `yⱼ ← e^(xⱼ − max)` for `n ≥ LANES`, but 0 where that is below the normal range. The last
  /// vector may overlap the one before; it is read before that one is written, as the output may be
  /// the input.
  ///
  /// @return the sum
  static double shifted(int n, double max, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleVector last = fromArray(SPECIES, x, xOffset + n - LANES);
    DoubleVector sum = broadcast(SPECIES, 0);
    DoubleVector before = sum;
    DoubleVector e = sum;
    for (int i = 0; i < n; i += LANES) {
      int at = Math.min(i, n - LANES);
      DoubleVector a = TYPE.cast(i == at ? fromArray(SPECIES, x, xOffset + i) : last).sub(max);
      DoubleVector integer = a.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
      DoubleVector whole = integer.sub(INTEGER);
      DoubleVector r = whole.fma(broadcast(SPECIES, -LN2_HIGH), a);
      r = whole.fma(broadcast(SPECIES, -LN2_LOW), r);
      DoubleVector p = broadcast(SPECIES, E9).fma(r, broadcast(SPECIES, E8));
      p = p.fma(r, broadcast(SPECIES, E7));
      p = p.fma(r, broadcast(SPECIES, E6));
      p = p.fma(r, broadcast(SPECIES, E5));
      p = p.fma(r, broadcast(SPECIES, E4));
      p = p.fma(r, broadcast(SPECIES, E3));
      p = p.fma(r, broadcast(SPECIES, E2));
      p = p.fma(r, broadcast(SPECIES, E1));
      p = p.fma(r, broadcast(SPECIES, E0));
      p = p.fma(r, broadcast(SPECIES, 1));
      p = p.fma(r, broadcast(SPECIES, 1));
      DoubleVector scale =
          integer
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      e = p.mul(scale).blend(0, a.compare(LT, -NORMAL_RANGE));
      e.intoArray(y, yOffset + at);
      before = sum;
      sum = e.add(sum);
    }
    int overlap = (LANES - n % LANES) % LANES;
    sum = TYPE.cast(before).add(TYPE.cast(e).blend(0, INDEX.compare(LT, overlap)));
    if (LANES > 8) {
      sum = sum.add(sum.rearrange(BY_8));
    }
    if (LANES > 4) {
      sum = sum.add(sum.rearrange(BY_4));
    }
    if (LANES > 2) {
      sum = sum.add(sum.rearrange(BY_2));
    }
    if (LANES > 1) {
      sum = sum.add(sum.rearrange(BY_1));
    }
    return sum.lane(0);
  }

  /// `Σ e^(xⱼ − max)`. The lanes are added as in [DoubleReductions#sum].
  static double sumOfShifted(int n, double[] x, int xOffset, double max) {
    int i = 0;
    double total = 0;
    if (n >= LANES) {
      DoubleVector sum = broadcast(SPECIES, 0);
      for (; i <= n - LANES; i += LANES) {
        DoubleVector v = fromArray(SPECIES, x, xOffset + i).sub(max);
        DoubleVector within =
            v.blend(OVERFLOW, v.compare(GT, OVERFLOW)).blend(UNDERFLOW, v.compare(LT, UNDERFLOW));
        DoubleVector integer = within.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
        DoubleVector whole = integer.sub(INTEGER);
        DoubleVector r = whole.fma(broadcast(SPECIES, -LN2_HIGH), within);
        r = whole.fma(broadcast(SPECIES, -LN2_LOW), r);
        DoubleVector p = broadcast(SPECIES, E9).fma(r, broadcast(SPECIES, E8));
        p = p.fma(r, broadcast(SPECIES, E7));
        p = p.fma(r, broadcast(SPECIES, E6));
        p = p.fma(r, broadcast(SPECIES, E5));
        p = p.fma(r, broadcast(SPECIES, E4));
        p = p.fma(r, broadcast(SPECIES, E3));
        p = p.fma(r, broadcast(SPECIES, E2));
        p = p.fma(r, broadcast(SPECIES, E1));
        p = p.fma(r, broadcast(SPECIES, E0));
        p = p.fma(r, broadcast(SPECIES, 1));
        p = p.fma(r, broadcast(SPECIES, 1));
        LongVector exponent = integer.reinterpretAsLongs();
        LongVector half = exponent.lanewise(LSHR, 1);
        DoubleVector scale1 = half.add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsDoubles();
        DoubleVector scale2 =
            exponent.sub(half).add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsDoubles();
        sum = p.mul(scale1).mul(scale2).add(sum);
      }
      sum = TYPE.cast(sum);
      if (LANES > 8) {
        sum = sum.add(sum.rearrange(BY_8));
      }
      if (LANES > 4) {
        sum = sum.add(sum.rearrange(BY_4));
      }
      if (LANES > 2) {
        sum = sum.add(sum.rearrange(BY_2));
      }
      if (LANES > 1) {
        sum = sum.add(sum.rearrange(BY_1));
      }
      total = sum.lane(0);
    }
    for (; i < n; i++) {
      total += DoubleFunctions.exp(x[xOffset + i] - max);
    }
    return total;
  }

  /// `dxⱼ ← dyⱼ − factor·e^yⱼ + beta·dxⱼ`.
  static void subtractMultiple(
      int n,
      double factor,
      double[] y,
      int yOffset,
      double[] dy,
      int dyOffset,
      double beta,
      double[] dx,
      int dxOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleVector v = fromArray(SPECIES, y, yOffset + i);
      DoubleVector within =
          v.blend(OVERFLOW, v.compare(GT, OVERFLOW)).blend(UNDERFLOW, v.compare(LT, UNDERFLOW));
      DoubleVector integer = within.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
      DoubleVector whole = integer.sub(INTEGER);
      DoubleVector r = whole.fma(broadcast(SPECIES, -LN2_HIGH), within);
      r = whole.fma(broadcast(SPECIES, -LN2_LOW), r);
      DoubleVector p = broadcast(SPECIES, E9).fma(r, broadcast(SPECIES, E8));
      p = p.fma(r, broadcast(SPECIES, E7));
      p = p.fma(r, broadcast(SPECIES, E6));
      p = p.fma(r, broadcast(SPECIES, E5));
      p = p.fma(r, broadcast(SPECIES, E4));
      p = p.fma(r, broadcast(SPECIES, E3));
      p = p.fma(r, broadcast(SPECIES, E2));
      p = p.fma(r, broadcast(SPECIES, E1));
      p = p.fma(r, broadcast(SPECIES, E0));
      p = p.fma(r, broadcast(SPECIES, 1));
      p = p.fma(r, broadcast(SPECIES, 1));
      LongVector exponent = integer.reinterpretAsLongs();
      LongVector half = exponent.lanewise(LSHR, 1);
      DoubleVector scale1 = half.add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsDoubles();
      DoubleVector scale2 =
          exponent.sub(half).add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsDoubles();
      DoubleVector e = p.mul(scale1).mul(scale2);
      DoubleVector result =
          e.fma(broadcast(SPECIES, -factor), fromArray(SPECIES, dy, dyOffset + i));
      if (beta == 0) {
        result.intoArray(dx, dxOffset + i);
      } else {
        DoubleVector old = fromArray(SPECIES, dx, dxOffset + i);
        broadcast(SPECIES, beta).fma(old, result).intoArray(dx, dxOffset + i);
      }
    }
    for (; i < n; i++) {
      double e = DoubleFunctions.exp(y[yOffset + i]);
      write(Math.fma(e, -factor, dy[dyOffset + i]), beta, dx, dxOffset + i);
    }
  }
}
