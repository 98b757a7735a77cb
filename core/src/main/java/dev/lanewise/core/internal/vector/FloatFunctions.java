package dev.lanewise.core.internal.vector;

/// The elementary functions of single elements, in the same operations as the vector kernels have
/// them, so that both give the same bits: exponential and activations here, the others in classes
/// of their own. The hand-written twin of `DoubleFunctions`, with the constants of `float`.
///
/// The polynomials are own minimax fits: Remez' algorithm in 60 decimal digits, the error weighted
/// to be relative to the function computed, then each coefficient rounded to nearest.
final class FloatFunctions {
  /// Added to a number below 2^22, it rounds it to an integer, which then stands in the low bits.
  static final float INTEGER = 0x1.8p23f;

  static final int BIAS = 127;
  static final int FRACTION_BITS = 23;
  static final float LOG2_E = 0x1.715476p0f;

  /// ln 2 in two parts: the high part has 14 trailing zeros, so that its multiples by n are exact.
  static final float LN2_HIGH = 0x1.63p-1f;

  static final float LN2_LOW = -0x1.bd0106p-13f;

  /// For tanh, where this needs no second part: from n = 29 on the result is 1.
  static final float HALF_LN2 = 0x1.62e43p-2f;
  static final float QUARTER_LN2 = 0x1.62e43p-3f;

  /// Here eˣ is infinite, and so it is above.
  static final float OVERFLOW = 89;

  /// Here eˣ rounds to 0, and so it does below.
  static final float UNDERFLOW = -104;

  /// For |x| up to here eˣ and e⁻ˣ are normal numbers, and take no care.
  static final float NORMAL_RANGE = 87;

  /// Here eˣ − 1 rounds to −1, and so it does below.
  static final float MINUS_ONE = -20;

  /// For |x| below it, eˣ − 1 is x.
  static final float NO_SQUARE = 0x1p-25f;

  /// From it on tanh rounds to 1.
  static final float TANH_IS_ONE = 10;

  /// `(eʳ − 1 − r)/r²` for |r| ≤ ½·ln 2, so well that eʳ has a relative error of 2⁻²⁷·⁷.
  static final float E0 = 0.49999994f;

  static final float E1 = 0.1666652f;
  static final float E2 = 0.041668393f;
  static final float E3 = 0.008368781f;
  static final float E4 = 0.0013814467f;

  /// `(log((1+s)/(1−s)) − 2s)/s³` by powers of s² for 0 ≤ s ≤ ⅓, so well that the logarithm has a
  /// relative error of 2⁻²⁷·³.
  static final float L0 = 0.6666641f;

  static final float L1 = 0.40021598f;
  static final float L2 = 0.28000537f;
  static final float L3 = 0.28018773f;

  /// `(tanh r − r)/r³` by powers of r² for |r| ≤ ½·ln 2, so well that tanh r has a relative
  /// error of 2⁻³¹·¹.
  static final float T0 = -0.33333322f;

  static final float T1 = 0.13332407f;
  static final float T2 = -0.053732175f;
  static final float T3 = 0.019467123f;

  /// How far the range of the logistic function's r is moved below 0: there the rounding errors are
  /// smaller.
  static final float LOGISTIC_SHIFT = 0.045f;

  /// What the logistic function multiplies its tanh by: both `LOGISTIC_SCALE ± t` are then between
  /// 1.34 and 1.98, within one binade, where the rounding errors are smallest.
  static final float LOGISTIC_SCALE = 1.65625f;

  /// `LOGISTIC_SCALE·tanh(r/2)/r − 1` by powers of r² for |r| ≤ ½·ln 2 + 0.045, so well that the
  /// tanh has a relative error of 2⁻³¹·¹.
  static final float H0 = -0.171875f;

  static final float H1 = -0.06901037f;
  static final float H2 = 0.00689924f;
  static final float H3 = -0.0006779132f;

  private FloatFunctions() {}

  /// `eˣ`.
  static float exp(float x) {
    float within = x > OVERFLOW ? OVERFLOW : x < UNDERFLOW ? UNDERFLOW : x;
    float integer = Math.fma(within, LOG2_E, INTEGER);
    float p = exponential(within, integer - INTEGER);
    int n = Float.floatToRawIntBits(integer);
    int half = n >>> 1;
    return p * powerOfTwo(half) * powerOfTwo(n - half);
  }

  /// `1/(1 + e⁻ˣ)`, as `v/(v + 2ⁿ·w)` with `e⁻ʳ = w/v`, where v and w are `C ± t` and
  /// `t = C·tanh(r/2)`. So computed, w makes good what v lost in rounding.
  static float logistic(float x) {
    float within = x > NORMAL_RANGE ? NORMAL_RANGE : x < UNDERFLOW ? UNDERFLOW : x;
    float integer = Math.fma(within + LOGISTIC_SHIFT, -LOG2_E, INTEGER);
    float n = integer - INTEGER;
    float r = Math.fma(n, LN2_LOW, Math.fma(n, LN2_HIGH, within));
    float z = r * r;
    float h = Math.fma(H3, z, H2);
    h = Math.fma(h, z, H1);
    h = Math.fma(h, z, H0);
    float t = Math.fma(h, r, r);
    float v = t + LOGISTIC_SCALE;
    float w = v - (t + t);
    if (x < -NORMAL_RANGE) {
      int minusN = Float.floatToRawIntBits(INTEGER - n);
      int half = minusN >>> 1;
      return v / w * powerOfTwo(half) * powerOfTwo(minusN - half);
    }
    return v / Math.fma(powerOfTwo(Float.floatToRawIntBits(integer)), w, v);
  }

  /// `e/(1 + e)²` with `e = e^−|x|`.
  static float logisticDerivative(float x) {
    float e = exp(-Math.abs(x));
    float d = e + 1;
    float lost = e - (d - 1);
    return e / Math.fma(d, d, (d + d) * lost);
  }

  /// `eˣ − 1`.
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
  /// of two. What the square loses in rounding is a factor of its own.
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

  /// `tanh x`.
  static float tanh(float x) {
    float a = Math.abs(x);
    a = a > TANH_IS_ONE ? TANH_IS_ONE : a;
    float integer = Math.fma(a - QUARTER_LN2, -2 * LOG2_E, INTEGER);
    float r = Math.fma(integer - INTEGER, HALF_LN2, a);
    float z = r * r;
    float q = Math.fma(T3, z, T2);
    q = Math.fma(q, z, T1);
    q = Math.fma(q, z, T0);
    float t = Math.fma(r * z, q, r);
    float s = powerOfTwo(Float.floatToRawIntBits(integer));
    float m = Math.fma(1 + s, t, 1 - s);
    float y = m / Math.fma(s + s, 1 - t, m);
    return Math.copySign(y, x);
  }

  /// `4e/(1 + e)²` with `e = e^−2|x|`.
  static float tanhDerivative(float x) {
    return logisticDerivative(x + x) * 4;
  }

  /// `log(1 + eˣ)`.
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
  private static float exponential(float x, float n) {
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    float p = Math.fma(E4, r, E3);
    p = Math.fma(p, r, E2);
    p = Math.fma(p, r, E1);
    p = Math.fma(p, r, E0);
    p = Math.fma(p, r, 1);
    return Math.fma(p, r, 1);
  }

  /// `e^(r + low) − 1` for |r| ≤ ½·ln 2 and a low so small that only its first power counts.
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
