package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.FloatLanes.SPECIES;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// The elementary functions of the vector kernels: each once for a vector and once for a single
/// element, in the same operations, so that both give the same bits. The hand-written twin of
/// `DoubleFunctions`, with the constants of `float`.
///
/// The polynomials are own minimax fits: Remez' algorithm in 60 decimal digits, the error weighted
/// to be relative to the function computed, then each coefficient rounded to nearest. See the
/// package's page for why the vector forms call so few methods of ours, and those early.
final class FloatFunctions {
  /// Added to a number below 2^22, it rounds it to an integer, which then stands in the low bits.
  static final float INTEGER = 0x1.8p23f;

  static final int BIAS = 127;
  static final int FRACTION_BITS = 23;
  static final float LOG2_E = 0x1.715476p0f;

  /// ln 2 in two parts: the high part has 14 trailing zeros, so that its multiples by n are exact.
  static final float LN2_HIGH = 0x1.63p-1f;

  static final float LN2_LOW = -0x1.bd0106p-13f;

  /// Here eˣ is infinite, and so it is above.
  private static final float OVERFLOW = 89;

  /// Here eˣ rounds to 0, and so it does below.
  private static final float UNDERFLOW = -104;

  /// For |x| up to here eˣ and e⁻ˣ are normal numbers, and take no care.
  static final float NORMAL_RANGE = 87;

  /// Here eˣ − 1 rounds to −1, and so it does below.
  private static final float MINUS_ONE = -20;

  /// For |x| below it, eˣ − 1 is x.
  private static final float NO_SQUARE = 0x1p-25f;

  /// From it on tanh rounds to 1.
  private static final float TANH_IS_ONE = 10;

  /// `(eʳ − 1 − r)/r²` for |r| ≤ ½·ln 2, so well that eʳ has a relative error of 2⁻²⁷·⁷.
  static final float E0 = 0.49999994f;

  static final float E1 = 0.1666652f;
  static final float E2 = 0.041668393f;
  static final float E3 = 0.008368781f;
  static final float E4 = 0.0013814467f;

  /// `(log((1+s)/(1−s)) − 2s)/s³` by powers of s² for 0 ≤ s ≤ ⅓, so well that the logarithm has a
  /// relative error of 2⁻²⁷·³.
  private static final float L0 = 0.6666641f;

  private static final float L1 = 0.40021598f;
  private static final float L2 = 0.28000537f;
  private static final float L3 = 0.28018773f;

  private FloatFunctions() {}

  /// `eˣ` as `2ⁿ·eʳ` with `x = n·ln 2 + r`. The power of two is applied in two halves, each of
  /// which is a normal number, so that a subnormal result is rounded once and a huge one overflows.
  /// An integer in the low bits of a number becomes a power of two when they are shifted to the
  /// exponent.
  static FloatVector exp(FloatVector x) {
    FloatVector within =
        x.blend(OVERFLOW, x.compare(GT, OVERFLOW)).blend(UNDERFLOW, x.compare(LT, UNDERFLOW));
    FloatVector integer =
        within.fma(FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, INTEGER));
    FloatVector p = exponential(within, integer.sub(INTEGER));
    IntVector n = integer.reinterpretAsInts();
    IntVector half = n.lanewise(LSHR, 1);
    IntVector rest = n.sub(half);
    FloatVector scale1 = half.add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
    FloatVector scale2 = rest.add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
    return p.mul(scale1).mul(scale2);
  }

  static float exp(float x) {
    float within = x > OVERFLOW ? OVERFLOW : x < UNDERFLOW ? UNDERFLOW : x;
    float integer = Math.fma(within, LOG2_E, INTEGER);
    float p = exponential(within, integer - INTEGER);
    int n = Float.floatToRawIntBits(integer);
    int half = n >>> 1;
    return p * powerOfTwo(half) * powerOfTwo(n - half);
  }

  /// eˣ for `x ≤ 0`, but 0 where that is below the normal range.
  static FloatVector expOrZero(FloatVector x) {
    FloatVector integer =
        x.fma(FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, INTEGER));
    FloatVector p = exponential(x, integer.sub(INTEGER));
    FloatVector scale =
        integer.reinterpretAsInts().add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
    return p.mul(scale).blend(0, x.compare(LT, -NORMAL_RANGE));
  }

  /// The same bits as [#exp(FloatVector)] where |x| ≤ [#NORMAL_RANGE], and nonsense elsewhere.
  static FloatVector expInNormalRange(FloatVector x) {
    FloatVector integer =
        x.fma(FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, INTEGER));
    IntVector p = exponential(x, integer.sub(INTEGER)).reinterpretAsInts();
    return p.add(integer.reinterpretAsInts().lanewise(LSHL, FRACTION_BITS)).reinterpretAsFloats();
  }

  /// `1/(1 + e⁻ˣ)`, and `eˣ` for those x where the two have the same bits but for overflow: one
  /// exponential serves both.
  static FloatVector logistic(FloatVector x) {
    VectorMask<Float> tiny = x.compare(LT, -NORMAL_RANGE);
    FloatVector lowest = FloatVector.broadcast(SPECIES, -NORMAL_RANGE).blend(UNDERFLOW, tiny);
    FloatVector exponent = x.neg().blend(x, tiny);
    exponent = exponent.blend(lowest, exponent.compare(LT, lowest));
    FloatVector integer =
        exponent.fma(
            FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, INTEGER));
    FloatVector p = exponentialMinusOne(exponent, integer.sub(INTEGER));
    IntVector n = integer.reinterpretAsInts();
    IntVector half = n.lanewise(LSHR, 1);
    FloatVector scale1 = half.add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
    FloatVector scale2 = n.sub(half).add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
    FloatVector scale = n.add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
    FloatVector sum = scale.add(1);
    FloatVector lost = FloatVector.broadcast(SPECIES, 1).sub(sum.sub(scale));
    return FloatVector.broadcast(SPECIES, 1)
        .div(scale.fma(p, lost).add(sum))
        .blend(p.add(1).mul(scale1).mul(scale2), tiny);
  }

  static float logistic(float x) {
    boolean tiny = x < -NORMAL_RANGE;
    float lowest = tiny ? UNDERFLOW : -NORMAL_RANGE;
    float exponent = tiny ? x : -x;
    exponent = exponent < lowest ? lowest : exponent;
    float integer = Math.fma(exponent, LOG2_E, INTEGER);
    float p = exponentialMinusOne(exponent, integer - INTEGER);
    int n = Float.floatToRawIntBits(integer);
    if (tiny) {
      int half = n >>> 1;
      return (p + 1) * powerOfTwo(half) * powerOfTwo(n - half);
    }
    float scale = powerOfTwo(n);
    float sum = scale + 1;
    float lost = 1 - (sum - scale);
    return 1 / (Math.fma(scale, p, lost) + sum);
  }

  /// The same bits as [#logistic(FloatVector)] where |x| ≤ [#NORMAL_RANGE]: `1 + e⁻ˣ` as
  /// `2ⁿ·(eʳ − 1) + (2ⁿ + 1)` is all but rounded once.
  static FloatVector logisticInNormalRange(FloatVector x) {
    FloatVector minusX = x.neg();
    FloatVector integer =
        minusX.fma(FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, INTEGER));
    FloatVector p = exponentialMinusOne(minusX, integer.sub(INTEGER));
    FloatVector scale =
        integer.reinterpretAsInts().add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
    FloatVector sum = scale.add(1);
    FloatVector lost = FloatVector.broadcast(SPECIES, 1).sub(sum.sub(scale));
    return FloatVector.broadcast(SPECIES, 1).div(scale.fma(p, lost).add(sum));
  }

  /// `e/(1 + e)²` with `e = e^−|x|`; the rounding error of `d = 1 + e` is made good in its square.
  static FloatVector logisticDerivative(FloatVector x) {
    FloatVector e = exp(x.abs().neg());
    FloatVector d = e.add(1);
    FloatVector lost = e.sub(d.sub(1));
    return e.div(d.fma(d, d.add(d).mul(lost)));
  }

  static float logisticDerivative(float x) {
    float e = exp(-Math.abs(x));
    float d = e + 1;
    float lost = e - (d - 1);
    return e / Math.fma(d, d, (d + d) * lost);
  }

  /// `eˣ − 1` as `2·(2ⁿ⁻¹·(eʳ − 1) + (2ⁿ⁻¹ − ½))`, which overflows no earlier than the result; x
  /// itself where its square is too small to count.
  static FloatVector expm1(FloatVector x) {
    FloatVector within =
        x.blend(OVERFLOW, x.compare(GT, OVERFLOW)).blend(MINUS_ONE, x.compare(LT, MINUS_ONE));
    FloatVector integer =
        within.fma(FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, INTEGER));
    FloatVector n = integer.sub(INTEGER);
    FloatVector high = n.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), within);
    FloatVector r = n.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), high);
    FloatVector p = expm1(r, n.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), high.sub(r)));
    FloatVector scale =
        integer
            .reinterpretAsInts()
            .add(BIAS - 1)
            .lanewise(LSHL, FRACTION_BITS)
            .reinterpretAsFloats();
    FloatVector half = scale.fma(p, scale.sub(0.5f));
    return half.add(half).blend(x, x.abs().compare(LT, NO_SQUARE));
  }

  static float expm1(float x) {
    if (Math.abs(x) < NO_SQUARE) {
      return x;
    }
    float within = x > OVERFLOW ? OVERFLOW : x < MINUS_ONE ? MINUS_ONE : x;
    float integer = Math.fma(within, LOG2_E, INTEGER);
    float n = integer - INTEGER;
    float high = Math.fma(n, -LN2_HIGH, within);
    float r = Math.fma(n, -LN2_LOW, high);
    float p = expm1(r, Math.fma(n, -LN2_LOW, high - r));
    float scale = powerOfTwo(Float.floatToRawIntBits(integer) - 1);
    float half = Math.fma(scale, p, scale - 0.5f);
    return half + half;
  }

  /// `(w + correction)·e^−a²` for a so small that the exponential's exponent fits two normal powers
  /// of two. What
  /// the square loses in rounding is a factor of its own.
  static float gauss(float a, float w, float correction) {
    float x = -(a * a);
    float integer = Math.fma(x, LOG2_E, INTEGER);
    float n = integer - INTEGER;
    float high = Math.fma(n, -LN2_HIGH, x);
    float r = Math.fma(n, -LN2_LOW, high);
    float p = expm1(r, Math.fma(n, -LN2_LOW, high - r));
    float lost = -Math.fma(a, a, x);
    p = Math.fma(lost, p + 1, p);
    float y = Math.fma(w, p, Math.fma(correction, p, correction)) + w;
    int bits = Float.floatToRawIntBits(integer);
    int half = bits >>> 1;
    return y * powerOfTwo(half) * powerOfTwo(bits - half);
  }

  /// `m/(m + 2)` with `m = e^2|x| − 1`, and the sign of x: `m = 2ⁿ·(eʳ − 1) + (2ⁿ − 1)` keeps its
  /// relative accuracy down to 0. The rounding errors of `d = m + 2` and of the quotient are made
  /// good by one step of Newton's method.
  static FloatVector tanh(FloatVector x) {
    FloatVector a = x.abs();
    a = a.blend(TANH_IS_ONE, a.compare(GT, TANH_IS_ONE));
    a = a.add(a);
    FloatVector integer =
        a.fma(FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, INTEGER));
    FloatVector n = integer.sub(INTEGER);
    FloatVector high = n.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), a);
    FloatVector r = n.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), high);
    FloatVector p = expm1(r, n.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), high.sub(r)));
    FloatVector scale =
        integer.reinterpretAsInts().add(BIAS).lanewise(LSHL, FRACTION_BITS).reinterpretAsFloats();
    FloatVector m = scale.fma(p, scale.sub(1));
    FloatVector d = m.add(2);
    FloatVector lost = m.sub(d.sub(2));
    FloatVector inverse = FloatVector.broadcast(SPECIES, 1).div(d);
    FloatVector y = m.mul(inverse);
    FloatVector minusY = y.neg();
    y = minusY.fma(lost, minusY.fma(d, m)).fma(inverse, y);
    IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
    return y.reinterpretAsInts().or(sign).reinterpretAsFloats();
  }

  static float tanh(float x) {
    float a = Math.abs(x);
    a = a > TANH_IS_ONE ? TANH_IS_ONE : a;
    a = a + a;
    float integer = Math.fma(a, LOG2_E, INTEGER);
    float n = integer - INTEGER;
    float high = Math.fma(n, -LN2_HIGH, a);
    float r = Math.fma(n, -LN2_LOW, high);
    float p = expm1(r, Math.fma(n, -LN2_LOW, high - r));
    float scale = powerOfTwo(Float.floatToRawIntBits(integer));
    float m = Math.fma(scale, p, scale - 1);
    float d = m + 2;
    float lost = m - (d - 2);
    float inverse = 1 / d;
    float y = m * inverse;
    y = Math.fma(Math.fma(-y, lost, Math.fma(-y, d, m)), inverse, y);
    return Math.copySign(y, x);
  }

  /// `4e/(1 + e)²` with `e = e^−2|x|`.
  static FloatVector tanhDerivative(FloatVector x) {
    return logisticDerivative(x.add(x)).mul(4);
  }

  static float tanhDerivative(float x) {
    return logisticDerivative(x + x) * 4;
  }

  /// `max(x, 0) + log(1 + f)` with `f = e^−|x|`.
  static FloatVector softplus(FloatVector x) {
    return softplus(x, exp(x.abs().neg()));
  }

  /// The same bits as [#softplus(FloatVector)] where |x| ≤ [#NORMAL_RANGE].
  static FloatVector softplusInNormalRange(FloatVector x) {
    return softplus(x, expInNormalRange(x.abs().neg()));
  }

  /// The logarithm is `f − s·(f − s²·p)` with `s = f/(2 + f)`: so arranged, the rounding errors are
  /// those of small terms.
  private static FloatVector softplus(FloatVector x, FloatVector f) {
    FloatVector s = f.div(f.add(2));
    FloatVector z = s.mul(s);
    FloatVector p = FloatVector.broadcast(SPECIES, L3).fma(z, FloatVector.broadcast(SPECIES, L2));
    p = p.fma(z, FloatVector.broadcast(SPECIES, L1));
    p = p.fma(z, FloatVector.broadcast(SPECIES, L0));
    FloatVector log = s.neg().fma(z.neg().fma(p, f), f);
    return x.blend(0, x.compare(LT, 0)).add(log);
  }

  static float softplus(float x) {
    float f = exp(-Math.abs(x));
    float s = f / (f + 2);
    float z = s * s;
    float p = Math.fma(L3, z, L2);
    p = Math.fma(p, z, L1);
    p = Math.fma(p, z, L0);
    float log = Math.fma(-s, Math.fma(-z, p, f), f);
    return (x < 0 ? 0 : x) + log;
  }

  /// eʳ for the r of `x = n·ln 2 + r`.
  private static FloatVector exponential(FloatVector x, FloatVector n) {
    FloatVector r =
        n.fma(
            FloatVector.broadcast(SPECIES, -LN2_LOW),
            n.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), x));
    FloatVector p = FloatVector.broadcast(SPECIES, E4).fma(r, FloatVector.broadcast(SPECIES, E3));
    p = p.fma(r, FloatVector.broadcast(SPECIES, E2));
    p = p.fma(r, FloatVector.broadcast(SPECIES, E1));
    p = p.fma(r, FloatVector.broadcast(SPECIES, E0));
    p = p.fma(r, FloatVector.broadcast(SPECIES, 1));
    return p.fma(r, FloatVector.broadcast(SPECIES, 1));
  }

  private static float exponential(float x, float n) {
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    float p = Math.fma(E4, r, E3);
    p = Math.fma(p, r, E2);
    p = Math.fma(p, r, E1);
    p = Math.fma(p, r, E0);
    p = Math.fma(p, r, 1);
    return Math.fma(p, r, 1);
  }

  /// eʳ − 1 for the r of `x = n·ln 2 + r`.
  private static FloatVector exponentialMinusOne(FloatVector x, FloatVector n) {
    FloatVector r =
        n.fma(
            FloatVector.broadcast(SPECIES, -LN2_LOW),
            n.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), x));
    FloatVector p = FloatVector.broadcast(SPECIES, E4).fma(r, FloatVector.broadcast(SPECIES, E3));
    p = p.fma(r, FloatVector.broadcast(SPECIES, E2));
    p = p.fma(r, FloatVector.broadcast(SPECIES, E1));
    p = p.fma(r, FloatVector.broadcast(SPECIES, E0));
    p = p.fma(r, FloatVector.broadcast(SPECIES, 1));
    return p.mul(r);
  }

  private static float exponentialMinusOne(float x, float n) {
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    float p = Math.fma(E4, r, E3);
    p = Math.fma(p, r, E2);
    p = Math.fma(p, r, E1);
    p = Math.fma(p, r, E0);
    p = Math.fma(p, r, 1);
    return p * r;
  }

  /// `e^(r + low) − 1` for |r| ≤ ½·ln 2 and a low so small that only its first power counts.
  private static FloatVector expm1(FloatVector r, FloatVector low) {
    FloatVector p = FloatVector.broadcast(SPECIES, E4).fma(r, FloatVector.broadcast(SPECIES, E3));
    p = p.fma(r, FloatVector.broadcast(SPECIES, E2));
    p = p.fma(r, FloatVector.broadcast(SPECIES, E1));
    p = p.fma(r, FloatVector.broadcast(SPECIES, E0));
    return r.mul(r).fma(p, low).add(r);
  }

  private static float expm1(float r, float low) {
    float p = Math.fma(E4, r, E3);
    p = Math.fma(p, r, E2);
    p = Math.fma(p, r, E1);
    p = Math.fma(p, r, E0);
    return Math.fma(r * r, p, low) + r;
  }

  /// 2ⁿ for the n that stands in the low bits.
  private static float powerOfTwo(int n) {
    return Float.intBitsToFloat((n + BIAS) << FRACTION_BITS);
  }
}
