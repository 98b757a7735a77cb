package dev.lanewise.gradcheck.problem;

import dev.lanewise.gradcheck.numeric.Differentiator;
import dev.lanewise.gradcheck.numeric.Estimate;
import dev.lanewise.gradcheck.numeric.Origin;

/// The gradient by differences at every coordinate of every variable, with its error. Thorough and
/// slow: a ladder for each coordinate.
///
/// @param value n of each coordinate, one array for each variable
/// @param width w of each coordinate: the truth lies within n ± w
public record NumericGradient(double[][] value, double[][] width) {
  /// Differentiates `⟨u, y⟩` at the evaluator's current values.
  ///
  /// @param evaluator the function; unchanged afterwards
  /// @param upstream u, as long as the output
  /// @return the gradient
  public static NumericGradient of(Evaluator evaluator, double[] upstream) {
    double[][] point = evaluator.values();
    Origin origin = Origin.of(evaluator.evaluate(), upstream, largest(point));
    double[][] value = new double[point.length][];
    double[][] width = new double[point.length][];
    for (int t = 0; t < point.length; t++) {
      value[t] = new double[point[t].length];
      width[t] = new double[point[t].length];
      double rms = Origin.rms(point[t]);
      for (int i = 0; i < point[t].length; i++) {
        CoordinateLine line = CoordinateLine.of(evaluator, t, i);
        double scale = Math.max(Math.abs(point[t][i]), rms);
        Estimate estimate =
            Differentiator.thorough(line, origin, Math.scalb(1.0, Math.getExponent(scale)));
        line.restore();
        value[t][i] = estimate.value();
        width[t][i] = estimate.width();
      }
    }
    return new NumericGradient(value, width);
  }

  /// The largest magnitude at a point.
  ///
  /// @param point the elements of each variable
  /// @return the largest |x|
  public static double largest(double[][] point) {
    double largest = 0;
    for (double[] values : point) {
      for (double x : values) {
        largest = Math.max(largest, Math.abs(x));
      }
    }
    return largest;
  }
}
