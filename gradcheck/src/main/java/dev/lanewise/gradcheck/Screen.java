package dev.lanewise.gradcheck;

import java.util.Locale;

/// A check along one direction: the analytic derivative `Σ aᵢdᵢ` against differences.
///
/// @param name which direction, `all variables, random 1` or `x, all ones`
/// @param analytic `Σ aᵢdᵢ`
/// @param numeric n
/// @param width w: the truth lies within n ± w
/// @param verdict what was found
public record Screen(String name, double analytic, double numeric, double width, Verdict verdict) {
  /// A miss that is no larger is believed only if coordinates miss as well.
  private static final double SOFT = 1e-6;

  static Screen of(String name, Claim claim, Judgement found) {
    return new Screen(
        name,
        claim.value(),
        found.numeric().value(),
        found.numeric().width() + claim.noise(),
        found.verdict());
  }

  /// The same direction with another verdict.
  Screen with(Verdict other) {
    return new Screen(name, analytic, numeric, width, other);
  }

  /// Whether the two differ so little that coordinates must confirm it.
  boolean soft() {
    return Coordinate.relativeError(analytic, numeric) <= SOFT;
  }

  /// Whether the two differ by more than the numeric one's error, though this is no verdict.
  boolean doubtful() {
    return verdict == Verdict.WEAK && Math.abs(analytic - numeric) > Claim.SAFETY * width;
  }

  /// Whether the two disagree.
  ///
  /// @return whether it failed
  public boolean failed() {
    return verdict == Verdict.FAIL;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "along %s: analytic %s, numeric %s ± %.1e: %s",
        name,
        analytic,
        numeric,
        width,
        verdict);
  }
}
