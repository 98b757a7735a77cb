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
