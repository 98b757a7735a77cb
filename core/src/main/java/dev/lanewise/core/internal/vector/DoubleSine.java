package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.DoubleLanes.LANES;
import static dev.lanewise.core.internal.vector.DoubleLanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/// The sine, over arrays and of a single element, in the same operations.
///
/// `x = n·π/2 + r` by the method of W. J. Cody and W. Waite, with π/2 in three parts: x less n
/// times the first is exact, because it is below 1 and a multiple of the last place of a number
/// from ½ on; the other two give r, and what its rounding loses. For larger x see [HugeAngle].
final class DoubleSine {
  /// The largest |x| that the vector form is right for.
  static final double RANGE = 0x1p28;

  /// How far the sine goes element by element before vectors are tried again.
  private static final int STRETCH = 4 * LANES;

  private static final double INTEGER = 0x1.8p52;
  private static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;
  private static final double HALF_PI_1 = 0x1.921fb54442d18p0;
  private static final double HALF_PI_2 = 0x1.1a62633145c07p-54;
  private static final double HALF_PI_3 = -0x1.f1976b7ed8fbcp-110;
  private static final int TOP_BIT = 63;
  private static final long ONE_BITS = 0x3ff0000000000000L;

  /// `(sin r/r − 1)/r²` by powers of r² for |r| ≤ π/4, so well that the sine has a relative error
  /// of 2⁻⁵⁶·⁸.
  private static final double S0 = -0.1666666666666663;
  private static final double S1 = 0.008333333333322005;
  private static final double S2 = -0.00019841269829495484;
  private static final double S3 = 2.7557313587616937e-06;
  private static final double S4 = -2.5050742307618743e-08;
  private static final double S5 = 1.5895904727096895e-10;

  /// `(cos r − 1 + r²/2)/r⁴` by powers of r² for |r| ≤ π/4, so well that the cosine has a relative
  /// error of 2⁻⁵⁹·².
  private static final double C0 = 0.041666666666666595;
  private static final double C1 = -0.0013888888888872895;
  private static final double C2 = 2.4801587288748176e-05;
  private static final double C3 = -2.755731414862008e-07;
  private static final double C4 = 2.087569657213667e-09;
  private static final double C5 = -1.1358310467761444e-11;

  private DoubleSine() {}

  /// `sin x`; beyond [#RANGE] element by element.
  static void sin(int n, double[] x, int xOffset, double[] y, int yOffset) {
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
      int from, int to, double[] x, int xOffset, double[] y, int yOffset) {
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      DoubleVector v = fromArray(SPECIES, x, xOffset + i);
      if (!v.abs().compare(LE, RANGE).allTrue()) {
        break;
      }
      DoubleVector integer = v.fma(broadcast(SPECIES, TWO_OVER_PI), broadcast(SPECIES, INTEGER));
      DoubleVector whole = integer.sub(INTEGER);
      DoubleVector first = whole.fma(broadcast(SPECIES, -HALF_PI_1), v);
      DoubleVector second = whole.mul(HALF_PI_2);
      DoubleVector r = first.sub(second);
      DoubleVector back = r.sub(first);
      DoubleVector lost = first.sub(r.sub(back)).sub(second.add(back));
      DoubleVector beyond = whole.fma(broadcast(SPECIES, HALF_PI_2), second.neg());
      DoubleVector low = whole.fma(broadcast(SPECIES, -HALF_PI_3), lost.sub(beyond));
      DoubleVector z = r.mul(r);
      DoubleVector s = broadcast(SPECIES, S5).fma(z, broadcast(SPECIES, S4));
      s = s.fma(z, broadcast(SPECIES, S3));
      s = s.fma(z, broadcast(SPECIES, S2));
      s = s.fma(z, broadcast(SPECIES, S1));
      s = s.fma(z, broadcast(SPECIES, S0));
      DoubleVector rest = low.fma(z.mul(-0.5), low);
      s = r.mul(z).fma(s, rest).add(r);
      LongVector signOfR = r.reinterpretAsLongs().and(Long.MIN_VALUE);
      DoubleVector sine = s.reinterpretAsLongs().or(signOfR).reinterpretAsDoubles();
      DoubleVector c = broadcast(SPECIES, C5).fma(z, broadcast(SPECIES, C4));
      c = c.fma(z, broadcast(SPECIES, C3));
      c = c.fma(z, broadcast(SPECIES, C2));
      c = c.fma(z, broadcast(SPECIES, C1));
      c = c.fma(z, broadcast(SPECIES, C0));
      DoubleVector half = z.mul(0.5);
      DoubleVector main = broadcast(SPECIES, 1).sub(half);
      DoubleVector mainLost = broadcast(SPECIES, 1).sub(main).sub(half);
      DoubleVector cosine = z.mul(z).fma(c, r.neg().fma(low, mainLost)).add(main);
      LongVector bits = integer.reinterpretAsLongs();
      DoubleVector parity = bits.lanewise(LSHL, TOP_BIT).or(ONE_BITS).reinterpretAsDoubles();
      LongVector sign = bits.and(2).lanewise(LSHL, TOP_BIT - 1);
      sine.blend(cosine, parity.compare(LT, 0))
          .reinterpretAsLongs()
          .lanewise(XOR, sign)
          .reinterpretAsDoubles()
          .intoArray(y, yOffset + i);
    }
    return i;
  }

  /// `sin x` for every x.
  static double sin(double x) {
    if (!(Math.abs(x) <= RANGE)) {
      return HugeAngle.sin(x);
    }
    double integer = Math.fma(x, TWO_OVER_PI, INTEGER);
    double n = integer - INTEGER;
    double first = Math.fma(n, -HALF_PI_1, x);
    double second = n * HALF_PI_2;
    double r = first - second;
    double back = r - first;
    double lost = first - (r - back) - (second + back);
    double beyond = Math.fma(n, HALF_PI_2, -second);
    double low = Math.fma(n, -HALF_PI_3, lost - beyond);
    return quadrant((int) Double.doubleToRawLongBits(integer), r, low);
  }

  /// `sin(n·π/2 + r + low)`, of n the last two bits.
  static double quadrant(int n, double r, double low) {
    double y = (n & 1) == 0 ? sine(r, low) : cosine(r, low);
    return (n & 2) == 0 ? y : -y;
  }

  private static double sine(double r, double low) {
    double z = r * r;
    double p = Math.fma(S5, z, S4);
    p = Math.fma(p, z, S3);
    p = Math.fma(p, z, S2);
    p = Math.fma(p, z, S1);
    p = Math.fma(p, z, S0);
    double rest = Math.fma(low, z * -0.5, low);
    return Math.copySign(Math.fma(r * z, p, rest) + r, r);
  }

  private static double cosine(double r, double low) {
    double z = r * r;
    double p = Math.fma(C5, z, C4);
    p = Math.fma(p, z, C3);
    p = Math.fma(p, z, C2);
    p = Math.fma(p, z, C1);
    p = Math.fma(p, z, C0);
    double half = z * 0.5;
    double main = 1 - half;
    double lost = 1 - main - half;
    return Math.fma(z * z, p, Math.fma(-r, low, lost)) + main;
  }
}
