package dev.lanewise.gradcheck;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// How good a numeric derivative is at which step: the two curves of the V-shaped plot.
///
/// From large steps to small ones the error first falls with the truncation, `h` for the one-sided
/// and `h²` for the two-sided difference, and then rises with the round-off, `ε|f|/h` for both.
public final class StepStudy {
  private StepStudy() {}

  /// The relative errors at one step, as [Coordinate#relativeError(double, double)] has them.
  ///
  /// @param step the step `h` asked for; differences divide by the step really taken
  /// @param oneSidedError the error of `(f(x + h) − f(x))/h`
  /// @param twoSidedError the error of `(f(x + h) − f(x − h))/2h`
  public record Point(double step, double oneSidedError, double twoSidedError) {}

  /// Measures the errors at many steps.
  ///
  /// @param f the function
  /// @param x where it is differentiated
  /// @param derivative the true derivative there
  /// @param steps the steps, see [#steps]
  /// @return one point for each step, in the same order
  /// @throws IllegalArgumentException if a step is not positive, or too small to change x
  public static List<Point> of(
      DoubleUnaryOperator f, double x, double derivative, List<Double> steps) {
    List<Point> points = new ArrayList<>(steps.size());
    double middle = f.applyAsDouble(x);
    for (double h : steps) {
      double above = x + h;
      double below = x - h;
      if (!(below < x && x < above)) {
        throw new IllegalArgumentException(
            "The step " + h + " is not positive, or too small to change " + x + ".");
      }
      double upper = f.applyAsDouble(above);
      double oneSided = (upper - middle) / (above - x);
      double twoSided = (upper - f.applyAsDouble(below)) / (above - below);
      points.add(
          new Point(
              h,
              Coordinate.relativeError(derivative, oneSided),
              Coordinate.relativeError(derivative, twoSided)));
    }
    return List.copyOf(points);
  }

  /// Steps at equal distances on a logarithmic scale, from 10^from down to 10^to.
  ///
  /// @param from the decimal exponent of the largest step, for example 0
  /// @param to the decimal exponent of the smallest, for example −14
  /// @param perDecade how many steps there are for each power of ten
  /// @return the steps, the largest first, both ends included
  /// @throws IllegalArgumentException unless `to <= from` and `perDecade >= 1`
  public static List<Double> steps(int from, int to, int perDecade) {
    if (to > from || perDecade < 1) {
      throw new IllegalArgumentException(
          "Steps from 10^"
              + from
              + " down to 10^"
              + to
              + ", "
              + perDecade
              + " per decade, are none: expected to <= from and at least 1 per decade.");
    }
    List<Double> steps = new ArrayList<>();
    for (int i = 0; i <= (from - to) * perDecade; i++) {
      steps.add(Math.pow(10, from - (double) i / perDecade));
    }
    return List.copyOf(steps);
  }
}
