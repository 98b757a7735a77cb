package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.DoubleLanes.LANES;
import static dev.lanewise.core.internal.vector.DoubleLanes.SPECIES;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/// The error function and its complement, over arrays and for a single element, in the same
/// operations.
///
/// Near 0, `erf x = x + x·p(x²)`. From ½ on, `erfc x = e^−x²·w(x)` with `(1 + 2x)·w(x)` a
/// polynomial in `(x − 4)/(x + 4)`: a form that is smooth over the whole range, as in M. M.
/// Shepherd and J. G. Laframboise, "Chebyshev approximation of (1 + 2x)exp(x²)erfc x in 0 ≤ x < ∞",
/// Mathematics of Computation 36 (1981).
final class DoubleErrorFunctions {
  /// `erf(x)/x − 1` by powers of x² for |x| ≤ 1, with a relative error of 2⁻⁵⁶·³.
  private static final double A0 = 0.1283791670955126;
  private static final double A1 = -0.3761263890318375;
  private static final double A2 = 0.11283791670954857;
  private static final double A3 = -0.026866170645072893;
  private static final double A4 = 0.00522397762478086;
  private static final double A5 = -0.0008548326978741817;
  private static final double A6 = 0.00012055331036884989;
  private static final double A7 = -1.4925593506529434e-05;
  private static final double A8 = 1.6460972811130948e-06;
  private static final double A9 = -1.635002515953243e-07;
  private static final double A10 = 1.4657879416525849e-08;
  private static final double A11 = -1.1365664322416853e-09;
  private static final double A12 = 5.945259000268898e-11;

  /// `(1 + 2x)·e^x²·erfc x − 1¼` by powers of `(x − 4)/(x + 4)` for x ≥ ½, with a relative error of
  /// 2⁻⁶⁰.
  private static final double B0 = -0.01700488137444749;
  private static final double B1 = -0.1396211168405625;
  private static final double B2 = 0.01537965210261984;
  private static final double B3 = 0.06809705425468889;
  private static final double B4 = -0.10103906603630983;
  private static final double B5 = 0.09373283499851648;
  private static final double B6 = -0.06633036581209598;
  private static final double B7 = 0.03716751553413109;
  private static final double B8 = -0.016197734059182553;
  private static final double B9 = 0.005031970015093361;
  private static final double B10 = -0.0007577732795146908;
  private static final double B11 = -0.0001992569440772131;
  private static final double B12 = 0.00015062164101752233;
  private static final double B13 = -2.439814026789725e-05;
  private static final double B14 = -1.1221959126909605e-05;
  private static final double B15 = 5.70669651604541e-06;
  private static final double B16 = 2.9376693062774067e-07;
  private static final double B17 = -8.198087738812015e-07;
  private static final double B18 = 7.45421023846359e-08;
  private static final double B19 = 1.0350612269248643e-07;
  private static final double B20 = -1.77448176013809e-08;
  private static final double B21 = -9.740833850613548e-09;
  private static final double B22 = 1.7525100543366499e-09;

  private static final double MIDDLE = 4;

  /// From here on erfc x rounds to 0.
  private static final double FAR = 28;

  private DoubleErrorFunctions() {}

  static void erf(int n, double[] x, int xOffset, double[] y, int yOffset) {
    erf(false, n, x, xOffset, y, yOffset);
  }

  static void erfc(int n, double[] x, int xOffset, double[] y, int yOffset) {
    erf(true, n, x, xOffset, y, yOffset);
  }

  private static void erf(
      boolean complement, int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
      DoubleVector size = v.abs();
      DoubleVector square = v.mul(v);
      DoubleVector near =
          DoubleVector.broadcast(SPECIES, A12).fma(square, DoubleVector.broadcast(SPECIES, A11));
      near = near.fma(square, DoubleVector.broadcast(SPECIES, A10));
      near = near.fma(square, DoubleVector.broadcast(SPECIES, A9));
      near = near.fma(square, DoubleVector.broadcast(SPECIES, A8));
      near = near.fma(square, DoubleVector.broadcast(SPECIES, A7));
      near = near.fma(square, DoubleVector.broadcast(SPECIES, A6));
      near = near.fma(square, DoubleVector.broadcast(SPECIES, A5));
      near = near.fma(square, DoubleVector.broadcast(SPECIES, A4));
      near = near.fma(square, DoubleVector.broadcast(SPECIES, A3));
      near = near.fma(square, DoubleVector.broadcast(SPECIES, A2));
      near = near.fma(square, DoubleVector.broadcast(SPECIES, A1));
      near = near.fma(square, DoubleVector.broadcast(SPECIES, A0));
      near = v.fma(near, v);
      DoubleVector a = size.blend(FAR, size.compare(GT, FAR));
      DoubleVector q = a.sub(MIDDLE).div(a.add(MIDDLE));
      DoubleVector p =
          DoubleVector.broadcast(SPECIES, B22).fma(q, DoubleVector.broadcast(SPECIES, B21));
      p = p.fma(q, DoubleVector.broadcast(SPECIES, B20));
      p = p.fma(q, DoubleVector.broadcast(SPECIES, B19));
      p = p.fma(q, DoubleVector.broadcast(SPECIES, B18));
      p = p.fma(q, DoubleVector.broadcast(SPECIES, B17));
      p = p.fma(q, DoubleVector.broadcast(SPECIES, B16));
      p = p.fma(q, DoubleVector.broadcast(SPECIES, B15));
      p = p.fma(q, DoubleVector.broadcast(SPECIES, B14));
      p = p.fma(q, DoubleVector.broadcast(SPECIES, B13));
      p = p.fma(q, DoubleVector.broadcast(SPECIES, B12));
      p = p.fma(q, DoubleVector.broadcast(SPECIES, B11));
      p = p.fma(q, DoubleVector.broadcast(SPECIES, B10));
      p = p.fma(q, DoubleVector.broadcast(SPECIES, B9));
      p = p.fma(q, DoubleVector.broadcast(SPECIES, B8));
      p = p.fma(q, DoubleVector.broadcast(SPECIES, B7));
      p = p.fma(q, DoubleVector.broadcast(SPECIES, B6));
      p = p.fma(q, DoubleVector.broadcast(SPECIES, B5));
      p = p.fma(q, DoubleVector.broadcast(SPECIES, B4));
      p = p.fma(q, DoubleVector.broadcast(SPECIES, B3));
      p = p.fma(q, DoubleVector.broadcast(SPECIES, B2));
      p = p.fma(q, DoubleVector.broadcast(SPECIES, B1));
      p = p.fma(q, DoubleVector.broadcast(SPECIES, B0));
      DoubleVector top = p.add(1.25);
      DoubleVector topLost = p.sub(top.sub(1.25));
      DoubleVector twice = a.add(a);
      DoubleVector bottom = twice.add(1);
      DoubleVector bottomLost = DoubleVector.broadcast(SPECIES, 1).sub(bottom.sub(twice));
      DoubleVector inverse = DoubleVector.broadcast(SPECIES, 1).div(bottom);
      DoubleVector w = top.mul(inverse);
      DoubleVector rest = w.neg().fma(bottomLost, w.neg().fma(bottom, top).add(topLost));
      DoubleVector minusSquare = a.mul(a).neg();
      DoubleVector integer =
          minusSquare.fma(
              DoubleVector.broadcast(SPECIES, DoubleFunctions.LOG2_E),
              DoubleVector.broadcast(SPECIES, DoubleFunctions.INTEGER));
      DoubleVector exponent = integer.sub(DoubleFunctions.INTEGER);
      DoubleVector high =
          exponent.fma(DoubleVector.broadcast(SPECIES, -DoubleFunctions.LN2_HIGH), minusSquare);
      DoubleVector r =
          exponent.fma(DoubleVector.broadcast(SPECIES, -DoubleFunctions.LN2_LOW), high);
      DoubleVector low =
          exponent.fma(DoubleVector.broadcast(SPECIES, -DoubleFunctions.LN2_LOW), high.sub(r));
      DoubleVector rSquare = r.mul(r);
      DoubleVector e =
          DoubleVector.broadcast(SPECIES, DoubleFunctions.E9)
              .fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.E8));
      e = e.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.E7));
      e = e.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.E6));
      e = e.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.E5));
      e = e.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.E4));
      e = e.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.E3));
      e = e.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.E2));
      e = e.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.E1));
      e = e.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.E0));
      e = rSquare.fma(e, low).add(r);
      DoubleVector lost = a.fma(a, minusSquare).neg();
      e = lost.fma(e.add(1), e);
      DoubleVector correction = rest.mul(inverse);
      DoubleVector product = w.fma(e, correction.fma(e, correction)).add(w);
      LongVector bits = integer.reinterpretAsLongs();
      LongVector half = bits.lanewise(LSHR, 1);
      DoubleVector tail =
          product
              .mul(
                  half.add(DoubleFunctions.BIAS)
                      .lanewise(LSHL, DoubleFunctions.FRACTION_BITS)
                      .reinterpretAsDoubles())
              .mul(
                  bits.sub(half)
                      .add(DoubleFunctions.BIAS)
                      .lanewise(LSHL, DoubleFunctions.FRACTION_BITS)
                      .reinterpretAsDoubles());
      LongVector sign = v.reinterpretAsLongs().and(Long.MIN_VALUE);
      DoubleVector erf =
          DoubleVector.broadcast(SPECIES, 1)
              .sub(tail)
              .reinterpretAsLongs()
              .or(sign)
              .reinterpretAsDoubles()
              .blend(near, size.compare(LT, 1));
      if (complement) {
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
        one.sub(erf).blend(tail, v.compare(GE, 0.5)).intoArray(y, yOffset + i);
      } else {
        erf.intoArray(y, yOffset + i);
      }
    }
    for (; i < n; i++) {
      double v = x[xOffset + i];
      y[yOffset + i] = complement ? erfc(v) : erf(v);
    }
  }

  static double erf(double x) {
    double a = Math.abs(x);
    return a < 1 ? near(x) : Math.copySign(1 - tail(a), x);
  }

  static double erfc(double x) {
    return x >= 0.5 ? tail(x) : 1 - erf(x);
  }

  /// `erf x` for |x| < 1.
  private static double near(double x) {
    double z = x * x;
    double p = Math.fma(A12, z, A11);
    p = Math.fma(p, z, A10);
    p = Math.fma(p, z, A9);
    p = Math.fma(p, z, A8);
    p = Math.fma(p, z, A7);
    p = Math.fma(p, z, A6);
    p = Math.fma(p, z, A5);
    p = Math.fma(p, z, A4);
    p = Math.fma(p, z, A3);
    p = Math.fma(p, z, A2);
    p = Math.fma(p, z, A1);
    p = Math.fma(p, z, A0);
    return Math.fma(x, p, x);
  }

  /// `erfc a` for a ≥ ½, as `w·e^−a²` with `w = (1¼ + p)/(1 + 2a)`. What rounding takes from
  /// numerator, denominator and quotient is a correction of w.
  private static double tail(double x) {
    double a = x > FAR ? FAR : x;
    double p = polynomial((a - MIDDLE) / (a + MIDDLE));
    double top = p + 1.25;
    double topLost = p - (top - 1.25);
    double twice = a + a;
    double bottom = twice + 1;
    double bottomLost = 1 - (bottom - twice);
    double inverse = 1 / bottom;
    double w = top * inverse;
    double rest = Math.fma(-w, bottomLost, Math.fma(-w, bottom, top) + topLost);
    return DoubleFunctions.gauss(a, w, rest * inverse);
  }

  private static double polynomial(double q) {
    double p = Math.fma(B22, q, B21);
    p = Math.fma(p, q, B20);
    p = Math.fma(p, q, B19);
    p = Math.fma(p, q, B18);
    p = Math.fma(p, q, B17);
    p = Math.fma(p, q, B16);
    p = Math.fma(p, q, B15);
    p = Math.fma(p, q, B14);
    p = Math.fma(p, q, B13);
    p = Math.fma(p, q, B12);
    p = Math.fma(p, q, B11);
    p = Math.fma(p, q, B10);
    p = Math.fma(p, q, B9);
    p = Math.fma(p, q, B8);
    p = Math.fma(p, q, B7);
    p = Math.fma(p, q, B6);
    p = Math.fma(p, q, B5);
    p = Math.fma(p, q, B4);
    p = Math.fma(p, q, B3);
    p = Math.fma(p, q, B2);
    p = Math.fma(p, q, B1);
    return Math.fma(p, q, B0);
  }
}
