package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.FloatLanes.LANES;
import static dev.lanewise.core.internal.vector.FloatLanes.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// The sine, over arrays and of a single element, in the same operations. The hand-written twin of
/// `DoubleSine`, with the constants of `float`.
///
/// `x = n·π/2 + r` by the method of W. J. Cody and W. Waite, with π/2 in three parts: x less n
/// times the first is exact, because it is below 1 and a multiple of the last place of a number
/// from ½ on; the other two give r, and what its rounding loses. For larger x see [HugeAngle].
final class FloatSine {
  /// The largest |x| that the vector form is right for.
  static final float RANGE = 0x1p16f;

  /// How far the sine goes element by element before vectors are tried again.
  private static final int STRETCH = 4 * LANES;

  private static final float INTEGER = 0x1.8p23f;
  private static final float TWO_OVER_PI = 0x1.45f306p-1f;
  private static final float HALF_PI_1 = 0x1.921fb6p0f;
  private static final float HALF_PI_2 = -0x1.777a5cp-25f;
  private static final float HALF_PI_3 = -0x1.ee59dap-50f;
  private static final int TOP_BIT = 31;
  private static final int ONE_BITS = 0x3f800000;

  /// `(sin r/r − 1)/r²` by powers of r² for |r| ≤ π/4, so well that the sine has a relative error
  /// of 2⁻²⁸·⁰.
  private static final float S0 = -0.16666667f;
  private static final float S1 = 0.008333329f;
  private static final float S2 = -0.00019839304f;
  private static final float S3 = 2.7180465e-06f;

  /// `(cos r − 1 + r²/2)/r⁴` by powers of r² for |r| ≤ π/4, so well that the cosine has a relative
  /// error of 2⁻³²·⁸.
  private static final float C0 = 0.041666646f;
  private static final float C1 = -0.001388731f;
  private static final float C2 = 2.4432413e-05f;

  private FloatSine() {}

  /// `sin x`; beyond [#RANGE] element by element.
  static void sin(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    while (i < n) {
      i = sinWhileInRange(i, n, x, xOffset, y, yOffset);
      for (int end = Math.min(n, i + STRETCH); i < end; i++) {
        y[yOffset + i] = sin(x[xOffset + i]);
      }
    }
  }

  /// The last bit of n says whether `sin x` is the cosine of r, the one before whether it is
  /// negative.
  private static int sinWhileInRange(
      int from, int to, float[] x, int xOffset, float[] y, int yOffset) {
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      FloatVector v = fromArray(SPECIES, x, xOffset + i);
      if (!v.abs().compare(LE, RANGE).allTrue()) {
        break;
      }
      FloatVector integer = v.fma(broadcast(SPECIES, TWO_OVER_PI), broadcast(SPECIES, INTEGER));
      FloatVector whole = integer.sub(INTEGER);
      FloatVector first = whole.fma(broadcast(SPECIES, -HALF_PI_1), v);
      FloatVector second = whole.mul(HALF_PI_2);
      FloatVector r = first.sub(second);
      FloatVector back = r.sub(first);
      FloatVector lost = first.sub(r.sub(back)).sub(second.add(back));
      FloatVector beyond = whole.fma(broadcast(SPECIES, HALF_PI_2), second.neg());
      FloatVector low = whole.fma(broadcast(SPECIES, -HALF_PI_3), lost.sub(beyond));
      FloatVector z = r.mul(r);
      FloatVector s = broadcast(SPECIES, S3).fma(z, broadcast(SPECIES, S2));
      s = s.fma(z, broadcast(SPECIES, S1));
      s = s.fma(z, broadcast(SPECIES, S0));
      FloatVector rest = low.fma(z.mul(-0.5f), low);
      s = r.mul(z).fma(s, rest).add(r);
      IntVector signOfR = r.reinterpretAsInts().and(Integer.MIN_VALUE);
      FloatVector sine = s.reinterpretAsInts().or(signOfR).reinterpretAsFloats();
      FloatVector c = broadcast(SPECIES, C2).fma(z, broadcast(SPECIES, C1));
      c = c.fma(z, broadcast(SPECIES, C0));
      FloatVector half = z.mul(0.5f);
      FloatVector main = broadcast(SPECIES, 1).sub(half);
      FloatVector mainLost = broadcast(SPECIES, 1).sub(main).sub(half);
      FloatVector cosine = z.mul(z).fma(c, r.neg().fma(low, mainLost)).add(main);
      IntVector bits = integer.reinterpretAsInts();
      FloatVector parity = bits.lanewise(LSHL, TOP_BIT).or(ONE_BITS).reinterpretAsFloats();
      IntVector sign = bits.and(2).lanewise(LSHL, TOP_BIT - 1);
      sine.blend(cosine, parity.compare(LT, 0))
          .reinterpretAsInts()
          .lanewise(XOR, sign)
          .reinterpretAsFloats()
          .intoArray(y, yOffset + i);
    }
    return i;
  }

  /// `sin x` for every x.
  static float sin(float x) {
    if (!(Math.abs(x) <= RANGE)) {
      return (float) HugeAngle.sin(x);
    }
    float integer = Math.fma(x, TWO_OVER_PI, INTEGER);
    float n = integer - INTEGER;
    float first = Math.fma(n, -HALF_PI_1, x);
    float second = n * HALF_PI_2;
    float r = first - second;
    float back = r - first;
    float lost = first - (r - back) - (second + back);
    float beyond = Math.fma(n, HALF_PI_2, -second);
    float low = Math.fma(n, -HALF_PI_3, lost - beyond);
    return quadrant(Float.floatToRawIntBits(integer), r, low);
  }

  /// `sin(n·π/2 + r + low)`, of n the last two bits.
  static float quadrant(int n, float r, float low) {
    float y = (n & 1) == 0 ? sine(r, low) : cosine(r, low);
    return (n & 2) == 0 ? y : -y;
  }

  private static float sine(float r, float low) {
    float z = r * r;
    float p = Math.fma(S3, z, S2);
    p = Math.fma(p, z, S1);
    p = Math.fma(p, z, S0);
    float rest = Math.fma(low, z * -0.5f, low);
    return Math.copySign(Math.fma(r * z, p, rest) + r, r);
  }

  private static float cosine(float r, float low) {
    float z = r * r;
    float p = Math.fma(C2, z, C1);
    p = Math.fma(p, z, C0);
    float half = z * 0.5f;
    float main = 1 - half;
    float lost = 1 - main - half;
    return Math.fma(z * z, p, Math.fma(-r, low, lost)) + main;
  }
}
