package dev.lanewise.gradcheck;

/// What a check found.
public enum Verdict {
  /// No coordinate disagrees, and at least one was confirmed.
  PASS,
  /// At least one coordinate disagrees.
  FAIL,
  /// No coordinate disagrees, but all lie below the resolution: nothing was shown.
  VACUOUS
}
