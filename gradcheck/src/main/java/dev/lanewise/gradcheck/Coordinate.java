package dev.lanewise.gradcheck;

import dev.lanewise.gradcheck.problem.Variable;
import java.util.Locale;

/// One coordinate of a check: an element of an input or of a parameter, with the two values of its
/// derivative.
///
/// @param variable the input or parameter
/// @param position the element's position in it, row-major
/// @param x the element's value
/// @param analytic the derivative by backward, `a`
/// @param numeric the derivative by differences, `n`
/// @param width `w`: the truth lies within `n ± w`
/// @param step the step of the differences that were kept
/// @param verdict what was found
public record Coordinate(
    Variable variable,
    int position,
    double x,
    double analytic,
    double numeric,
    double width,
    double step,
    Verdict verdict) {
  /// `|a − n|/(|a| + |n|)`, with 0/0 = 0.
  ///
  /// @return the relative error, from 0 to 1; NaN if a value is not finite
  public double relativeError() {
    return relativeError(analytic, numeric);
  }

  /// The relative error of two numbers, `|a − n|/(|a| + |n|)`, with 0/0 = 0.
  ///
  /// @param a one number
  /// @param n the other
  /// @return the error, from 0 to 1; NaN if a number is not finite
  public static double relativeError(double a, double n) {
    if (!Double.isFinite(a) || !Double.isFinite(n)) {
      return Double.NaN;
    }
    // Halved, so that neither the difference nor the sum can overflow.
    return a == n ? 0 : Math.abs(a / 2 - n / 2) / (Math.abs(a / 2) + Math.abs(n / 2));
  }

  /// `|a − n|/w`: how many half-widths the two are apart.
  ///
  /// @return the distance; NaN if 0/0
  public double distance() {
    return Math.abs(analytic - numeric) / width;
  }

  /// The path with the index, `weight[2,3]`.
  ///
  /// @return the place
  public String place() {
    return variable.place(position);
  }

  /// One line with everything: place, value, the two derivatives, their ratio and distance, the
  /// step.
  ///
  /// @return the line
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s at x = %s: analytic %s, numeric %s ± %.1e, ratio %.9g, %.3g half-widths apart, relative"
            + " error %.2e, step %.1e: %s",
        place(),
        x,
        analytic,
        numeric,
        width,
        analytic / numeric,
        distance(),
        relativeError(),
        step,
        verdict);
  }
}
