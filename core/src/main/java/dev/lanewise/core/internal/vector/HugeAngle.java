package dev.lanewise.core.internal.vector;

/// The sine of numbers that are too large for a few parts of π/2, by the method of M. H. Payne and
/// R. N. Hanek, "Radian reduction for trigonometric functions", ACM SIGNUM Newsletter 18 (1983).
///
/// With `x = m·2ᵉ`, m an integer of 53 bits, `x·2/π` is needed modulo 4 only. So of 2/π one takes
/// those 192 bits which m·2ᵉ brings to the place from 2¹ downwards: what is above gives multiples
/// of 4, and what is below is smaller than 2⁻¹³⁶, while no double is nearer than 2⁻⁶² to a multiple
/// of π/2.
final class HugeAngle {
  /// 2/π as a binary fraction, after 64 zeros that make room for the shift of small e.
  private static final long[] TWO_OVER_PI = {
    0x0000000000000000L, 0xa2f9836e4e441529L, 0xfc2757d1f534ddc0L, 0xdb6295993c439041L,
    0xfe5163abdebbc561L, 0xb7246e3a424dd2e0L, 0x06492eea09d1921cL, 0xfe1deb1cb129a73eL,
    0xe88235f52ebb4484L, 0xe99c7026b45f7e41L, 0x3991d639835339f4L, 0x9c845f8bbdf9283bL,
    0x1ff897ffde05980fL, 0xef2f118b5a0a6d1fL, 0x6d367ecf27cb09b7L, 0x4f463f669e5fea2dL,
    0x7527bac7ebe5f17bL, 0x3d0739f78a5292eaL, 0x6bfb5fb11f8d5d08L, 0x56033046fc7b6babL
  };

  private static final double HALF_PI_1 = 0x1.921fb54442d18p0;
  private static final double HALF_PI_2 = 0x1.1a62633145c07p-54;
  private static final int FRACTION_BITS = 52;

  private HugeAngle() {}

  /// `sin x` for |x| > 1; NaN if x is not finite.
  static double sin(double x) {
    if (!Double.isFinite(x)) {
      return Double.NaN;
    }
    int e = Math.getExponent(x) - FRACTION_BITS;
    long m = (Double.doubleToRawLongBits(x) & ((1L << FRACTION_BITS) - 1)) | 1L << FRACTION_BITS;
    int position = 64 + e - 2;
    long high = word(position);
    long middle = word(position + 64);
    long low = word(position + 128);
    long p0 = low * m;
    long carry0 = Math.unsignedMultiplyHigh(low, m);
    long p1 = middle * m + carry0;
    long carry1 = Long.compareUnsigned(p1, carry0) < 0 ? 1 : 0;
    long p2 = high * m + Math.unsignedMultiplyHigh(middle, m) + carry1;
    // The first two bits are the quadrant; the rest is the fraction of it, to the nearest side.
    int quadrant = (int) (p2 >>> 62);
    long f2 = p2 << 2 | p1 >>> 62;
    long f1 = p1 << 2 | p0 >>> 62;
    boolean negative = f2 < 0;
    if (negative) {
      quadrant++;
      f1 = -f1;
      f2 = f1 == 0 ? -f2 : ~f2;
    }
    double upper = (double) (f2 >>> 11) * 0x1p-53;
    double lower = (double) ((f2 & 0x7ff) << 42 | f1 >>> 22) * 0x1p-106;
    double fraction = upper + lower;
    double rest = upper - fraction + lower;
    double r = fraction * HALF_PI_1;
    double lost = Math.fma(fraction, HALF_PI_1, -r);
    double tail = Math.fma(fraction, HALF_PI_2, Math.fma(rest, HALF_PI_1, lost));
    double y = DoubleSine.quadrant(quadrant, negative ? -r : r, negative ? -tail : tail);
    return x < 0 ? -y : y;
  }

  /// The 64 bits of the table from a position on.
  private static long word(int position) {
    int index = position >> 6;
    int shift = position & 63;
    long first = TWO_OVER_PI[index] << shift;
    return shift == 0 ? first : first | TWO_OVER_PI[index + 1] >>> (64 - shift);
  }
}
