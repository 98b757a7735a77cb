package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.FloatFunctions.BIAS;
import static dev.lanewise.core.internal.vector.FloatFunctions.E0;
import static dev.lanewise.core.internal.vector.FloatFunctions.E1;
import static dev.lanewise.core.internal.vector.FloatFunctions.E2;
import static dev.lanewise.core.internal.vector.FloatFunctions.E3;
import static dev.lanewise.core.internal.vector.FloatFunctions.E4;
import static dev.lanewise.core.internal.vector.FloatFunctions.FRACTION_BITS;
import static dev.lanewise.core.internal.vector.FloatFunctions.INTEGER;
import static dev.lanewise.core.internal.vector.FloatFunctions.LN2_HIGH;
import static dev.lanewise.core.internal.vector.FloatFunctions.LN2_LOW;
import static dev.lanewise.core.internal.vector.FloatFunctions.LOG2_E;
import static dev.lanewise.core.internal.vector.FloatFunctions.MINUS_ONE;
import static dev.lanewise.core.internal.vector.FloatFunctions.NORMAL_RANGE;
import static dev.lanewise.core.internal.vector.FloatFunctions.NO_SQUARE;
import static dev.lanewise.core.internal.vector.FloatFunctions.OVERFLOW;
import static dev.lanewise.core.internal.vector.FloatFunctions.UNDERFLOW;
import static dev.lanewise.core.internal.vector.FloatLanes.BY_1;
import static dev.lanewise.core.internal.vector.FloatLanes.BY_2;
import static dev.lanewise.core.internal.vector.FloatLanes.BY_4;
import static dev.lanewise.core.internal.vector.FloatLanes.BY_8;
import static dev.lanewise.core.internal.vector.FloatLanes.INDEX;
import static dev.lanewise.core.internal.vector.FloatLanes.LANES;
import static dev.lanewise.core.internal.vector.FloatLanes.MASKS;
import static dev.lanewise.core.internal.vector.FloatLanes.SPECIES;
import static dev.lanewise.core.internal.vector.FloatLanes.TYPE;
import static dev.lanewise.core.internal.vector.FloatLanes.write;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// Exponentials of arrays, and of the rows that softmax takes them of; for single elements, in the
/// same operations, see [FloatFunctions]. The hand-written twin of `DoubleExponentials`, with the
/// shorter polynomials of `float`.
///
/// There are two loops for the exponential, as for the [FloatActivations]. The quick ones take two
/// vectors at a time, so that they are too large to be inlined: see the package's page.
final class FloatExponentials {
  /// How far the careful loop goes before the quick one is tried again.
  private static final int CAREFUL = 16 * LANES;

  private FloatExponentials() {}

  static void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    while (i < n) {
      i = expWhileNormal(i, n, x, xOffset, y, yOffset);
      i = expCarefully(i, Math.min(n, i + CAREFUL), x, xOffset, y, yOffset);
    }
  }

  /// `eˣ` as `2ⁿ·eʳ` with `x = n·ln 2 + r`. An integer in the low bits of a number becomes a power
  /// of two when they are shifted to the exponent.
  private static int expWhileNormal(
      int from, int to, float[] x, int xOffset, float[] y, int yOffset) {
    int i = from;
    for (; i <= to - 2 * LANES; i += 2 * LANES) {
      FloatVector v = fromArray(SPECIES, x, xOffset + i);
      FloatVector v2 = fromArray(SPECIES, x, xOffset + i + LANES);
      if (!v.abs().compare(LE, NORMAL_RANGE).and(v2.abs().compare(LE, NORMAL_RANGE)).allTrue()) {
        break;
      }
      FloatVector integer = v.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
      FloatVector whole = integer.sub(INTEGER);
      FloatVector r = whole.fma(broadcast(SPECIES, -LN2_HIGH), v);
      r = whole.fma(broadcast(SPECIES, -LN2_LOW), r);
      FloatVector p = broadcast(SPECIES, E4).fma(r, broadcast(SPECIES, E3));
      p = p.fma(r, broadcast(SPECIES, E2));
      p = p.fma(r, broadcast(SPECIES, E1));
      p = p.fma(r, broadcast(SPECIES, E0));
      p = p.fma(r, broadcast(SPECIES, 1));
      p = p.fma(r, broadcast(SPECIES, 1));
      IntVector power = integer.reinterpretAsInts().lanewise(LSHL, FRACTION_BITS);
      p.reinterpretAsInts().add(power).reinterpretAsFloats().intoArray(y, yOffset + i);
      FloatVector integer2 = v2.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
      FloatVector whole2 = integer2.sub(INTEGER);
      FloatVector r2 = whole2.fma(broadcast(SPECIES, -LN2_HIGH), v2);
      r2 = whole2.fma(broadcast(SPECIES, -LN2_LOW), r2);
      FloatVector p2 = broadcast(SPECIES, E4).fma(r2, broadcast(SPECIES, E3));
      p2 = p2.fma(r2, broadcast(SPECIES, E2));
      p2 = p2.fma(r2, broadcast(SPECIES, E1));
      p2 = p2.fma(r2, broadcast(SPECIES, E0));
      p2 = p2.fma(r2, broadcast(SPECIES, 1));
      p2 = p2.fma(r2, broadcast(SPECIES, 1));
      IntVector power2 = integer2.reinterpretAsInts().lanewise(LSHL, FRACTION_BITS);
      p2.reinterpretAsInts().add(power2).reinterpretAsFloats().intoArray(y, yOffset + i + LANES);
    }
    return i;
  }

  /// The power of two is applied in two halves, each of which is a normal number, so that a
  /// subnormal result is rounded once and a huge one overflows.
  private static int expCarefully(
      int from, int to, float[] x, int xOffset, float[] y, int yOffset) {
    int i = from;
    for (; MASKS ? i < to : i <= to - LANES; i += LANES) {
      FloatVector v =
          MASKS
              ? fromArray(SPECIES, x, xOffset + i, SPECIES.indexInRange(i, to))
              : fromArray(SPECIES, x, xOffset + i);
      FloatVector within =
          v.blend(OVERFLOW, v.compare(GT, OVERFLOW)).blend(UNDERFLOW, v.compare(LT, UNDERFLOW));
      FloatVector integer = within.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
      FloatVector whole = integer.sub(INTEGER);
      FloatVector r = whole.fma(broadcast(SPECIES, -LN2_HIGH), within);
      r = whole.fma(broadcast(SPECIES, -LN2_LOW), r);
      FloatVector p = broadcast(SPECIES, E4).fma(r, broadcast(SPECIES, E3));
      p = p.fma(r, broadcast(SPECIES, E2));
      p = p.fma(r, broadcast(SPECIES, E1));
      p = p.fma(r, broadcast(SPECIES, E0));
      p = p.fma(r, broadcast(SPECIES, 1));
      p = p.fma(r, broadcast(SPECIES, 1));
      IntVector exponent = integer.reinterpretAsInts();
      IntVector half = exponent.lanewise(LSHR, 1);
      FloatVector scale1 = half.add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
      FloatVector scale2 =
          exponent.sub(half).add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
      FloatVector result = p.mul(scale1).mul(scale2);
      if (MASKS) {
        result.intoArray(y, yOffset + i, SPECIES.indexInRange(i, to));
      } else {
        result.intoArray(y, yOffset + i);
      }
    }
    for (; i < to; i++) {
      y[yOffset + i] = FloatFunctions.exp(x[xOffset + i]);
    }
    return to;
  }

  /// `eˣ − 1` as `2·(2ⁿ⁻¹·(eʳ − 1) + (2ⁿ⁻¹ − ½))`, which overflows no earlier than the result; x
  /// itself where its square is too small to count.
  static void expm1(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector v = fromArray(SPECIES, x, xOffset + i);
      FloatVector within =
          v.blend(OVERFLOW, v.compare(GT, OVERFLOW)).blend(MINUS_ONE, v.compare(LT, MINUS_ONE));
      FloatVector integer = within.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
      FloatVector whole = integer.sub(INTEGER);
      FloatVector high = whole.fma(broadcast(SPECIES, -LN2_HIGH), within);
      FloatVector r = whole.fma(broadcast(SPECIES, -LN2_LOW), high);
      FloatVector low = whole.fma(broadcast(SPECIES, -LN2_LOW), high.sub(r));
      FloatVector p = broadcast(SPECIES, E4).fma(r, broadcast(SPECIES, E3));
      p = p.fma(r, broadcast(SPECIES, E2));
      p = p.fma(r, broadcast(SPECIES, E1));
      p = p.fma(r, broadcast(SPECIES, E0));
      p = r.mul(r).fma(p, low).add(r);
      FloatVector scale =
          integer
              .reinterpretAsInts()
              .add(BIAS - 1)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsFloats();
      FloatVector half = scale.fma(p, scale.sub(0.5f));
      half.add(half).blend(v, v.abs().compare(LT, NO_SQUARE)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = FloatFunctions.expm1(x[xOffset + i]);
    }
  }

  /// The softmax of rows of at most a vector, each under a mask.
  static void softmaxOfShortRows(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset) {
    VectorMask<Float> row = SPECIES.indexInRange(0, columns);
    for (int i = 0; i < rows; i++) {
      FloatVector v = fromArray(SPECIES, x, xOffset + i * columns, row);
      FloatVector m = broadcast(SPECIES, Float.NEGATIVE_INFINITY).blend(v, row);
      if (LANES > 8) {
        FloatVector other = m.rearrange(BY_8);
        m = m.blend(other, other.compare(GT, m));
      }
      if (LANES > 4) {
        FloatVector other = m.rearrange(BY_4);
        m = m.blend(other, other.compare(GT, m));
      }
      if (LANES > 2) {
        FloatVector other = m.rearrange(BY_2);
        m = m.blend(other, other.compare(GT, m));
      }
      if (LANES > 1) {
        FloatVector other = m.rearrange(BY_1);
        m = m.blend(other, other.compare(GT, m));
      }
      FloatVector a = v.sub(m);
      FloatVector integer = a.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
      FloatVector whole = integer.sub(INTEGER);
      FloatVector r = whole.fma(broadcast(SPECIES, -LN2_HIGH), a);
      r = whole.fma(broadcast(SPECIES, -LN2_LOW), r);
      FloatVector p = broadcast(SPECIES, E4).fma(r, broadcast(SPECIES, E3));
      p = p.fma(r, broadcast(SPECIES, E2));
      p = p.fma(r, broadcast(SPECIES, E1));
      p = p.fma(r, broadcast(SPECIES, E0));
      p = p.fma(r, broadcast(SPECIES, 1));
      p = p.fma(r, broadcast(SPECIES, 1));
      FloatVector scale =
          integer.reinterpretAsInts().add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
      FloatVector e = p.mul(scale).blend(0, a.compare(LT, -NORMAL_RANGE));
      e = broadcast(SPECIES, 0).blend(e, row);
      FloatVector sum = e;
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
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset) {
    VectorMask<Float> tail = SPECIES.indexInRange(LANES, columns);
    for (int i = 0; i < rows; i++) {
      FloatVector v = fromArray(SPECIES, x, xOffset + i * columns);
      FloatVector rest = fromArray(SPECIES, x, xOffset + i * columns + LANES, tail);
      FloatVector m = v.blend(rest, rest.compare(GT, v).and(tail));
      if (LANES > 8) {
        FloatVector other = m.rearrange(BY_8);
        m = m.blend(other, other.compare(GT, m));
      }
      if (LANES > 4) {
        FloatVector other = m.rearrange(BY_4);
        m = m.blend(other, other.compare(GT, m));
      }
      if (LANES > 2) {
        FloatVector other = m.rearrange(BY_2);
        m = m.blend(other, other.compare(GT, m));
      }
      if (LANES > 1) {
        FloatVector other = m.rearrange(BY_1);
        m = m.blend(other, other.compare(GT, m));
      }
      FloatVector a = v.sub(m);
      FloatVector integer = a.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
      FloatVector whole = integer.sub(INTEGER);
      FloatVector r = whole.fma(broadcast(SPECIES, -LN2_HIGH), a);
      r = whole.fma(broadcast(SPECIES, -LN2_LOW), r);
      FloatVector p = broadcast(SPECIES, E4).fma(r, broadcast(SPECIES, E3));
      p = p.fma(r, broadcast(SPECIES, E2));
      p = p.fma(r, broadcast(SPECIES, E1));
      p = p.fma(r, broadcast(SPECIES, E0));
      p = p.fma(r, broadcast(SPECIES, 1));
      p = p.fma(r, broadcast(SPECIES, 1));
      FloatVector scale =
          integer.reinterpretAsInts().add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
      FloatVector e = p.mul(scale).blend(0, a.compare(LT, -NORMAL_RANGE));
      FloatVector restA = rest.sub(m);
      FloatVector restInteger = restA.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
      FloatVector restWhole = restInteger.sub(INTEGER);
      FloatVector restR = restWhole.fma(broadcast(SPECIES, -LN2_HIGH), restA);
      restR = restWhole.fma(broadcast(SPECIES, -LN2_LOW), restR);
      FloatVector restP = broadcast(SPECIES, E4).fma(restR, broadcast(SPECIES, E3));
      restP = restP.fma(restR, broadcast(SPECIES, E2));
      restP = restP.fma(restR, broadcast(SPECIES, E1));
      restP = restP.fma(restR, broadcast(SPECIES, E0));
      restP = restP.fma(restR, broadcast(SPECIES, 1));
      restP = restP.fma(restR, broadcast(SPECIES, 1));
      FloatVector restScale =
          restInteger
              .reinterpretAsInts()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsFloats();
      FloatVector restE = restP.mul(restScale).blend(0, restA.compare(LT, -NORMAL_RANGE));
      restE = broadcast(SPECIES, 0).blend(restE, tail);
      FloatVector sum = e.add(restE);
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
      FloatVector factor = broadcast(SPECIES, 1).div(sum);
      e.mul(factor).intoArray(y, yOffset + i * columns);
      restE.mul(factor).intoArray(y, yOffset + i * columns + LANES, tail);
    }
  }

  /// `yⱼ ← e^(xⱼ − max)` for `n ≥ LANES`, but 0 where that is below the normal range. The last
  /// vector may overlap the one before; it is read before that one is written, as the output may be
  /// the input.
  ///
  /// @return the sum
  static float shifted(int n, float max, float[] x, int xOffset, float[] y, int yOffset) {
    FloatVector last = fromArray(SPECIES, x, xOffset + n - LANES);
    FloatVector sum = broadcast(SPECIES, 0);
    FloatVector before = sum;
    FloatVector e = sum;
    for (int i = 0; i < n; i += LANES) {
      int at = Math.min(i, n - LANES);
      FloatVector a = TYPE.cast(i == at ? fromArray(SPECIES, x, xOffset + i) : last).sub(max);
      FloatVector integer = a.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
      FloatVector whole = integer.sub(INTEGER);
      FloatVector r = whole.fma(broadcast(SPECIES, -LN2_HIGH), a);
      r = whole.fma(broadcast(SPECIES, -LN2_LOW), r);
      FloatVector p = broadcast(SPECIES, E4).fma(r, broadcast(SPECIES, E3));
      p = p.fma(r, broadcast(SPECIES, E2));
      p = p.fma(r, broadcast(SPECIES, E1));
      p = p.fma(r, broadcast(SPECIES, E0));
      p = p.fma(r, broadcast(SPECIES, 1));
      p = p.fma(r, broadcast(SPECIES, 1));
      FloatVector scale =
          integer.reinterpretAsInts().add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
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

  /// `Σ e^(xⱼ − max)`. The lanes are added as in [FloatReductions#sum].
  static float sumOfShifted(int n, float[] x, int xOffset, float max) {
    int i = 0;
    float total = 0;
    if (n >= LANES) {
      FloatVector sum = broadcast(SPECIES, 0);
      for (; i <= n - LANES; i += LANES) {
        FloatVector v = fromArray(SPECIES, x, xOffset + i).sub(max);
        FloatVector within =
            v.blend(OVERFLOW, v.compare(GT, OVERFLOW)).blend(UNDERFLOW, v.compare(LT, UNDERFLOW));
        FloatVector integer = within.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
        FloatVector whole = integer.sub(INTEGER);
        FloatVector r = whole.fma(broadcast(SPECIES, -LN2_HIGH), within);
        r = whole.fma(broadcast(SPECIES, -LN2_LOW), r);
        FloatVector p = broadcast(SPECIES, E4).fma(r, broadcast(SPECIES, E3));
        p = p.fma(r, broadcast(SPECIES, E2));
        p = p.fma(r, broadcast(SPECIES, E1));
        p = p.fma(r, broadcast(SPECIES, E0));
        p = p.fma(r, broadcast(SPECIES, 1));
        p = p.fma(r, broadcast(SPECIES, 1));
        IntVector exponent = integer.reinterpretAsInts();
        IntVector half = exponent.lanewise(LSHR, 1);
        FloatVector scale1 = half.add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
        FloatVector scale2 =
            exponent.sub(half).add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
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
      total += FloatFunctions.exp(x[xOffset + i] - max);
    }
    return total;
  }

  /// `dxⱼ ← dyⱼ − factor·e^yⱼ + beta·dxⱼ`.
  static void subtractMultiple(
      int n,
      float factor,
      float[] y,
      int yOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
      int dxOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector v = fromArray(SPECIES, y, yOffset + i);
      FloatVector within =
          v.blend(OVERFLOW, v.compare(GT, OVERFLOW)).blend(UNDERFLOW, v.compare(LT, UNDERFLOW));
      FloatVector integer = within.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
      FloatVector whole = integer.sub(INTEGER);
      FloatVector r = whole.fma(broadcast(SPECIES, -LN2_HIGH), within);
      r = whole.fma(broadcast(SPECIES, -LN2_LOW), r);
      FloatVector p = broadcast(SPECIES, E4).fma(r, broadcast(SPECIES, E3));
      p = p.fma(r, broadcast(SPECIES, E2));
      p = p.fma(r, broadcast(SPECIES, E1));
      p = p.fma(r, broadcast(SPECIES, E0));
      p = p.fma(r, broadcast(SPECIES, 1));
      p = p.fma(r, broadcast(SPECIES, 1));
      IntVector exponent = integer.reinterpretAsInts();
      IntVector half = exponent.lanewise(LSHR, 1);
      FloatVector scale1 = half.add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
      FloatVector scale2 =
          exponent.sub(half).add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
      FloatVector e = p.mul(scale1).mul(scale2);
      FloatVector result = e.fma(broadcast(SPECIES, -factor), fromArray(SPECIES, dy, dyOffset + i));
      if (beta == 0) {
        result.intoArray(dx, dxOffset + i);
      } else {
        FloatVector old = fromArray(SPECIES, dx, dxOffset + i);
        broadcast(SPECIES, beta).fma(old, result).intoArray(dx, dxOffset + i);
      }
    }
    for (; i < n; i++) {
      float e = FloatFunctions.exp(y[yOffset + i]);
      write(Math.fma(e, -factor, dy[dyOffset + i]), beta, dx, dxOffset + i);
    }
  }
}
