package dev.lanewise.gradcheck;

/// The step of each coordinate that about changes the contracted output by its own size. It finds
/// scalings of 10⁻⁸ to 10⁸ by itself; where the gradient is wrong the ladder repairs the guess.
final class Scales {
  private Scales() {}

  /// `min(max(|xᵢ|, rms or 1), natural/|aᵢ|)`, at least `|xᵢ|/64`, rounded down to a power of two
  /// so that `x ± h` is exact for most x.
  static double of(double x, double a, double rms, double natural) {
    double scale = Math.min(Math.max(Math.abs(x), rms), natural / Math.abs(a));
    double least = x == 0 ? 0x1p-20 * rms : Math.abs(x) / 64;
    return powerOfTwo(Math.max(Double.isNaN(scale) ? 1 : scale, least));
  }

  static double powerOfTwo(double x) {
    return Math.scalb(1.0, Math.max(Math.getExponent(x), -900));
  }
}
