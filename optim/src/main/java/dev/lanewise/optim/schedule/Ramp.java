package dev.lanewise.optim.schedule;

/// How far a schedule with an end has come.
final class Ramp {
  private Ramp() {}

  /// `t / steps`, from 0 at the first step to 1 when all are done, and 1 from there on.
  static double progress(long step, long steps) {
    long done = step - 1;
    return done >= steps ? 1 : (double) done / steps;
  }

  /// `from + share·(to − from)`, with both ends to the bit.
  static double between(double from, double to, double share) {
    return share <= 0 ? from : share >= 1 ? to : from + share * (to - from);
  }

  /// `½·(1 − cos(π·progress))`: from 0 to 1, flat at both ends.
  static double cosine(double progress) {
    return progress >= 1 ? 1 : 0.5 * (1 - StrictMath.cos(Math.PI * progress));
  }
}
