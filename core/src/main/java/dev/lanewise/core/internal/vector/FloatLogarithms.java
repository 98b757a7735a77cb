package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.FloatLanes.LANES;
import static dev.lanewise.core.internal.vector.FloatLanes.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// The natural logarithm, over arrays and of a single element, in the same operations. The
/// hand-written twin of `DoubleLogarithms`, with the constants of `float`.
///
/// A number is `2ᵉ·(1 + f)` with `√½ ≤ 1 + f < √2`, and its logarithm `e·ln 2 + log(1 + f)`. With
/// `s = f/(2 + f)` and `z = s²` the latter is `f − s·(f − z·p(z))`: so arranged, the rounding
/// errors are those of small terms. What rounding takes from `e·ln 2 + f` is added again.
final class FloatLogarithms {
  /// ln 2 in two parts: multiples of the high part by an exponent are exact.
  private static final float LN2_HIGH = 0x1.63p-1f;

  private static final float LN2_LOW = -0x1.bd0106p-13f;

  /// `(log((1+s)/(1−s)) − 2s)/s³` by powers of s² for |s| ≤ 3 − 2√2, so well that the logarithm has
  /// a relative error of 2⁻³⁰·¹.
  private static final float L0 = 0.66666776f;
  private static final float L1 = 0.39977527f;
  private static final float L2 = 0.2987228f;

  /// The bits of √½: in them, the exponent of a number changes at √2 rather than at 2.
  private static final int SQRT_HALF = 0x3f3504f3;

  private static final int FRACTION_BITS = 23;
  private static final int FRACTION = 0x7fffff;
  private static final int BIAS = 127;

  /// A number whose unit in the last place is 1, and its bits: or-ed with a small integer, these
  /// become the number plus that integer.
  private static final float INTEGER = 0x1p23f;

  private static final int INTEGER_BITS = 0x4b000000;

  /// What makes subnormal numbers normal, and its exponent.
  private static final float LIFT = 0x1p25f;

  private static final float LIFT_EXPONENT = 25;

  /// From this exponent on, 1 + x is x.
  private static final float FAR = 30;

  private FloatLogarithms() {}

  /// `log x`; −∞ for zeros, NaN for negative x.
  static void log(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector v = fromArray(SPECIES, x, xOffset + i);
      VectorMask<Float> low = v.compare(LT, Float.MIN_NORMAL);
      IntVector bits = v.blend(v.mul(LIFT), low).reinterpretAsInts();
      FloatVector exponent =
          bits.add((BIAS << FRACTION_BITS) - SQRT_HALF)
              .lanewise(LSHR, FRACTION_BITS)
              .or(INTEGER_BITS)
              .reinterpretAsFloats()
              .sub(INTEGER + BIAS);
      FloatVector e = exponent.blend(exponent.sub(LIFT_EXPONENT), low);
      FloatVector f = bits.sub(SQRT_HALF).and(FRACTION).add(SQRT_HALF).reinterpretAsFloats().sub(1);
      FloatVector s = f.div(f.add(2));
      FloatVector z = s.mul(s);
      FloatVector p = broadcast(SPECIES, L2).fma(z, broadcast(SPECIES, L1));
      p = p.fma(z, broadcast(SPECIES, L0));
      FloatVector high = e.mul(LN2_HIGH);
      FloatVector sum = high.add(f);
      FloatVector lost = e.fma(broadcast(SPECIES, LN2_LOW), f.sub(sum.sub(high)));
      FloatVector log = s.neg().fma(z.neg().fma(p, f), lost).add(sum);
      log.blend(v, v.compare(LT, Float.POSITIVE_INFINITY).not())
          .blend(Float.NEGATIVE_INFINITY, v.compare(EQ, 0))
          .blend(Float.NaN, v.compare(LT, 0))
          .intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = log(x[xOffset + i]);
    }
  }

  /// `log(1 + x)`, with e from 1 + x rounded, and `f = 2⁻ᵉ·x + (2⁻ᵉ − 1)` from x itself; the
  /// sign of x, so that −0 stays what it is.
  static void log1p(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector v = fromArray(SPECIES, x, xOffset + i);
      FloatVector onePlus = v.add(1);
      IntVector bits = onePlus.reinterpretAsInts();
      FloatVector e =
          bits.add((BIAS << FRACTION_BITS) - SQRT_HALF)
              .lanewise(LSHR, FRACTION_BITS)
              .or(INTEGER_BITS)
              .reinterpretAsFloats()
              .sub(INTEGER + BIAS);
      FloatVector scale =
          broadcast(SPECIES, INTEGER + BIAS)
              .sub(e)
              .reinterpretAsInts()
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsFloats();
      FloatVector far =
          bits.sub(SQRT_HALF).and(FRACTION).add(SQRT_HALF).reinterpretAsFloats().sub(1);
      FloatVector f = scale.fma(v, scale.sub(1)).blend(far, e.compare(GT, FAR));
      FloatVector s = f.div(f.add(2));
      FloatVector z = s.mul(s);
      FloatVector p = broadcast(SPECIES, L2).fma(z, broadcast(SPECIES, L1));
      p = p.fma(z, broadcast(SPECIES, L0));
      FloatVector high = e.mul(LN2_HIGH);
      FloatVector sum = high.add(f);
      FloatVector lost = e.fma(broadcast(SPECIES, LN2_LOW), f.sub(sum.sub(high)));
      FloatVector log = s.neg().fma(z.neg().fma(p, f), lost).add(sum);
      IntVector sign = v.reinterpretAsInts().and(Integer.MIN_VALUE);
      log.reinterpretAsInts()
          .or(sign)
          .reinterpretAsFloats()
          .blend(v, v.compare(LT, Float.POSITIVE_INFINITY).not())
          .blend(Float.NEGATIVE_INFINITY, v.compare(EQ, -1))
          .blend(Float.NaN, v.compare(LT, -1))
          .intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = log1p(x[xOffset + i]);
    }
  }

  static float log(float x) {
    if (!(x < Float.POSITIVE_INFINITY)) {
      return x;
    }
    if (x <= 0) {
      return x < 0 ? Float.NaN : Float.NEGATIVE_INFINITY;
    }
    boolean low = x < Float.MIN_NORMAL;
    float lifted = low ? x * LIFT : x;
    float exponent = exponent(lifted);
    float e = low ? exponent - LIFT_EXPONENT : exponent;
    return logarithm(significand(lifted) - 1, e);
  }

  static float log1p(float x) {
    if (!(x < Float.POSITIVE_INFINITY)) {
      return x;
    }
    if (x <= -1) {
      return x < -1 ? Float.NaN : Float.NEGATIVE_INFINITY;
    }
    float sum = x + 1;
    float e = exponent(sum);
    float scale = powerOfMinus(e);
    float f = e > FAR ? significand(sum) - 1 : Math.fma(scale, x, scale - 1);
    return Math.copySign(logarithm(f, e), x);
  }

  private static float logarithm(float f, float e) {
    float s = f / (f + 2);
    float z = s * s;
    float p = Math.fma(L2, z, L1);
    p = Math.fma(p, z, L0);
    float high = e * LN2_HIGH;
    float sum = high + f;
    float lost = Math.fma(e, LN2_LOW, f - (sum - high));
    return Math.fma(-s, Math.fma(-z, p, f), lost) + sum;
  }

  private static float exponent(float x) {
    int bits = Float.floatToRawIntBits(x) + (BIAS << FRACTION_BITS) - SQRT_HALF;
    return Float.intBitsToFloat(bits >>> FRACTION_BITS | INTEGER_BITS) - (INTEGER + BIAS);
  }

  private static float significand(float x) {
    return Float.intBitsToFloat(((Float.floatToRawIntBits(x) - SQRT_HALF) & FRACTION) + SQRT_HALF);
  }

  private static float powerOfMinus(float e) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(INTEGER + BIAS - e) << FRACTION_BITS);
  }
}
