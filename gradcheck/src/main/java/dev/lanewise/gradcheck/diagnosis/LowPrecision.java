package dev.lanewise.gradcheck.diagnosis;

import java.util.Optional;

/// The low bits of all mantissas are zero, as they are in numbers that once were float32 or
/// bfloat16.
final class LowPrecision implements Hypothesis {
  @Override
  public Optional<Diagnosis> explain(Clues clues) {
    int bits = 0;
    int telling = 0;
    double worst = 0;
    for (int i = 0; i < clues.size(); i++) {
      double a = clues.a()[i];
      if (a != 0) {
        bits = Math.max(bits, significantBits(a));
        telling++;
        worst = Math.max(worst, Math.abs(a - clues.n()[i]));
      }
    }
    // Round numbers have few bits as well, but are not off by as little as rounding makes.
    if (telling < 2 || bits > 24 || worst > clues.largest() * Math.scalb(4.0, -bits)) {
      return Optional.empty();
    }
    String format = bits <= 8 ? "bfloat16" : bits <= 11 ? "float16" : "float32";
    return Hypothesis.found(
        Cause.LOW_PRECISION,
        "the gradient of "
            + clues.path()
            + " has only "
            + bits
            + " significant bits: it was computed in, or rounded to, "
            + format);
  }

  static int significantBits(double a) {
    long mantissa = Double.doubleToRawLongBits(a) & 0xF_FFFF_FFFF_FFFFL;
    return mantissa == 0 ? 1 : 53 - Long.numberOfTrailingZeros(mantissa);
  }
}
