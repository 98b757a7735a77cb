package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.FloatLanes.LANES;
import static dev.lanewise.core.internal.vector.FloatLanes.SPECIES;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// The error function and its complement, over arrays and for a single element, in the same
/// operations. The hand-written twin of `DoubleErrorFunctions`, with the constants of `float`.
///
/// Near 0, `erf x = x + x·p(x²)`. From ½ on, `erfc x = e^−x²·w(x)` with `(1 + 2x)·w(x)` a
/// polynomial in `(x − 3)/(x + 3)`: a form that is smooth over the whole range, as in M. M.
/// Shepherd and J. G. Laframboise, "Chebyshev approximation of (1 + 2x)exp(x²)erfc x in 0 ≤ x < ∞",
/// Mathematics of Computation 36 (1981).
final class FloatErrorFunctions {
  /// `erf(x)/x − 1` by powers of x² for |x| ≤ 1, with a relative error of 2⁻²⁸·⁶.
  private static final float A0 = 0.12837917f;
  private static final float A1 = -0.37612626f;
  private static final float A2 = 0.112835854f;
  private static final float A3 = -0.026853813f;
  private static final float A4 = 0.0051883277f;
  private static final float A5 = -0.00080101937f;
  private static final float A6 = 7.8538615e-05f;

  /// `(1 + 2x)·e^x²·erfc x − 1¼` by powers of `(x − 3)/(x + 3)` for x ≥ ½, with a relative error of
  /// 2⁻²⁸·².
  private static final float B0 = 0.0030080585f;
  private static final float B1 = -0.13562104f;
  private static final float B2 = -0.047562324f;
  private static final float B3 = 0.1296425f;
  private static final float B4 = -0.11927352f;
  private static final float B5 = 0.06833909f;
  private static final float B6 = -0.02376442f;
  private static final float B7 = 0.0023871183f;
  private static final float B8 = 0.001837126f;
  private static final float B9 = -0.00052385335f;

  private static final float MIDDLE = 3;

  /// From here on erfc x rounds to 0.
  private static final float FAR = 11;

  private FloatErrorFunctions() {}

  static void erf(int n, float[] x, int xOffset, float[] y, int yOffset) {
    erf(false, n, x, xOffset, y, yOffset);
  }

  static void erfc(int n, float[] x, int xOffset, float[] y, int yOffset) {
    erf(true, n, x, xOffset, y, yOffset);
  }

  private static void erf(
      boolean complement, int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
      FloatVector size = v.abs();
      FloatVector square = v.mul(v);
      FloatVector near =
          FloatVector.broadcast(SPECIES, A6).fma(square, FloatVector.broadcast(SPECIES, A5));
      near = near.fma(square, FloatVector.broadcast(SPECIES, A4));
      near = near.fma(square, FloatVector.broadcast(SPECIES, A3));
      near = near.fma(square, FloatVector.broadcast(SPECIES, A2));
      near = near.fma(square, FloatVector.broadcast(SPECIES, A1));
      near = near.fma(square, FloatVector.broadcast(SPECIES, A0));
      near = v.fma(near, v);
      FloatVector a = size.blend(FAR, size.compare(GT, FAR));
      FloatVector q = a.sub(MIDDLE).div(a.add(MIDDLE));
      FloatVector p = FloatVector.broadcast(SPECIES, B9).fma(q, FloatVector.broadcast(SPECIES, B8));
      p = p.fma(q, FloatVector.broadcast(SPECIES, B7));
      p = p.fma(q, FloatVector.broadcast(SPECIES, B6));
      p = p.fma(q, FloatVector.broadcast(SPECIES, B5));
      p = p.fma(q, FloatVector.broadcast(SPECIES, B4));
      p = p.fma(q, FloatVector.broadcast(SPECIES, B3));
      p = p.fma(q, FloatVector.broadcast(SPECIES, B2));
      p = p.fma(q, FloatVector.broadcast(SPECIES, B1));
      p = p.fma(q, FloatVector.broadcast(SPECIES, B0));
      FloatVector top = p.add(1.25f);
      FloatVector topLost = p.sub(top.sub(1.25f));
      FloatVector twice = a.add(a);
      FloatVector bottom = twice.add(1);
      FloatVector bottomLost = FloatVector.broadcast(SPECIES, 1).sub(bottom.sub(twice));
      FloatVector inverse = FloatVector.broadcast(SPECIES, 1).div(bottom);
      FloatVector w = top.mul(inverse);
      FloatVector rest = w.neg().fma(bottomLost, w.neg().fma(bottom, top).add(topLost));
      FloatVector minusSquare = a.mul(a).neg();
      FloatVector integer =
          minusSquare.fma(
              FloatVector.broadcast(SPECIES, FloatFunctions.LOG2_E),
              FloatVector.broadcast(SPECIES, FloatFunctions.INTEGER));
      FloatVector exponent = integer.sub(FloatFunctions.INTEGER);
      FloatVector high =
          exponent.fma(FloatVector.broadcast(SPECIES, -FloatFunctions.LN2_HIGH), minusSquare);
      FloatVector r = exponent.fma(FloatVector.broadcast(SPECIES, -FloatFunctions.LN2_LOW), high);
      FloatVector low =
          exponent.fma(FloatVector.broadcast(SPECIES, -FloatFunctions.LN2_LOW), high.sub(r));
      FloatVector e =
          FloatVector.broadcast(SPECIES, FloatFunctions.E4)
              .fma(r, FloatVector.broadcast(SPECIES, FloatFunctions.E3));
      e = e.fma(r, FloatVector.broadcast(SPECIES, FloatFunctions.E2));
      e = e.fma(r, FloatVector.broadcast(SPECIES, FloatFunctions.E1));
      e = e.fma(r, FloatVector.broadcast(SPECIES, FloatFunctions.E0));
      e = r.mul(r).fma(e, low).add(r);
      FloatVector lost = a.fma(a, minusSquare).neg();
      e = lost.fma(e.add(1), e);
      FloatVector correction = rest.mul(inverse);
      FloatVector product = w.fma(e, correction.fma(e, correction)).add(w);
      IntVector bits = integer.reinterpretAsInts();
      IntVector half = bits.lanewise(LSHR, 1);
      FloatVector tail =
          product
              .mul(
                  half.add(FloatFunctions.BIAS)
                      .lanewise(LSHL, FloatFunctions.FRACTION_BITS)
                      .reinterpretAsFloats())
              .mul(
                  bits.sub(half)
                      .add(FloatFunctions.BIAS)
                      .lanewise(LSHL, FloatFunctions.FRACTION_BITS)
                      .reinterpretAsFloats());
      IntVector sign = v.reinterpretAsInts().and(Integer.MIN_VALUE);
      FloatVector erf =
          FloatVector.broadcast(SPECIES, 1)
              .sub(tail)
              .reinterpretAsInts()
              .or(sign)
              .reinterpretAsFloats()
              .blend(near, size.compare(LT, 1));
      if (complement) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        one.sub(erf).blend(tail, v.compare(GE, 0.5f)).intoArray(y, yOffset + i);
      } else {
        erf.intoArray(y, yOffset + i);
      }
    }
    for (; i < n; i++) {
      float v = x[xOffset + i];
      y[yOffset + i] = complement ? erfc(v) : erf(v);
    }
  }

  static float erf(float x) {
    float a = Math.abs(x);
    return a < 1 ? near(x) : Math.copySign(1 - tail(a), x);
  }

  static float erfc(float x) {
    return x >= 0.5f ? tail(x) : 1 - erf(x);
  }

  /// `erf x` for |x| < 1.
  private static float near(float x) {
    float z = x * x;
    float p = Math.fma(A6, z, A5);
    p = Math.fma(p, z, A4);
    p = Math.fma(p, z, A3);
    p = Math.fma(p, z, A2);
    p = Math.fma(p, z, A1);
    p = Math.fma(p, z, A0);
    return Math.fma(x, p, x);
  }

  /// `erfc a` for a ≥ ½, as `w·e^−a²` with `w = (1¼ + p)/(1 + 2a)`. What rounding takes from
  /// numerator, denominator and quotient is a correction of w.
  private static float tail(float x) {
    float a = x > FAR ? FAR : x;
    float p = polynomial((a - MIDDLE) / (a + MIDDLE));
    float top = p + 1.25f;
    float topLost = p - (top - 1.25f);
    float twice = a + a;
    float bottom = twice + 1;
    float bottomLost = 1 - (bottom - twice);
    float inverse = 1 / bottom;
    float w = top * inverse;
    float rest = Math.fma(-w, bottomLost, Math.fma(-w, bottom, top) + topLost);
    return FloatFunctions.gauss(a, w, rest * inverse);
  }

  private static float polynomial(float q) {
    float p = Math.fma(B9, q, B8);
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
