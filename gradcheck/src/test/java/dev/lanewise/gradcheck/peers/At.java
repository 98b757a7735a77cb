package dev.lanewise.gradcheck.peers;

import dev.lanewise.gradcheck.problem.Evaluator;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Differences and products at one point, in plain loops.
///
/// @param evaluator the function
/// @param point its variables
record At(Evaluator evaluator, double[][] point) {
  static At of(Evaluator evaluator) {
    return new At(evaluator, evaluator.values());
  }

  int outputs() {
    return evaluator.outputShape().size();
  }

  /// `(y(x + h d) − y(x − h d)) / 2h`.
  double[] difference(double[][] d, double h) {
    double[] above = moved(d, h);
    double[] below = moved(d, -h);
    evaluator.moveTo(point);
    double[] difference = new double[above.length];
    Arrays.setAll(difference, j -> (above[j] - below[j]) / (2 * h));
    return difference;
  }

  private double[] moved(double[][] d, double h) {
    double[][] moved = new double[point.length][];
    for (int t = 0; t < moved.length; t++) {
      double[] x = point[t];
      double[] along = d[t];
      moved[t] = new double[x.length];
      Arrays.setAll(moved[t], i -> x[i] + h * along[i]);
    }
    evaluator.moveTo(moved);
    return evaluator.evaluate();
  }

  /// All zeros, of the shape of the variables.
  double[][] zeros() {
    double[][] zeros = new double[point.length][];
    Arrays.setAll(zeros, t -> new double[point[t].length]);
    return zeros;
  }

  /// The direction of one coordinate.
  double[][] unit(int variable, int position) {
    double[][] unit = zeros();
    unit[variable][position] = 1;
    return unit;
  }

  /// A normal direction through all variables.
  double[][] normal(RandomGenerator draws) {
    double[][] d = zeros();
    for (double[] part : d) {
      Arrays.setAll(part, i -> draws.nextGaussian());
    }
    return d;
  }

  static double[] normal(RandomGenerator draws, int size) {
    double[] v = new double[size];
    Arrays.setAll(v, i -> draws.nextGaussian());
    return v;
  }

  /// Uniform from 0 to 1, divided by the norm: all signs positive.
  static double[] positive(RandomGenerator draws, int size) {
    double[] v = new double[size];
    Arrays.setAll(v, i -> draws.nextDouble());
    double norm = Math.sqrt(product(v, v));
    Arrays.setAll(v, i -> v[i] / norm);
    return v;
  }

  static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  static double product(double[][] a, double[][] b) {
    double sum = 0;
    for (int t = 0; t < a.length; t++) {
      sum += product(a[t], b[t]);
    }
    return sum;
  }

  static double sum(double[] a) {
    return Arrays.stream(a).sum();
  }
}
