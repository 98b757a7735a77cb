package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.DoubleLanes.LANES;
import static dev.lanewise.core.internal.vector.DoubleLanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/// The natural logarithm, over arrays and of a single element, in the same
/// operations.
///
/// A number is `2ᵉ·(1 + f)` with `√½ ≤ 1 + f < √2`, and its logarithm `e·ln 2 + log(1 + f)`. With
/// `s = f/(2 + f)` and `z = s²` the latter is `f − s·(f − z·p(z))`: so arranged, the rounding
/// errors are those of small terms. What rounding takes from `e·ln 2 + f` is added again.
final class DoubleLogarithms {
  /// ln 2 in two parts: multiples of the high part by an exponent are exact.
  private static final double LN2_HIGH = 0x1.62e42feep-1;

  private static final double LN2_LOW = 0x1.a39ef35793c76p-33;

  /// `(log((1+s)/(1−s)) − 2s)/s³` by powers of s² for |s| ≤ 3 − 2√2, so well that the logarithm has
  /// a relative error of 2⁻⁵⁸·⁸.
  private static final double L0 = 0.6666666666666735;
  private static final double L1 = 0.399999999994128;
  private static final double L2 = 0.28571428742888333;
  private static final double L3 = 0.22222198513781452;
  private static final double L4 = 0.1818356781044484;
  private static final double L5 = 0.15313951696901848;
  private static final double L6 = 0.1479703197305177;

  /// The bits of √½: in them, the exponent of a number changes at √2 rather than at 2.
  private static final long SQRT_HALF = 0x3fe6a09e667f3bcdL;

  private static final int FRACTION_BITS = 52;
  private static final long FRACTION = 0xfffffffffffffL;
  private static final long BIAS = 1023;

  /// A number whose unit in the last place is 1, and its bits: or-ed with a small integer, these
  /// become the number plus that integer.
  private static final double INTEGER = 0x1p52;

  private static final long INTEGER_BITS = 0x4330000000000000L;

  /// What makes subnormal numbers normal, and its exponent.
  private static final double LIFT = 0x1p54;

  private static final double LIFT_EXPONENT = 54;

  /// From this exponent on, 1 + x is x.
  private static final double FAR = 60;

  private DoubleLogarithms() {}

  /// `log x`; −∞ for zeros, NaN for negative x.
  static void log(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleVector v = fromArray(SPECIES, x, xOffset + i);
      VectorMask<Double> low = v.compare(LT, Double.MIN_NORMAL);
      LongVector bits = v.blend(v.mul(LIFT), low).reinterpretAsLongs();
      DoubleVector exponent =
          bits.add((BIAS << FRACTION_BITS) - SQRT_HALF)
              .lanewise(LSHR, FRACTION_BITS)
              .or(INTEGER_BITS)
              .reinterpretAsDoubles()
              .sub(INTEGER + BIAS);
      DoubleVector e = exponent.blend(exponent.sub(LIFT_EXPONENT), low);
      DoubleVector f =
          bits.sub(SQRT_HALF).and(FRACTION).add(SQRT_HALF).reinterpretAsDoubles().sub(1);
      DoubleVector s = f.div(f.add(2));
      DoubleVector z = s.mul(s);
      DoubleVector p = broadcast(SPECIES, L6).fma(z, broadcast(SPECIES, L5));
      p = p.fma(z, broadcast(SPECIES, L4));
      p = p.fma(z, broadcast(SPECIES, L3));
      p = p.fma(z, broadcast(SPECIES, L2));
      p = p.fma(z, broadcast(SPECIES, L1));
      p = p.fma(z, broadcast(SPECIES, L0));
      DoubleVector high = e.mul(LN2_HIGH);
      DoubleVector sum = high.add(f);
      DoubleVector lost = e.fma(broadcast(SPECIES, LN2_LOW), f.sub(sum.sub(high)));
      DoubleVector log = s.neg().fma(z.neg().fma(p, f), lost).add(sum);
      log.blend(v, v.compare(LT, Double.POSITIVE_INFINITY).not())
          .blend(Double.NEGATIVE_INFINITY, v.compare(EQ, 0))
          .blend(Double.NaN, v.compare(LT, 0))
          .intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = log(x[xOffset + i]);
    }
  }

  /// `log(1 + x)`, with e from 1 + x rounded, and `f = 2⁻ᵉ·x + (2⁻ᵉ − 1)` from x itself; the
  /// sign of x, so that −0 stays what it is.
  static void log1p(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleVector v = fromArray(SPECIES, x, xOffset + i);
      DoubleVector onePlus = v.add(1);
      LongVector bits = onePlus.reinterpretAsLongs();
      DoubleVector e =
          bits.add((BIAS << FRACTION_BITS) - SQRT_HALF)
              .lanewise(LSHR, FRACTION_BITS)
              .or(INTEGER_BITS)
              .reinterpretAsDoubles()
              .sub(INTEGER + BIAS);
      DoubleVector scale =
          broadcast(SPECIES, INTEGER + BIAS)
              .sub(e)
              .reinterpretAsLongs()
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector far =
          bits.sub(SQRT_HALF).and(FRACTION).add(SQRT_HALF).reinterpretAsDoubles().sub(1);
      DoubleVector f = scale.fma(v, scale.sub(1)).blend(far, e.compare(GT, FAR));
      DoubleVector s = f.div(f.add(2));
      DoubleVector z = s.mul(s);
      DoubleVector p = broadcast(SPECIES, L6).fma(z, broadcast(SPECIES, L5));
      p = p.fma(z, broadcast(SPECIES, L4));
      p = p.fma(z, broadcast(SPECIES, L3));
      p = p.fma(z, broadcast(SPECIES, L2));
      p = p.fma(z, broadcast(SPECIES, L1));
      p = p.fma(z, broadcast(SPECIES, L0));
      DoubleVector high = e.mul(LN2_HIGH);
      DoubleVector sum = high.add(f);
      DoubleVector lost = e.fma(broadcast(SPECIES, LN2_LOW), f.sub(sum.sub(high)));
      DoubleVector log = s.neg().fma(z.neg().fma(p, f), lost).add(sum);
      LongVector sign = v.reinterpretAsLongs().and(Long.MIN_VALUE);
      log.reinterpretAsLongs()
          .or(sign)
          .reinterpretAsDoubles()
          .blend(v, v.compare(LT, Double.POSITIVE_INFINITY).not())
          .blend(Double.NEGATIVE_INFINITY, v.compare(EQ, -1))
          .blend(Double.NaN, v.compare(LT, -1))
          .intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = log1p(x[xOffset + i]);
    }
  }

  static double log(double x) {
    if (!(x < Double.POSITIVE_INFINITY)) {
      return x;
    }
    if (x <= 0) {
      return x < 0 ? Double.NaN : Double.NEGATIVE_INFINITY;
    }
    boolean low = x < Double.MIN_NORMAL;
    double lifted = low ? x * LIFT : x;
    double exponent = exponent(lifted);
    double e = low ? exponent - LIFT_EXPONENT : exponent;
    return logarithm(significand(lifted) - 1, e);
  }

  static double log1p(double x) {
    if (!(x < Double.POSITIVE_INFINITY)) {
      return x;
    }
    if (x <= -1) {
      return x < -1 ? Double.NaN : Double.NEGATIVE_INFINITY;
    }
    double sum = x + 1;
    double e = exponent(sum);
    double scale = powerOfMinus(e);
    double f = e > FAR ? significand(sum) - 1 : Math.fma(scale, x, scale - 1);
    return Math.copySign(logarithm(f, e), x);
  }

  private static double logarithm(double f, double e) {
    double s = f / (f + 2);
    double z = s * s;
    double p = Math.fma(L6, z, L5);
    p = Math.fma(p, z, L4);
    p = Math.fma(p, z, L3);
    p = Math.fma(p, z, L2);
    p = Math.fma(p, z, L1);
    p = Math.fma(p, z, L0);
    double high = e * LN2_HIGH;
    double sum = high + f;
    double lost = Math.fma(e, LN2_LOW, f - (sum - high));
    return Math.fma(-s, Math.fma(-z, p, f), lost) + sum;
  }

  private static double exponent(double x) {
    long bits = Double.doubleToRawLongBits(x) + (BIAS << FRACTION_BITS) - SQRT_HALF;
    return Double.longBitsToDouble(bits >>> FRACTION_BITS | INTEGER_BITS) - (INTEGER + BIAS);
  }

  private static double significand(double x) {
    return Double.longBitsToDouble(
        ((Double.doubleToRawLongBits(x) - SQRT_HALF) & FRACTION) + SQRT_HALF);
  }

  private static double powerOfMinus(double e) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(INTEGER + BIAS - e) << FRACTION_BITS);
  }
}
