package dev.lanewise.core.internal.vector;

/// The elementary functions of single elements, in the same operations as the vector kernels have
/// them, so that both give the same bits: exponential and activations here, the others in classes
/// of their own. `FloatFunctions` is the hand-written twin with the constants of `float`.
///
/// The polynomials are own minimax fits: Remez' algorithm in 60 decimal digits, the error weighted
/// to be relative to the function computed, then each coefficient rounded to nearest.
final class DoubleFunctions {
  /// Added to a number below 2^51, it rounds it to an integer, which then stands in the low bits.
  static final double INTEGER = 0x1.8p52;

  static final long BIAS = 1023;
  static final int FRACTION_BITS = 52;
  static final double LOG2_E = 1.4426950408889634;

  /// ln 2 in two parts: the high part has 21 trailing zeros, so that its multiples by n are exact.
  static final double LN2_HIGH = 0x1.62e42feep-1;

  static final double LN2_LOW = 0x1.a39ef35793c76p-33;

  /// For tanh, where this needs no second part: from n = 29 on the result is 1.
  static final double HALF_LN2 = 0x1.62e42fefa39efp-2;
  static final double QUARTER_LN2 = 0x1.62e42fefa39efp-3;

  /// Here eˣ is infinite, and so it is above.
  static final double OVERFLOW = 710;

  /// Here eˣ rounds to 0, and so it does below.
  static final double UNDERFLOW = -746;

  /// For |x| up to here eˣ and e⁻ˣ are normal numbers, and take no care.
  static final double NORMAL_RANGE = 708;

  /// Here eˣ − 1 rounds to −1, and so it does below.
  static final double MINUS_ONE = -40;

  /// For |x| below it, eˣ − 1 is x.
  static final double NO_SQUARE = 0x1p-54;

  /// From it on tanh rounds to 1.
  static final double TANH_IS_ONE = 20;

  /// `(eʳ − 1 − r)/r²` for |r| ≤ ½·ln 2, so well that eʳ has a relative error of 2⁻⁵⁷·⁹.
  static final double E0 = 5.000000000000011e-01;

  static final double E1 = 1.6666666666666413e-01;
  static final double E2 = 4.166666666653016e-02;
  static final double E3 = 8.33333333349446e-03;
  static final double E4 = 1.3888888943629292e-03;
  static final double E5 = 1.9841269506581848e-04;
  static final double E6 = 2.480149309964793e-05;
  static final double E7 = 2.7557586372146743e-06;
  static final double E8 = 2.763024814315025e-07;
  static final double E9 = 2.5000061844018256e-08;

  /// `(log((1+s)/(1−s)) − 2s)/s³` by powers of s² for 0 ≤ s ≤ ⅓, so well that the logarithm has a
  /// relative error of 2⁻⁵⁹·³.
  static final double L0 = 6.666666666666633e-01;

  static final double L1 = 4.0000000000150304e-01;
  static final double L2 = 2.8571428548579164e-01;
  static final double L3 = 2.2222223930849366e-01;
  static final double L4 = 1.8181745138371985e-01;
  static final double L5 = 1.5386536599601125e-01;
  static final double L6 = 1.3301253655019432e-01;
  static final double L7 = 1.2104038612991998e-01;
  static final double L8 = 8.348440203632641e-02;
  static final double L9 = 1.7004071711020985e-01;

  /// `(tanh r − r)/r³` by powers of r² for |r| ≤ ½·ln 2, so well that tanh r has a relative
  /// error of 2⁻⁵⁶·⁸.
  static final double T0 = -0.3333333333333264;

  static final double T1 = 0.13333333333144673;
  static final double T2 = -0.05396825379334941;
  static final double T3 = 0.02186948068472795;
  static final double T4 = -0.008863040115430565;
  static final double T5 = 0.003589282204728667;
  static final double T6 = -0.0014315910777209925;
  static final double T7 = 0.0004766226182134823;

  /// How far the range of the logistic function's r is moved below 0: there the rounding errors are
  /// smaller.
  static final double LOGISTIC_SHIFT = 0.045;

  /// What the logistic function multiplies its tanh by: both `LOGISTIC_SCALE ± t` are then between
  /// 1.34 and 1.98, within one binade, where the rounding errors are smallest.
  static final double LOGISTIC_SCALE = 1.65625;

  /// `LOGISTIC_SCALE·tanh(r/2)/r − 1` by powers of r² for |r| ≤ ½·ln 2 + 0.045, so well that the
  /// tanh has a relative error of 2⁻⁵⁵·³.
  static final double H0 = -0.171875;

  static final double H1 = -0.06901041666665916;
  static final double H2 = 0.006901041665714373;
  static final double H3 = -0.0006983196521821881;
  static final double H4 = 7.074402130812712e-05;
  static final double H5 = -7.160103649360636e-06;
  static final double H6 = 6.885104134697391e-07;

  private DoubleFunctions() {}

  /// `eˣ`.
  static double exp(double x) {
    double within = x > OVERFLOW ? OVERFLOW : x < UNDERFLOW ? UNDERFLOW : x;
    double integer = Math.fma(within, LOG2_E, INTEGER);
    double p = exponential(within, integer - INTEGER);
    long n = Double.doubleToRawLongBits(integer);
    long half = n >>> 1;
    return p * powerOfTwo(half) * powerOfTwo(n - half);
  }

  /// `1/(1 + e⁻ˣ)`, as `v/(v + 2ⁿ·w)` with `e⁻ʳ = w/v`, where v and w are `C ± t` and
  /// `t = C·tanh(r/2)`. So computed, w makes good what v lost in rounding.
  static double logistic(double x) {
    double within = x > NORMAL_RANGE ? NORMAL_RANGE : x < UNDERFLOW ? UNDERFLOW : x;
    double integer = Math.fma(within + LOGISTIC_SHIFT, -LOG2_E, INTEGER);
    double n = integer - INTEGER;
    double r = Math.fma(n, LN2_LOW, Math.fma(n, LN2_HIGH, within));
    double z = r * r;
    double h = Math.fma(H6, z, H5);
    h = Math.fma(h, z, H4);
    h = Math.fma(h, z, H3);
    h = Math.fma(h, z, H2);
    h = Math.fma(h, z, H1);
    h = Math.fma(h, z, H0);
    double t = Math.fma(h, r, r);
    double v = t + LOGISTIC_SCALE;
    double w = v - (t + t);
    if (x < -NORMAL_RANGE) {
      long minusN = Double.doubleToRawLongBits(INTEGER - n);
      long half = minusN >>> 1;
      return v / w * powerOfTwo(half) * powerOfTwo(minusN - half);
    }
    return v / Math.fma(powerOfTwo(Double.doubleToRawLongBits(integer)), w, v);
  }

  /// `e/(1 + e)²` with `e = e^−|x|`.
  static double logisticDerivative(double x) {
    double e = exp(-Math.abs(x));
    double d = e + 1;
    double lost = e - (d - 1);
    return e / Math.fma(d, d, (d + d) * lost);
  }

  /// `eˣ − 1`.
  static double expm1(double x) {
    if (Math.abs(x) < NO_SQUARE) {
      return x;
    }
    double within = x > OVERFLOW ? OVERFLOW : x < MINUS_ONE ? MINUS_ONE : x;
    double integer = Math.fma(within, LOG2_E, INTEGER);
    double n = integer - INTEGER;
    double high = Math.fma(n, -LN2_HIGH, within);
    double r = Math.fma(n, -LN2_LOW, high);
    double p = expm1(r, Math.fma(n, -LN2_LOW, high - r));
    double scale = powerOfTwo(Double.doubleToRawLongBits(integer) - 1);
    double half = Math.fma(scale, p, scale - 0.5);
    return half + half;
  }

  /// `(w + correction)·e^−a²` for a so small that the exponential's exponent fits two normal powers
  /// of two. What the square loses in rounding is a factor of its own.
  static double gauss(double a, double w, double correction) {
    double x = -(a * a);
    double integer = Math.fma(x, LOG2_E, INTEGER);
    double n = integer - INTEGER;
    double high = Math.fma(n, -LN2_HIGH, x);
    double r = Math.fma(n, -LN2_LOW, high);
    double p = expm1(r, Math.fma(n, -LN2_LOW, high - r));
    double lost = -Math.fma(a, a, x);
    p = Math.fma(lost, p + 1, p);
    double y = Math.fma(w, p, Math.fma(correction, p, correction)) + w;
    long bits = Double.doubleToRawLongBits(integer);
    long half = bits >>> 1;
    return y * powerOfTwo(half) * powerOfTwo(bits - half);
  }

  /// `tanh x`.
  static double tanh(double x) {
    double a = Math.abs(x);
    a = a > TANH_IS_ONE ? TANH_IS_ONE : a;
    double integer = Math.fma(a - QUARTER_LN2, -2 * LOG2_E, INTEGER);
    double r = Math.fma(integer - INTEGER, HALF_LN2, a);
    double z = r * r;
    double q = Math.fma(T7, z, T6);
    q = Math.fma(q, z, T5);
    q = Math.fma(q, z, T4);
    q = Math.fma(q, z, T3);
    q = Math.fma(q, z, T2);
    q = Math.fma(q, z, T1);
    q = Math.fma(q, z, T0);
    double t = Math.fma(r * z, q, r);
    double s = powerOfTwo(Double.doubleToRawLongBits(integer));
    double m = Math.fma(1 + s, t, 1 - s);
    double y = m / Math.fma(s + s, 1 - t, m);
    return Math.copySign(y, x);
  }

  /// `4e/(1 + e)²` with `e = e^−2|x|`.
  static double tanhDerivative(double x) {
    return logisticDerivative(x + x) * 4;
  }

  /// `log(1 + eˣ)`.
  static double softplus(double x) {
    double f = exp(-Math.abs(x));
    double s = f / (f + 2);
    double z = s * s;
    double square = z * z;
    double p = Math.fma(L9, z, L8);
    double q = Math.fma(L7, z, L6);
    double t = Math.fma(L5, z, L4);
    double u = Math.fma(L3, z, L2);
    double v = Math.fma(L1, z, L0);
    p = Math.fma(p, square, q);
    p = Math.fma(p, square, t);
    p = Math.fma(p, square, u);
    p = Math.fma(p, square, v);
    double log = Math.fma(-s, Math.fma(-z, p, f), f);
    return (x < 0 ? 0 : x) + log;
  }

  /// eʳ for the r of `x = n·ln 2 + r`.
  private static double exponential(double x, double n) {
    double r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    double p = Math.fma(E9, r, E8);
    p = Math.fma(p, r, E7);
    p = Math.fma(p, r, E6);
    p = Math.fma(p, r, E5);
    p = Math.fma(p, r, E4);
    p = Math.fma(p, r, E3);
    p = Math.fma(p, r, E2);
    p = Math.fma(p, r, E1);
    p = Math.fma(p, r, E0);
    p = Math.fma(p, r, 1);
    return Math.fma(p, r, 1);
  }

  /// `e^(r + low) − 1` for |r| ≤ ½·ln 2 and a low so small that only its first power counts.
  private static double expm1(double r, double low) {
    double square = r * r;
    double p = Math.fma(E9, r, E8);
    p = Math.fma(p, r, E7);
    p = Math.fma(p, r, E6);
    p = Math.fma(p, r, E5);
    p = Math.fma(p, r, E4);
    p = Math.fma(p, r, E3);
    p = Math.fma(p, r, E2);
    p = Math.fma(p, r, E1);
    p = Math.fma(p, r, E0);
    return Math.fma(square, p, low) + r;
  }

  /// 2ⁿ for the n that stands in the low bits.
  private static double powerOfTwo(long n) {
    return Double.longBitsToDouble((n + BIAS) << FRACTION_BITS);
  }
}
