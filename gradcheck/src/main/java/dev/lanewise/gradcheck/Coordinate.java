package dev.lanewise.gradcheck;

import java.util.List;

/// One coordinate of a check: an element of an input or of a parameter, with the two values of its
/// derivative.
///
/// @param path the input's name or the parameter's path
/// @param index the element's index, one number for each axis
/// @param x the element's value
/// @param analytic the derivative by backward, `a`
/// @param numeric the central difference, `n`
/// @param step `h`, half the distance of the two points that were really evaluated
/// @param resolution the round-off to be expected in `n`:
///     `8·2⁻⁵³·Σⱼ |uⱼ|·max(|yⱼ(x + h)|, |yⱼ(x − h)|)/h` over the outputs that changed
public record Coordinate(
    String path,
    List<Integer> index,
    double x,
    double analytic,
    double numeric,
    double step,
    double resolution) {
  /// A coordinate.
  ///
  /// @param path the input's name or the parameter's path
  /// @param index the element's index; copied
  /// @param x the element's value
  /// @param analytic the derivative by backward
  /// @param numeric the central difference
  /// @param step the step
  /// @param resolution the round-off to be expected
  public Coordinate {
    index = List.copyOf(index);
  }

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

  /// Whether the relative error is at most [GradientChecker#LIMIT].
  ///
  /// @return whether the two values agree; false if one is not finite
  public boolean agrees() {
    return relativeError() <= GradientChecker.LIMIT;
  }

  /// Whether the two values differ by more than the limit, but by no more than round-off explains:
  /// the coordinate is neither confirmed nor refuted.
  ///
  /// @return whether it is so
  public boolean belowResolution() {
    return !agrees() && Math.abs(analytic - numeric) <= resolution;
  }

  /// Whether the two values differ by more than the limit and by more than round-off explains, or
  /// one is not finite.
  ///
  /// @return whether the coordinate fails
  public boolean disagrees() {
    return !agrees() && !belowResolution();
  }

  /// The path with the index, `weight[2,3]`.
  ///
  /// @return the place
  public String place() {
    return path + index.toString().replace(" ", "");
  }

  /// One line with everything: place, value, the two derivatives, their error and the step.
  ///
  /// @return the line
  @Override
  public String toString() {
    return place()
        + " = "
        + x
        + ": analytic "
        + analytic
        + ", numeric "
        + numeric
        + ", ratio "
        + analytic / numeric
        + ", relative error "
        + relativeError()
        + " (limit "
        + GradientChecker.LIMIT
        + "), step "
        + step;
  }
}
