package dev.lanewise.gradcheck;

import dev.lanewise.gradcheck.numeric.Estimate;

/// A derivative that backward claims, along a coordinate or a direction, and what decides whether a
/// numeric one bears it out.
///
/// @param value a
/// @param noise a bound on the round-off of a
/// @param scale the step along the line that about changes the contracted output by its own size
/// @param natural the size of what is differentiated
/// @param largest the largest derivative of the same kind, with which small ones are compared
record Claim(double value, double noise, double scale, double natural, double largest) {
  /// Half-widths apart that still count as agreement: the largest distance of the truth that was
  /// seen is 1.01.
  static final double SAFETY = 1.5;

  /// Of the size of what is differentiated: a derivative that cannot change it by more is no bug.
  private static final double NEGLIGIBLE = 1e-10;

  private static final double QUICK_PRECISION = 1e-8;
  private static final double PRECISION = 1e-6;
  private static final double SMALL = 1e-3;

  /// Whether the two agree, and how well: PASS, KINK or WEAK, else FAIL.
  Verdict against(Estimate n) {
    if (Double.isNaN(n.value())) {
      return Verdict.WEAK;
    }
    if (!Double.isFinite(value)) {
      return Verdict.FAIL;
    }
    double apart = Math.abs(value - n.value()) / (n.width() + noise);
    boolean agree = apart <= SAFETY || value == n.value();
    double least = Math.max(Math.abs(value), Math.abs(n.value()) - n.width());
    if (!agree && least * scale > NEGLIGIBLE * natural) {
      return Verdict.FAIL;
    }
    if (n.width() <= PRECISION * reference()) {
      return Verdict.PASS;
    }
    return apart <= 1 && n.atKink() ? Verdict.KINK : Verdict.WEAK;
  }

  /// Whether a quick estimate is so close and so sharp that no better one is needed.
  boolean settledBy(Estimate quick) {
    if (value == 0 && quick.value() == 0 && quick.jump() == 0) {
      return true;
    }
    return Math.abs(value - quick.value()) <= quick.width() + noise
        && quick.width() <= QUICK_PRECISION * reference();
  }

  private double reference() {
    return Math.max(Math.abs(value), SMALL * largest);
  }
}
