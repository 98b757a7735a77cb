package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.FloatFunctions.BIAS;
import static dev.lanewise.core.internal.vector.FloatFunctions.E0;
import static dev.lanewise.core.internal.vector.FloatFunctions.E1;
import static dev.lanewise.core.internal.vector.FloatFunctions.E2;
import static dev.lanewise.core.internal.vector.FloatFunctions.E3;
import static dev.lanewise.core.internal.vector.FloatFunctions.E4;
import static dev.lanewise.core.internal.vector.FloatFunctions.FRACTION_BITS;
import static dev.lanewise.core.internal.vector.FloatFunctions.H0;
import static dev.lanewise.core.internal.vector.FloatFunctions.H1;
import static dev.lanewise.core.internal.vector.FloatFunctions.H2;
import static dev.lanewise.core.internal.vector.FloatFunctions.H3;
import static dev.lanewise.core.internal.vector.FloatFunctions.HALF_LN2;
import static dev.lanewise.core.internal.vector.FloatFunctions.INTEGER;
import static dev.lanewise.core.internal.vector.FloatFunctions.L0;
import static dev.lanewise.core.internal.vector.FloatFunctions.L1;
import static dev.lanewise.core.internal.vector.FloatFunctions.L2;
import static dev.lanewise.core.internal.vector.FloatFunctions.L3;
import static dev.lanewise.core.internal.vector.FloatFunctions.LN2_HIGH;
import static dev.lanewise.core.internal.vector.FloatFunctions.LN2_LOW;
import static dev.lanewise.core.internal.vector.FloatFunctions.LOG2_E;
import static dev.lanewise.core.internal.vector.FloatFunctions.LOGISTIC_SCALE;
import static dev.lanewise.core.internal.vector.FloatFunctions.LOGISTIC_SHIFT;
import static dev.lanewise.core.internal.vector.FloatFunctions.NORMAL_RANGE;
import static dev.lanewise.core.internal.vector.FloatFunctions.QUARTER_LN2;
import static dev.lanewise.core.internal.vector.FloatFunctions.T0;
import static dev.lanewise.core.internal.vector.FloatFunctions.T1;
import static dev.lanewise.core.internal.vector.FloatFunctions.T2;
import static dev.lanewise.core.internal.vector.FloatFunctions.T3;
import static dev.lanewise.core.internal.vector.FloatFunctions.TANH_IS_ONE;
import static dev.lanewise.core.internal.vector.FloatFunctions.UNDERFLOW;
import static dev.lanewise.core.internal.vector.FloatLanes.LANES;
import static dev.lanewise.core.internal.vector.FloatLanes.MASKS;
import static dev.lanewise.core.internal.vector.FloatLanes.SPECIES;
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

/// The smooth activations and their derivatives, over arrays; for single elements, in the same
/// operations, see [FloatFunctions]. The hand-written twin of `DoubleActivations`, with the shorter
/// polynomials of `float`.
///
/// An exponential that may overflow or become subnormal costs half as much again as one that
/// cannot. So there are two loops: one that goes on while the arguments are harmless, and one that
/// then takes a stretch with all care. The last vector of that one is under a mask where there are
/// masks in hardware. The bits do not depend on which loop an element meets.
final class FloatActivations {
  /// How far the careful loop goes before the quick one is tried again.
  private static final int CAREFUL = 16 * LANES;

  /// The bits of the largest number of which tanh takes no care: 2⁻ⁿ is a normal number.
  private static final int MODERATE = Float.floatToRawIntBits(NORMAL_RANGE / 2);

  private FloatActivations() {}

  static void logistic(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    while (i < n) {
      i = logisticWhileNormal(i, n, x, xOffset, y, yOffset);
      i = logisticCarefully(i, Math.min(n, i + CAREFUL), x, xOffset, y, yOffset);
    }
  }

  /// `1/(1 + e⁻ˣ)` as `v/(v + 2ⁿ·w)` with `e⁻ʳ = w/v`, see [FloatFunctions#logistic].
  private static int logisticWhileNormal(
      int from, int to, float[] x, int xOffset, float[] y, int yOffset) {
    int i = from;
    for (; i <= to - 2 * LANES; i += 2 * LANES) {
      FloatVector x1 = fromArray(SPECIES, x, xOffset + i);
      FloatVector x2 = fromArray(SPECIES, x, xOffset + i + LANES);
      if (!x1.abs().compare(LE, NORMAL_RANGE).and(x2.abs().compare(LE, NORMAL_RANGE)).allTrue()) {
        break;
      }
      FloatVector integer =
          x1.add(LOGISTIC_SHIFT).fma(broadcast(SPECIES, -LOG2_E), broadcast(SPECIES, INTEGER));
      FloatVector whole = integer.sub(INTEGER);
      FloatVector r = whole.fma(broadcast(SPECIES, LN2_HIGH), x1);
      r = whole.fma(broadcast(SPECIES, LN2_LOW), r);
      FloatVector z = r.mul(r);
      FloatVector h = broadcast(SPECIES, H3).fma(z, broadcast(SPECIES, H2));
      h = h.fma(z, broadcast(SPECIES, H1));
      h = h.fma(z, broadcast(SPECIES, H0));
      FloatVector t = h.fma(r, r);
      FloatVector v = t.add(LOGISTIC_SCALE);
      FloatVector w = v.sub(t.add(t));
      FloatVector scale =
          integer.reinterpretAsInts().add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
      v.div(scale.fma(w, v)).intoArray(y, yOffset + i);
      FloatVector integer2 =
          x2.add(LOGISTIC_SHIFT).fma(broadcast(SPECIES, -LOG2_E), broadcast(SPECIES, INTEGER));
      FloatVector whole2 = integer2.sub(INTEGER);
      FloatVector r2 = whole2.fma(broadcast(SPECIES, LN2_HIGH), x2);
      r2 = whole2.fma(broadcast(SPECIES, LN2_LOW), r2);
      FloatVector z2 = r2.mul(r2);
      FloatVector h2 = broadcast(SPECIES, H3).fma(z2, broadcast(SPECIES, H2));
      h2 = h2.fma(z2, broadcast(SPECIES, H1));
      h2 = h2.fma(z2, broadcast(SPECIES, H0));
      FloatVector t2 = h2.fma(r2, r2);
      FloatVector v2 = t2.add(LOGISTIC_SCALE);
      FloatVector w2 = v2.sub(t2.add(t2));
      FloatVector scale2 =
          integer2
              .reinterpretAsInts()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsFloats();
      v2.div(scale2.fma(w2, v2)).intoArray(y, yOffset + i + LANES);
    }
    return i;
  }

  /// The same, of every x: far below 0 it is `2⁻ⁿ·v/w`, which may be subnormal.
  private static int logisticCarefully(
      int from, int to, float[] x, int xOffset, float[] y, int yOffset) {
    int i = from;
    for (; MASKS ? i < to : i <= to - LANES; i += LANES) {
      FloatVector a =
          MASKS
              ? fromArray(SPECIES, x, xOffset + i, SPECIES.indexInRange(i, to))
              : fromArray(SPECIES, x, xOffset + i);
      VectorMask<Float> tiny = a.compare(LT, -NORMAL_RANGE);
      a =
          a.blend(UNDERFLOW, a.compare(LT, UNDERFLOW))
              .blend(NORMAL_RANGE, a.compare(GT, NORMAL_RANGE));
      FloatVector integer =
          a.add(LOGISTIC_SHIFT).fma(broadcast(SPECIES, -LOG2_E), broadcast(SPECIES, INTEGER));
      FloatVector whole = integer.sub(INTEGER);
      FloatVector r = whole.fma(broadcast(SPECIES, LN2_HIGH), a);
      r = whole.fma(broadcast(SPECIES, LN2_LOW), r);
      FloatVector z = r.mul(r);
      FloatVector h = broadcast(SPECIES, H3).fma(z, broadcast(SPECIES, H2));
      h = h.fma(z, broadcast(SPECIES, H1));
      h = h.fma(z, broadcast(SPECIES, H0));
      FloatVector t = h.fma(r, r);
      FloatVector v = t.add(LOGISTIC_SCALE);
      FloatVector w = v.sub(t.add(t));
      FloatVector scale =
          integer
              .reinterpretAsInts()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsFloats()
              .blend(1, tiny);
      IntVector minusN = broadcast(SPECIES, INTEGER).sub(whole).reinterpretAsInts();
      IntVector half = minusN.lanewise(LSHR, 1);
      FloatVector scale1 = half.add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
      FloatVector scale2 =
          minusN.sub(half).add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
      FloatVector quotient = v.div(scale.fma(w, v.blend(0, tiny)));
      FloatVector result = quotient.blend(quotient.mul(scale1).mul(scale2), tiny);
      if (MASKS) {
        result.intoArray(y, yOffset + i, SPECIES.indexInRange(i, to));
      } else {
        result.intoArray(y, yOffset + i);
      }
    }
    for (; i < to; i++) {
      y[yOffset + i] = FloatFunctions.logistic(x[xOffset + i]);
    }
    return to;
  }

  /// `e/(1 + e)²` with `e = e^−|x|`; the rounding error of `d = 1 + e` is made good in its square.
  static void logisticBackward(
      int n,
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
      int dxOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector v = fromArray(SPECIES, x, xOffset + i);
      FloatVector a = v.abs().neg();
      a = a.blend(UNDERFLOW, a.compare(LT, UNDERFLOW));
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
      IntVector exponent = integer.reinterpretAsInts();
      IntVector half = exponent.lanewise(LSHR, 1);
      FloatVector scale1 = half.add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
      FloatVector scale2 =
          exponent.sub(half).add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
      FloatVector e = p.mul(scale1).mul(scale2);
      FloatVector d = e.add(1);
      FloatVector lost = e.sub(d.sub(1));
      FloatVector derivative = e.div(d.fma(d, d.add(d).mul(lost)));
      FloatVector result = derivative.mul(fromArray(SPECIES, dy, dyOffset + i));
      if (beta == 0) {
        result.intoArray(dx, dxOffset + i);
      } else {
        FloatVector old = fromArray(SPECIES, dx, dxOffset + i);
        broadcast(SPECIES, beta).fma(old, result).intoArray(dx, dxOffset + i);
      }
    }
    for (; i < n; i++) {
      write(
          dy[dyOffset + i] * FloatFunctions.logisticDerivative(x[xOffset + i]),
          beta,
          dx,
          dxOffset + i);
    }
  }

  static void tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    while (i < n) {
      i = tanhWhileModerate(i, n, x, xOffset, y, yOffset);
      i = tanhCarefully(i, Math.min(n, i + CAREFUL), x, xOffset, y, yOffset);
    }
  }

  /// `(1 − f)/(1 + f)` with `f = e^−2|x|`, and the sign of x. With `|x| = n·½ln 2 + r`,
  /// `t = tanh r` and `s = 2⁻ⁿ` the quotient is `m/(m + 2s·(1 − t))` with
  /// `m = (1 + s)·t + (1 − s)`: of a small x it is `2t/2`; of a large one the rounding errors of m
  /// in numerator and denominator cancel; and as r is not negative nothing else cancels.
  private static int tanhWhileModerate(
      int from, int to, float[] x, int xOffset, float[] y, int yOffset) {
    int i = from;
    for (; i <= to - 2 * LANES; i += 2 * LANES) {
      FloatVector v = fromArray(SPECIES, x, xOffset + i);
      FloatVector v2 = fromArray(SPECIES, x, xOffset + i + LANES);
      FloatVector a = v.abs();
      FloatVector a2 = v2.abs();
      if (!a.reinterpretAsInts().max(a2.reinterpretAsInts()).compare(LE, MODERATE).allTrue()) {
        break;
      }
      FloatVector integer =
          a.sub(QUARTER_LN2).fma(broadcast(SPECIES, -2 * LOG2_E), broadcast(SPECIES, INTEGER));
      FloatVector r = integer.sub(INTEGER).fma(broadcast(SPECIES, HALF_LN2), a);
      FloatVector z = r.mul(r);
      FloatVector q = broadcast(SPECIES, T3).fma(z, broadcast(SPECIES, T2));
      q = q.fma(z, broadcast(SPECIES, T1));
      q = q.fma(z, broadcast(SPECIES, T0));
      FloatVector t = r.mul(z).fma(q, r);
      FloatVector s =
          integer.reinterpretAsInts().add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
      FloatVector m = s.add(1).fma(t, broadcast(SPECIES, 1).sub(s));
      FloatVector d = s.add(s).fma(broadcast(SPECIES, 1).sub(t), m);
      IntVector sign = v.reinterpretAsInts().and(Integer.MIN_VALUE);
      m.div(d).reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(y, yOffset + i);
      FloatVector integer2 =
          a2.sub(QUARTER_LN2).fma(broadcast(SPECIES, -2 * LOG2_E), broadcast(SPECIES, INTEGER));
      FloatVector r2 = integer2.sub(INTEGER).fma(broadcast(SPECIES, HALF_LN2), a2);
      FloatVector z2 = r2.mul(r2);
      FloatVector q2 = broadcast(SPECIES, T3).fma(z2, broadcast(SPECIES, T2));
      q2 = q2.fma(z2, broadcast(SPECIES, T1));
      q2 = q2.fma(z2, broadcast(SPECIES, T0));
      FloatVector t2 = r2.mul(z2).fma(q2, r2);
      FloatVector s2 =
          integer2
              .reinterpretAsInts()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsFloats();
      FloatVector m2 = s2.add(1).fma(t2, broadcast(SPECIES, 1).sub(s2));
      FloatVector d2 = s2.add(s2).fma(broadcast(SPECIES, 1).sub(t2), m2);
      IntVector sign2 = v2.reinterpretAsInts().and(Integer.MIN_VALUE);
      m2.div(d2)
          .reinterpretAsInts()
          .or(sign2)
          .reinterpretAsFloats()
          .intoArray(y, yOffset + i + LANES);
    }
    return i;
  }

  /// The same, of every x: one whose tanh rounds to 1 may as well be smaller.
  private static int tanhCarefully(
      int from, int to, float[] x, int xOffset, float[] y, int yOffset) {
    int i = from;
    for (; MASKS ? i < to : i <= to - LANES; i += LANES) {
      FloatVector v =
          MASKS
              ? fromArray(SPECIES, x, xOffset + i, SPECIES.indexInRange(i, to))
              : fromArray(SPECIES, x, xOffset + i);
      FloatVector a = v.abs();
      a = a.blend(TANH_IS_ONE, a.compare(GT, TANH_IS_ONE));
      FloatVector integer =
          a.sub(QUARTER_LN2).fma(broadcast(SPECIES, -2 * LOG2_E), broadcast(SPECIES, INTEGER));
      FloatVector r = integer.sub(INTEGER).fma(broadcast(SPECIES, HALF_LN2), a);
      FloatVector z = r.mul(r);
      FloatVector q = broadcast(SPECIES, T3).fma(z, broadcast(SPECIES, T2));
      q = q.fma(z, broadcast(SPECIES, T1));
      q = q.fma(z, broadcast(SPECIES, T0));
      FloatVector t = r.mul(z).fma(q, r);
      FloatVector s =
          integer.reinterpretAsInts().add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
      FloatVector m = s.add(1).fma(t, broadcast(SPECIES, 1).sub(s));
      FloatVector d = s.add(s).fma(broadcast(SPECIES, 1).sub(t), m);
      IntVector sign = v.reinterpretAsInts().and(Integer.MIN_VALUE);
      FloatVector result = m.div(d).reinterpretAsInts().or(sign).reinterpretAsFloats();
      if (MASKS) {
        result.intoArray(y, yOffset + i, SPECIES.indexInRange(i, to));
      } else {
        result.intoArray(y, yOffset + i);
      }
    }
    for (; i < to; i++) {
      y[yOffset + i] = FloatFunctions.tanh(x[xOffset + i]);
    }
    return to;
  }

  /// `4e/(1 + e)²` with `e = e^−2|x|`.
  static void tanhBackward(
      int n,
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
      int dxOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector v = fromArray(SPECIES, x, xOffset + i);
      FloatVector a = v.add(v).abs().neg();
      a = a.blend(UNDERFLOW, a.compare(LT, UNDERFLOW));
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
      IntVector exponent = integer.reinterpretAsInts();
      IntVector half = exponent.lanewise(LSHR, 1);
      FloatVector scale1 = half.add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
      FloatVector scale2 =
          exponent.sub(half).add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
      FloatVector e = p.mul(scale1).mul(scale2);
      FloatVector d = e.add(1);
      FloatVector lost = e.sub(d.sub(1));
      FloatVector derivative = e.div(d.fma(d, d.add(d).mul(lost))).mul(4);
      FloatVector result = derivative.mul(fromArray(SPECIES, dy, dyOffset + i));
      if (beta == 0) {
        result.intoArray(dx, dxOffset + i);
      } else {
        FloatVector old = fromArray(SPECIES, dx, dxOffset + i);
        broadcast(SPECIES, beta).fma(old, result).intoArray(dx, dxOffset + i);
      }
    }
    for (; i < n; i++) {
      write(
          dy[dyOffset + i] * FloatFunctions.tanhDerivative(x[xOffset + i]), beta, dx, dxOffset + i);
    }
  }

  static void softplus(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    while (i < n) {
      i = softplusWhileNormal(i, n, x, xOffset, y, yOffset);
      i = softplusCarefully(i, Math.min(n, i + CAREFUL), x, xOffset, y, yOffset);
    }
  }

  /// `max(x, 0) + log(1 + f)` with `f = e^−|x|`. The logarithm is `f − s·(f − s²·q)` with
  /// `s = f/(2 + f)`: so arranged, the rounding errors are those of small terms.
  private static int softplusWhileNormal(
      int from, int to, float[] x, int xOffset, float[] y, int yOffset) {
    int i = from;
    for (; i <= to - 2 * LANES; i += 2 * LANES) {
      FloatVector v = fromArray(SPECIES, x, xOffset + i);
      FloatVector v2 = fromArray(SPECIES, x, xOffset + i + LANES);
      if (!v.abs().compare(LE, NORMAL_RANGE).and(v2.abs().compare(LE, NORMAL_RANGE)).allTrue()) {
        break;
      }
      FloatVector a = v.abs().neg();
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
      IntVector power = integer.reinterpretAsInts().lanewise(LSHL, FRACTION_BITS);
      FloatVector f = p.reinterpretAsInts().add(power).reinterpretAsFloats();
      FloatVector s = f.div(f.add(2));
      FloatVector z = s.mul(s);
      FloatVector q = broadcast(SPECIES, L3).fma(z, broadcast(SPECIES, L2));
      q = q.fma(z, broadcast(SPECIES, L1));
      q = q.fma(z, broadcast(SPECIES, L0));
      FloatVector log = s.neg().fma(z.neg().fma(q, f), f);
      v.blend(0, v.compare(LT, 0)).add(log).intoArray(y, yOffset + i);
      FloatVector a2 = v2.abs().neg();
      FloatVector integer2 = a2.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
      FloatVector whole2 = integer2.sub(INTEGER);
      FloatVector r2 = whole2.fma(broadcast(SPECIES, -LN2_HIGH), a2);
      r2 = whole2.fma(broadcast(SPECIES, -LN2_LOW), r2);
      FloatVector p2 = broadcast(SPECIES, E4).fma(r2, broadcast(SPECIES, E3));
      p2 = p2.fma(r2, broadcast(SPECIES, E2));
      p2 = p2.fma(r2, broadcast(SPECIES, E1));
      p2 = p2.fma(r2, broadcast(SPECIES, E0));
      p2 = p2.fma(r2, broadcast(SPECIES, 1));
      p2 = p2.fma(r2, broadcast(SPECIES, 1));
      IntVector power2 = integer2.reinterpretAsInts().lanewise(LSHL, FRACTION_BITS);
      FloatVector f2 = p2.reinterpretAsInts().add(power2).reinterpretAsFloats();
      FloatVector s2 = f2.div(f2.add(2));
      FloatVector z2 = s2.mul(s2);
      FloatVector q2 = broadcast(SPECIES, L3).fma(z2, broadcast(SPECIES, L2));
      q2 = q2.fma(z2, broadcast(SPECIES, L1));
      q2 = q2.fma(z2, broadcast(SPECIES, L0));
      FloatVector log2 = s2.neg().fma(z2.neg().fma(q2, f2), f2);
      v2.blend(0, v2.compare(LT, 0)).add(log2).intoArray(y, yOffset + i + LANES);
    }
    return i;
  }

  /// The same, with an f that may be subnormal or 0.
  private static int softplusCarefully(
      int from, int to, float[] x, int xOffset, float[] y, int yOffset) {
    int i = from;
    for (; MASKS ? i < to : i <= to - LANES; i += LANES) {
      FloatVector v =
          MASKS
              ? fromArray(SPECIES, x, xOffset + i, SPECIES.indexInRange(i, to))
              : fromArray(SPECIES, x, xOffset + i);
      FloatVector a = v.abs().neg();
      a = a.blend(UNDERFLOW, a.compare(LT, UNDERFLOW));
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
      IntVector exponent = integer.reinterpretAsInts();
      IntVector half = exponent.lanewise(LSHR, 1);
      FloatVector scale1 = half.add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
      FloatVector scale2 =
          exponent.sub(half).add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
      FloatVector f = p.mul(scale1).mul(scale2);
      FloatVector s = f.div(f.add(2));
      FloatVector z = s.mul(s);
      FloatVector q = broadcast(SPECIES, L3).fma(z, broadcast(SPECIES, L2));
      q = q.fma(z, broadcast(SPECIES, L1));
      q = q.fma(z, broadcast(SPECIES, L0));
      FloatVector log = s.neg().fma(z.neg().fma(q, f), f);
      FloatVector result = v.blend(0, v.compare(LT, 0)).add(log);
      if (MASKS) {
        result.intoArray(y, yOffset + i, SPECIES.indexInRange(i, to));
      } else {
        result.intoArray(y, yOffset + i);
      }
    }
    for (; i < to; i++) {
      y[yOffset + i] = FloatFunctions.softplus(x[xOffset + i]);
    }
    return to;
  }

  /// The derivative is the logistic function.
  static void softplusBackward(
      int n,
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
      int dxOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector a = fromArray(SPECIES, x, xOffset + i);
      VectorMask<Float> tiny = a.compare(LT, -NORMAL_RANGE);
      a =
          a.blend(UNDERFLOW, a.compare(LT, UNDERFLOW))
              .blend(NORMAL_RANGE, a.compare(GT, NORMAL_RANGE));
      FloatVector integer =
          a.add(LOGISTIC_SHIFT).fma(broadcast(SPECIES, -LOG2_E), broadcast(SPECIES, INTEGER));
      FloatVector whole = integer.sub(INTEGER);
      FloatVector r = whole.fma(broadcast(SPECIES, LN2_HIGH), a);
      r = whole.fma(broadcast(SPECIES, LN2_LOW), r);
      FloatVector z = r.mul(r);
      FloatVector h = broadcast(SPECIES, H3).fma(z, broadcast(SPECIES, H2));
      h = h.fma(z, broadcast(SPECIES, H1));
      h = h.fma(z, broadcast(SPECIES, H0));
      FloatVector t = h.fma(r, r);
      FloatVector v = t.add(LOGISTIC_SCALE);
      FloatVector w = v.sub(t.add(t));
      FloatVector scale =
          integer
              .reinterpretAsInts()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsFloats()
              .blend(1, tiny);
      IntVector minusN = broadcast(SPECIES, INTEGER).sub(whole).reinterpretAsInts();
      IntVector half = minusN.lanewise(LSHR, 1);
      FloatVector scale1 = half.add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
      FloatVector scale2 =
          minusN.sub(half).add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
      FloatVector quotient = v.div(scale.fma(w, v.blend(0, tiny)));
      FloatVector derivative = quotient.blend(quotient.mul(scale1).mul(scale2), tiny);
      FloatVector result = derivative.mul(fromArray(SPECIES, dy, dyOffset + i));
      if (beta == 0) {
        result.intoArray(dx, dxOffset + i);
      } else {
        FloatVector old = fromArray(SPECIES, dx, dxOffset + i);
        broadcast(SPECIES, beta).fma(old, result).intoArray(dx, dxOffset + i);
      }
    }
    for (; i < n; i++) {
      write(dy[dyOffset + i] * FloatFunctions.logistic(x[xOffset + i]), beta, dx, dxOffset + i);
    }
  }
}
