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
import static dev.lanewise.core.internal.vector.DoubleFunctions.H0;
import static dev.lanewise.core.internal.vector.DoubleFunctions.H1;
import static dev.lanewise.core.internal.vector.DoubleFunctions.H2;
import static dev.lanewise.core.internal.vector.DoubleFunctions.H3;
import static dev.lanewise.core.internal.vector.DoubleFunctions.H4;
import static dev.lanewise.core.internal.vector.DoubleFunctions.H5;
import static dev.lanewise.core.internal.vector.DoubleFunctions.H6;
import static dev.lanewise.core.internal.vector.DoubleFunctions.HALF_LN2;
import static dev.lanewise.core.internal.vector.DoubleFunctions.INTEGER;
import static dev.lanewise.core.internal.vector.DoubleFunctions.L0;
import static dev.lanewise.core.internal.vector.DoubleFunctions.L1;
import static dev.lanewise.core.internal.vector.DoubleFunctions.L2;
import static dev.lanewise.core.internal.vector.DoubleFunctions.L3;
import static dev.lanewise.core.internal.vector.DoubleFunctions.L4;
import static dev.lanewise.core.internal.vector.DoubleFunctions.L5;
import static dev.lanewise.core.internal.vector.DoubleFunctions.L6;
import static dev.lanewise.core.internal.vector.DoubleFunctions.L7;
import static dev.lanewise.core.internal.vector.DoubleFunctions.L8;
import static dev.lanewise.core.internal.vector.DoubleFunctions.L9;
import static dev.lanewise.core.internal.vector.DoubleFunctions.LN2_HIGH;
import static dev.lanewise.core.internal.vector.DoubleFunctions.LN2_LOW;
import static dev.lanewise.core.internal.vector.DoubleFunctions.LOG2_E;
import static dev.lanewise.core.internal.vector.DoubleFunctions.LOGISTIC_SCALE;
import static dev.lanewise.core.internal.vector.DoubleFunctions.LOGISTIC_SHIFT;
import static dev.lanewise.core.internal.vector.DoubleFunctions.NORMAL_RANGE;
import static dev.lanewise.core.internal.vector.DoubleFunctions.QUARTER_LN2;
import static dev.lanewise.core.internal.vector.DoubleFunctions.T0;
import static dev.lanewise.core.internal.vector.DoubleFunctions.T1;
import static dev.lanewise.core.internal.vector.DoubleFunctions.T2;
import static dev.lanewise.core.internal.vector.DoubleFunctions.T3;
import static dev.lanewise.core.internal.vector.DoubleFunctions.T4;
import static dev.lanewise.core.internal.vector.DoubleFunctions.T5;
import static dev.lanewise.core.internal.vector.DoubleFunctions.T6;
import static dev.lanewise.core.internal.vector.DoubleFunctions.T7;
import static dev.lanewise.core.internal.vector.DoubleFunctions.TANH_IS_ONE;
import static dev.lanewise.core.internal.vector.DoubleFunctions.UNDERFLOW;
import static dev.lanewise.core.internal.vector.DoubleLanes.LANES;
import static dev.lanewise.core.internal.vector.DoubleLanes.MASKS;
import static dev.lanewise.core.internal.vector.DoubleLanes.SPECIES;
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

/// The smooth activations and their derivatives, over arrays; for single elements, in the same
/// operations, see [DoubleFunctions]. `FloatActivations` is the hand-written twin, with the shorter
/// polynomials of `float`.
///
/// An exponential that may overflow or become subnormal costs half as much again as one that
/// cannot. So there are two loops: one that goes on while the arguments are harmless, and one that
/// then takes a stretch with all care. The last vector of that one is under a mask where there are
/// masks in hardware. The bits do not depend on which loop an element meets.
final class DoubleActivations {
  /// How far the careful loop goes before the quick one is tried again.
  private static final int CAREFUL = 16 * LANES;

  /// The bits of the largest number of which logistic and softplus take no care.
  private static final long NORMAL_BITS = Double.doubleToRawLongBits(NORMAL_RANGE);

  /// The bits of the largest number of which tanh takes no care: 2⁻ⁿ is a normal number.
  private static final long MODERATE = Double.doubleToRawLongBits(NORMAL_RANGE / 2);

  private DoubleActivations() {}

  static void logistic(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    while (i < n) {
      i = logisticWhileNormal(i, n, x, xOffset, y, yOffset);
      i = logisticCarefully(i, Math.min(n, i + CAREFUL), x, xOffset, y, yOffset);
    }
  }

  /// `1/(1 + e⁻ˣ)` as `v/(v + 2ⁿ·w)` with `e⁻ʳ = w/v`, see [DoubleFunctions#logistic].
  private static int logisticWhileNormal(
      int from, int to, double[] x, int xOffset, double[] y, int yOffset) {
    int i = from;
    for (; i <= to - 2 * LANES; i += 2 * LANES) {
      DoubleVector x1 = fromArray(SPECIES, x, xOffset + i);
      DoubleVector x2 = fromArray(SPECIES, x, xOffset + i + LANES);
      LongVector b = x1.abs().reinterpretAsLongs();
      LongVector b2 = x2.abs().reinterpretAsLongs();
      if (!b.max(b2).compare(LE, NORMAL_BITS).allTrue()) {
        break;
      }
      DoubleVector integer =
          x1.add(LOGISTIC_SHIFT).fma(broadcast(SPECIES, -LOG2_E), broadcast(SPECIES, INTEGER));
      DoubleVector whole = integer.sub(INTEGER);
      DoubleVector r = whole.fma(broadcast(SPECIES, LN2_HIGH), x1);
      r = whole.fma(broadcast(SPECIES, LN2_LOW), r);
      DoubleVector z = r.mul(r);
      DoubleVector h = broadcast(SPECIES, H6).fma(z, broadcast(SPECIES, H5));
      h = h.fma(z, broadcast(SPECIES, H4));
      h = h.fma(z, broadcast(SPECIES, H3));
      h = h.fma(z, broadcast(SPECIES, H2));
      h = h.fma(z, broadcast(SPECIES, H1));
      h = h.fma(z, broadcast(SPECIES, H0));
      DoubleVector t = h.fma(r, r);
      DoubleVector v = t.add(LOGISTIC_SCALE);
      DoubleVector w = v.sub(t.add(t));
      DoubleVector scale =
          integer
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      v.div(scale.fma(w, v)).intoArray(y, yOffset + i);
      DoubleVector integer2 =
          x2.add(LOGISTIC_SHIFT).fma(broadcast(SPECIES, -LOG2_E), broadcast(SPECIES, INTEGER));
      DoubleVector whole2 = integer2.sub(INTEGER);
      DoubleVector r2 = whole2.fma(broadcast(SPECIES, LN2_HIGH), x2);
      r2 = whole2.fma(broadcast(SPECIES, LN2_LOW), r2);
      DoubleVector z2 = r2.mul(r2);
      DoubleVector h2 = broadcast(SPECIES, H6).fma(z2, broadcast(SPECIES, H5));
      h2 = h2.fma(z2, broadcast(SPECIES, H4));
      h2 = h2.fma(z2, broadcast(SPECIES, H3));
      h2 = h2.fma(z2, broadcast(SPECIES, H2));
      h2 = h2.fma(z2, broadcast(SPECIES, H1));
      h2 = h2.fma(z2, broadcast(SPECIES, H0));
      DoubleVector t2 = h2.fma(r2, r2);
      DoubleVector v2 = t2.add(LOGISTIC_SCALE);
      DoubleVector w2 = v2.sub(t2.add(t2));
      DoubleVector scale2 =
          integer2
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      v2.div(scale2.fma(w2, v2)).intoArray(y, yOffset + i + LANES);
    }
    return i;
  }

  /// The same, of every x: far below 0 it is `2⁻ⁿ·v/w`, which may be subnormal.
  private static int logisticCarefully(
      int from, int to, double[] x, int xOffset, double[] y, int yOffset) {
    int i = from;
    for (; MASKS ? i < to : i <= to - LANES; i += LANES) {
      DoubleVector a =
          MASKS
              ? fromArray(SPECIES, x, xOffset + i, SPECIES.indexInRange(i, to))
              : fromArray(SPECIES, x, xOffset + i);
      VectorMask<Double> tiny = a.compare(LT, -NORMAL_RANGE);
      a =
          a.blend(UNDERFLOW, a.compare(LT, UNDERFLOW))
              .blend(NORMAL_RANGE, a.compare(GT, NORMAL_RANGE));
      DoubleVector integer =
          a.add(LOGISTIC_SHIFT).fma(broadcast(SPECIES, -LOG2_E), broadcast(SPECIES, INTEGER));
      DoubleVector whole = integer.sub(INTEGER);
      DoubleVector r = whole.fma(broadcast(SPECIES, LN2_HIGH), a);
      r = whole.fma(broadcast(SPECIES, LN2_LOW), r);
      DoubleVector z = r.mul(r);
      DoubleVector h = broadcast(SPECIES, H6).fma(z, broadcast(SPECIES, H5));
      h = h.fma(z, broadcast(SPECIES, H4));
      h = h.fma(z, broadcast(SPECIES, H3));
      h = h.fma(z, broadcast(SPECIES, H2));
      h = h.fma(z, broadcast(SPECIES, H1));
      h = h.fma(z, broadcast(SPECIES, H0));
      DoubleVector t = h.fma(r, r);
      DoubleVector v = t.add(LOGISTIC_SCALE);
      DoubleVector w = v.sub(t.add(t));
      DoubleVector scale =
          integer
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles()
              .blend(1, tiny);
      LongVector minusN = broadcast(SPECIES, INTEGER).sub(whole).reinterpretAsLongs();
      LongVector half = minusN.lanewise(LSHR, 1);
      DoubleVector scale1 = half.add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsDoubles();
      DoubleVector scale2 =
          minusN.sub(half).add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsDoubles();
      DoubleVector quotient = v.div(scale.fma(w, v.blend(0, tiny)));
      DoubleVector result = quotient.blend(quotient.mul(scale1).mul(scale2), tiny);
      if (MASKS) {
        result.intoArray(y, yOffset + i, SPECIES.indexInRange(i, to));
      } else {
        result.intoArray(y, yOffset + i);
      }
    }
    for (; i < to; i++) {
      y[yOffset + i] = DoubleFunctions.logistic(x[xOffset + i]);
    }
    return to;
  }

  /// `e/(1 + e)²` with `e = e^−|x|`; the rounding error of `d = 1 + e` is made good in its square.
  static void logisticBackward(
      int n,
      double[] x,
      int xOffset,
      double[] dy,
      int dyOffset,
      double beta,
      double[] dx,
      int dxOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleVector v = fromArray(SPECIES, x, xOffset + i);
      DoubleVector a = v.abs().neg();
      a = a.blend(UNDERFLOW, a.compare(LT, UNDERFLOW));
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
      LongVector exponent = integer.reinterpretAsLongs();
      LongVector half = exponent.lanewise(LSHR, 1);
      DoubleVector scale1 = half.add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsDoubles();
      DoubleVector scale2 =
          exponent.sub(half).add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsDoubles();
      DoubleVector e = p.mul(scale1).mul(scale2);
      DoubleVector d = e.add(1);
      DoubleVector lost = e.sub(d.sub(1));
      DoubleVector derivative = e.div(d.fma(d, d.add(d).mul(lost)));
      DoubleVector result = derivative.mul(fromArray(SPECIES, dy, dyOffset + i));
      if (beta == 0) {
        result.intoArray(dx, dxOffset + i);
      } else {
        DoubleVector old = fromArray(SPECIES, dx, dxOffset + i);
        broadcast(SPECIES, beta).fma(old, result).intoArray(dx, dxOffset + i);
      }
    }
    for (; i < n; i++) {
      write(
          dy[dyOffset + i] * DoubleFunctions.logisticDerivative(x[xOffset + i]),
          beta,
          dx,
          dxOffset + i);
    }
  }

  static void tanh(int n, double[] x, int xOffset, double[] y, int yOffset) {
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
      int from, int to, double[] x, int xOffset, double[] y, int yOffset) {
    int i = from;
    for (; i <= to - 2 * LANES; i += 2 * LANES) {
      DoubleVector v = fromArray(SPECIES, x, xOffset + i);
      DoubleVector v2 = fromArray(SPECIES, x, xOffset + i + LANES);
      DoubleVector a = v.abs();
      DoubleVector a2 = v2.abs();
      if (!a.reinterpretAsLongs().max(a2.reinterpretAsLongs()).compare(LE, MODERATE).allTrue()) {
        break;
      }
      DoubleVector integer =
          a.sub(QUARTER_LN2).fma(broadcast(SPECIES, -2 * LOG2_E), broadcast(SPECIES, INTEGER));
      DoubleVector r = integer.sub(INTEGER).fma(broadcast(SPECIES, HALF_LN2), a);
      DoubleVector z = r.mul(r);
      DoubleVector q = broadcast(SPECIES, T7).fma(z, broadcast(SPECIES, T6));
      q = q.fma(z, broadcast(SPECIES, T5));
      q = q.fma(z, broadcast(SPECIES, T4));
      q = q.fma(z, broadcast(SPECIES, T3));
      q = q.fma(z, broadcast(SPECIES, T2));
      q = q.fma(z, broadcast(SPECIES, T1));
      q = q.fma(z, broadcast(SPECIES, T0));
      DoubleVector t = r.mul(z).fma(q, r);
      DoubleVector s =
          integer
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector m = s.add(1).fma(t, broadcast(SPECIES, 1).sub(s));
      DoubleVector d = s.add(s).fma(broadcast(SPECIES, 1).sub(t), m);
      LongVector sign = v.reinterpretAsLongs().and(Long.MIN_VALUE);
      m.div(d).reinterpretAsLongs().or(sign).reinterpretAsDoubles().intoArray(y, yOffset + i);
      DoubleVector integer2 =
          a2.sub(QUARTER_LN2).fma(broadcast(SPECIES, -2 * LOG2_E), broadcast(SPECIES, INTEGER));
      DoubleVector r2 = integer2.sub(INTEGER).fma(broadcast(SPECIES, HALF_LN2), a2);
      DoubleVector z2 = r2.mul(r2);
      DoubleVector q2 = broadcast(SPECIES, T7).fma(z2, broadcast(SPECIES, T6));
      q2 = q2.fma(z2, broadcast(SPECIES, T5));
      q2 = q2.fma(z2, broadcast(SPECIES, T4));
      q2 = q2.fma(z2, broadcast(SPECIES, T3));
      q2 = q2.fma(z2, broadcast(SPECIES, T2));
      q2 = q2.fma(z2, broadcast(SPECIES, T1));
      q2 = q2.fma(z2, broadcast(SPECIES, T0));
      DoubleVector t2 = r2.mul(z2).fma(q2, r2);
      DoubleVector s2 =
          integer2
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector m2 = s2.add(1).fma(t2, broadcast(SPECIES, 1).sub(s2));
      DoubleVector d2 = s2.add(s2).fma(broadcast(SPECIES, 1).sub(t2), m2);
      LongVector sign2 = v2.reinterpretAsLongs().and(Long.MIN_VALUE);
      m2.div(d2)
          .reinterpretAsLongs()
          .or(sign2)
          .reinterpretAsDoubles()
          .intoArray(y, yOffset + i + LANES);
    }
    return i;
  }

  /// The same, of every x: one whose tanh rounds to 1 may as well be smaller.
  private static int tanhCarefully(
      int from, int to, double[] x, int xOffset, double[] y, int yOffset) {
    int i = from;
    for (; MASKS ? i < to : i <= to - LANES; i += LANES) {
      DoubleVector v =
          MASKS
              ? fromArray(SPECIES, x, xOffset + i, SPECIES.indexInRange(i, to))
              : fromArray(SPECIES, x, xOffset + i);
      DoubleVector a = v.abs();
      a = a.blend(TANH_IS_ONE, a.compare(GT, TANH_IS_ONE));
      DoubleVector integer =
          a.sub(QUARTER_LN2).fma(broadcast(SPECIES, -2 * LOG2_E), broadcast(SPECIES, INTEGER));
      DoubleVector r = integer.sub(INTEGER).fma(broadcast(SPECIES, HALF_LN2), a);
      DoubleVector z = r.mul(r);
      DoubleVector q = broadcast(SPECIES, T7).fma(z, broadcast(SPECIES, T6));
      q = q.fma(z, broadcast(SPECIES, T5));
      q = q.fma(z, broadcast(SPECIES, T4));
      q = q.fma(z, broadcast(SPECIES, T3));
      q = q.fma(z, broadcast(SPECIES, T2));
      q = q.fma(z, broadcast(SPECIES, T1));
      q = q.fma(z, broadcast(SPECIES, T0));
      DoubleVector t = r.mul(z).fma(q, r);
      DoubleVector s =
          integer
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector m = s.add(1).fma(t, broadcast(SPECIES, 1).sub(s));
      DoubleVector d = s.add(s).fma(broadcast(SPECIES, 1).sub(t), m);
      LongVector sign = v.reinterpretAsLongs().and(Long.MIN_VALUE);
      DoubleVector result = m.div(d).reinterpretAsLongs().or(sign).reinterpretAsDoubles();
      if (MASKS) {
        result.intoArray(y, yOffset + i, SPECIES.indexInRange(i, to));
      } else {
        result.intoArray(y, yOffset + i);
      }
    }
    for (; i < to; i++) {
      y[yOffset + i] = DoubleFunctions.tanh(x[xOffset + i]);
    }
    return to;
  }

  /// `4e/(1 + e)²` with `e = e^−2|x|`.
  static void tanhBackward(
      int n,
      double[] x,
      int xOffset,
      double[] dy,
      int dyOffset,
      double beta,
      double[] dx,
      int dxOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleVector v = fromArray(SPECIES, x, xOffset + i);
      DoubleVector a = v.add(v).abs().neg();
      a = a.blend(UNDERFLOW, a.compare(LT, UNDERFLOW));
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
      LongVector exponent = integer.reinterpretAsLongs();
      LongVector half = exponent.lanewise(LSHR, 1);
      DoubleVector scale1 = half.add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsDoubles();
      DoubleVector scale2 =
          exponent.sub(half).add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsDoubles();
      DoubleVector e = p.mul(scale1).mul(scale2);
      DoubleVector d = e.add(1);
      DoubleVector lost = e.sub(d.sub(1));
      DoubleVector derivative = e.div(d.fma(d, d.add(d).mul(lost))).mul(4);
      DoubleVector result = derivative.mul(fromArray(SPECIES, dy, dyOffset + i));
      if (beta == 0) {
        result.intoArray(dx, dxOffset + i);
      } else {
        DoubleVector old = fromArray(SPECIES, dx, dxOffset + i);
        broadcast(SPECIES, beta).fma(old, result).intoArray(dx, dxOffset + i);
      }
    }
    for (; i < n; i++) {
      write(
          dy[dyOffset + i] * DoubleFunctions.tanhDerivative(x[xOffset + i]),
          beta,
          dx,
          dxOffset + i);
    }
  }

  static void softplus(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    while (i < n) {
      i = softplusWhileNormal(i, n, x, xOffset, y, yOffset);
      i = softplusCarefully(i, Math.min(n, i + CAREFUL), x, xOffset, y, yOffset);
    }
  }

  /// `max(x, 0) + log(1 + f)` with `f = e^−|x|`. The logarithm is `f − s·(f − s²·q)` with
  /// `s = f/(2 + f)`: so arranged, the rounding errors are those of small terms.
  private static int softplusWhileNormal(
      int from, int to, double[] x, int xOffset, double[] y, int yOffset) {
    int i = from;
    for (; i <= to - 2 * LANES; i += 2 * LANES) {
      DoubleVector v = fromArray(SPECIES, x, xOffset + i);
      DoubleVector v2 = fromArray(SPECIES, x, xOffset + i + LANES);
      LongVector b = v.abs().reinterpretAsLongs();
      LongVector b2 = v2.abs().reinterpretAsLongs();
      if (!b.max(b2).compare(LE, NORMAL_BITS).allTrue()) {
        break;
      }
      DoubleVector a = b.reinterpretAsDoubles().neg();
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
      LongVector power = integer.reinterpretAsLongs().lanewise(LSHL, FRACTION_BITS);
      DoubleVector f = p.reinterpretAsLongs().add(power).reinterpretAsDoubles();
      DoubleVector s = f.div(f.add(2));
      DoubleVector z = s.mul(s);
      DoubleVector zSquare = z.mul(z);
      DoubleVector q = broadcast(SPECIES, L9).fma(z, broadcast(SPECIES, L8));
      DoubleVector q67 = broadcast(SPECIES, L7).fma(z, broadcast(SPECIES, L6));
      DoubleVector q45 = broadcast(SPECIES, L5).fma(z, broadcast(SPECIES, L4));
      DoubleVector q23 = broadcast(SPECIES, L3).fma(z, broadcast(SPECIES, L2));
      DoubleVector q01 = broadcast(SPECIES, L1).fma(z, broadcast(SPECIES, L0));
      q = q.fma(zSquare, q67);
      q = q.fma(zSquare, q45);
      q = q.fma(zSquare, q23);
      q = q.fma(zSquare, q01);
      DoubleVector log = s.neg().fma(z.neg().fma(q, f), f);
      v.reinterpretAsLongs().max(0).reinterpretAsDoubles().add(log).intoArray(y, yOffset + i);
      DoubleVector a2 = b2.reinterpretAsDoubles().neg();
      DoubleVector integer2 = a2.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, INTEGER));
      DoubleVector whole2 = integer2.sub(INTEGER);
      DoubleVector r2 = whole2.fma(broadcast(SPECIES, -LN2_HIGH), a2);
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
      DoubleVector f2 = p2.reinterpretAsLongs().add(power2).reinterpretAsDoubles();
      DoubleVector s2 = f2.div(f2.add(2));
      DoubleVector z2 = s2.mul(s2);
      DoubleVector zSquare2 = z2.mul(z2);
      DoubleVector q2 = broadcast(SPECIES, L9).fma(z2, broadcast(SPECIES, L8));
      DoubleVector q672 = broadcast(SPECIES, L7).fma(z2, broadcast(SPECIES, L6));
      DoubleVector q452 = broadcast(SPECIES, L5).fma(z2, broadcast(SPECIES, L4));
      DoubleVector q232 = broadcast(SPECIES, L3).fma(z2, broadcast(SPECIES, L2));
      DoubleVector q012 = broadcast(SPECIES, L1).fma(z2, broadcast(SPECIES, L0));
      q2 = q2.fma(zSquare2, q672);
      q2 = q2.fma(zSquare2, q452);
      q2 = q2.fma(zSquare2, q232);
      q2 = q2.fma(zSquare2, q012);
      DoubleVector log2 = s2.neg().fma(z2.neg().fma(q2, f2), f2);
      v2.reinterpretAsLongs()
          .max(0)
          .reinterpretAsDoubles()
          .add(log2)
          .intoArray(y, yOffset + i + LANES);
    }
    return i;
  }

  /// The same, with an f that may be subnormal or 0.
  private static int softplusCarefully(
      int from, int to, double[] x, int xOffset, double[] y, int yOffset) {
    int i = from;
    for (; MASKS ? i < to : i <= to - LANES; i += LANES) {
      DoubleVector v =
          MASKS
              ? fromArray(SPECIES, x, xOffset + i, SPECIES.indexInRange(i, to))
              : fromArray(SPECIES, x, xOffset + i);
      DoubleVector a = v.abs().neg();
      a = a.blend(UNDERFLOW, a.compare(LT, UNDERFLOW));
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
      LongVector exponent = integer.reinterpretAsLongs();
      LongVector half = exponent.lanewise(LSHR, 1);
      DoubleVector scale1 = half.add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsDoubles();
      DoubleVector scale2 =
          exponent.sub(half).add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsDoubles();
      DoubleVector f = p.mul(scale1).mul(scale2);
      DoubleVector s = f.div(f.add(2));
      DoubleVector z = s.mul(s);
      DoubleVector zSquare = z.mul(z);
      DoubleVector q = broadcast(SPECIES, L9).fma(z, broadcast(SPECIES, L8));
      DoubleVector q67 = broadcast(SPECIES, L7).fma(z, broadcast(SPECIES, L6));
      DoubleVector q45 = broadcast(SPECIES, L5).fma(z, broadcast(SPECIES, L4));
      DoubleVector q23 = broadcast(SPECIES, L3).fma(z, broadcast(SPECIES, L2));
      DoubleVector q01 = broadcast(SPECIES, L1).fma(z, broadcast(SPECIES, L0));
      q = q.fma(zSquare, q67);
      q = q.fma(zSquare, q45);
      q = q.fma(zSquare, q23);
      q = q.fma(zSquare, q01);
      DoubleVector log = s.neg().fma(z.neg().fma(q, f), f);
      DoubleVector result = v.blend(0, v.compare(LT, 0)).add(log);
      if (MASKS) {
        result.intoArray(y, yOffset + i, SPECIES.indexInRange(i, to));
      } else {
        result.intoArray(y, yOffset + i);
      }
    }
    for (; i < to; i++) {
      y[yOffset + i] = DoubleFunctions.softplus(x[xOffset + i]);
    }
    return to;
  }

  /// The derivative is the logistic function.
  static void softplusBackward(
      int n,
      double[] x,
      int xOffset,
      double[] dy,
      int dyOffset,
      double beta,
      double[] dx,
      int dxOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleVector a = fromArray(SPECIES, x, xOffset + i);
      VectorMask<Double> tiny = a.compare(LT, -NORMAL_RANGE);
      a =
          a.blend(UNDERFLOW, a.compare(LT, UNDERFLOW))
              .blend(NORMAL_RANGE, a.compare(GT, NORMAL_RANGE));
      DoubleVector integer =
          a.add(LOGISTIC_SHIFT).fma(broadcast(SPECIES, -LOG2_E), broadcast(SPECIES, INTEGER));
      DoubleVector whole = integer.sub(INTEGER);
      DoubleVector r = whole.fma(broadcast(SPECIES, LN2_HIGH), a);
      r = whole.fma(broadcast(SPECIES, LN2_LOW), r);
      DoubleVector z = r.mul(r);
      DoubleVector h = broadcast(SPECIES, H6).fma(z, broadcast(SPECIES, H5));
      h = h.fma(z, broadcast(SPECIES, H4));
      h = h.fma(z, broadcast(SPECIES, H3));
      h = h.fma(z, broadcast(SPECIES, H2));
      h = h.fma(z, broadcast(SPECIES, H1));
      h = h.fma(z, broadcast(SPECIES, H0));
      DoubleVector t = h.fma(r, r);
      DoubleVector v = t.add(LOGISTIC_SCALE);
      DoubleVector w = v.sub(t.add(t));
      DoubleVector scale =
          integer
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles()
              .blend(1, tiny);
      LongVector minusN = broadcast(SPECIES, INTEGER).sub(whole).reinterpretAsLongs();
      LongVector half = minusN.lanewise(LSHR, 1);
      DoubleVector scale1 = half.add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsDoubles();
      DoubleVector scale2 =
          minusN.sub(half).add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsDoubles();
      DoubleVector quotient = v.div(scale.fma(w, v.blend(0, tiny)));
      DoubleVector derivative = quotient.blend(quotient.mul(scale1).mul(scale2), tiny);
      DoubleVector result = derivative.mul(fromArray(SPECIES, dy, dyOffset + i));
      if (beta == 0) {
        result.intoArray(dx, dxOffset + i);
      } else {
        DoubleVector old = fromArray(SPECIES, dx, dxOffset + i);
        broadcast(SPECIES, beta).fma(old, result).intoArray(dx, dxOffset + i);
      }
    }
    for (; i < n; i++) {
      write(dy[dyOffset + i] * DoubleFunctions.logistic(x[xOffset + i]), beta, dx, dxOffset + i);
    }
  }
}
