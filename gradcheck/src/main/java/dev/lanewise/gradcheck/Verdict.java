package dev.lanewise.gradcheck;

/// What a check found, of one coordinate or of a whole run.
public enum Verdict {
  /// The analytic derivative lies within the numeric one's error, and the error is small.
  PASS,
  /// The point is at a kink, and the analytic derivative lies between the one-sided slopes.
  KINK,
  /// The two agree, but the derivative lies below the resolution of the function: nothing was
  /// shown.
  WEAK,
  /// The two disagree at this exact point, but agree at points near it: several kinks meet here,
  /// and a sum of kinks has no unique derivative by the chain rule.
  CONVENTION,
  /// The two disagree.
  FAIL,
  /// The function is not finite at the point, so there is no derivative to check.
  INVALID,
  /// Of a run: no coordinate disagrees, but too few were confirmed for that to mean anything.
  VACUOUS
}
