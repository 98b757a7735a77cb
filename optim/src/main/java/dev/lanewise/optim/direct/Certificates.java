package dev.lanewise.optim.direct;

import dev.lanewise.data.DataException;

/// Proofs of [Separation], checked on the rows themselves.
final class Certificates {
  /// How much of the rows' size two points may differ by and still count as one.
  private static final double ROUNDING = 1e-8;

  private Certificates() {}

  static Separation plane(Whitened rows, double[] coefficients, Examples.All all) {
    int features = all.features().length / all.targets().length;
    double[] weight = new double[features];
    double[] bias = new double[1];
    rows.toFeatures(coefficients, 0, weight, bias);
    double norm = 0;
    for (double w : weight) {
      norm += w * w;
    }
    double margin = Double.POSITIVE_INFINITY;
    for (int row = 0; row < all.targets().length; row++) {
      double y = bias[0];
      double size = Math.abs(bias[0]);
      for (int i = 0; i < features; i++) {
        double product = all.features()[row * features + i] * weight[i];
        y += product;
        size += Math.abs(product);
      }
      double side = all.targets()[row] == 1 ? y : -y;
      // Sums of m products err by less than m·2⁻⁵²·Σ|products|.
      if (!(side > (features + 2) * Math.ulp(1.0) * size)) {
        throw undecided();
      }
      margin = Math.min(margin, side);
    }
    return new Separation.Separable(DirectSolution.linear(weight, bias), margin / Math.sqrt(norm));
  }

  static Separation common(double[] a, Examples.All all, int features) {
    double[] sums = new double[2];
    for (int row = 0; row < a.length; row++) {
      sums[(int) all.targets()[row]] += a[row];
    }
    double[] weights = new double[a.length];
    double[][] points = new double[2][features];
    double size = 0;
    for (int row = 0; row < a.length; row++) {
      int label = (int) all.targets()[row];
      weights[row] = a[row] / sums[label];
      for (int i = 0; i < features; i++) {
        double x = all.features()[row * features + i];
        points[label][i] += weights[row] * x;
        size = Math.max(size, Math.abs(x));
      }
    }
    double squares = 0;
    for (int i = 0; i < features; i++) {
      squares += (points[0][i] - points[1][i]) * (points[0][i] - points[1][i]);
    }
    double distance = Math.sqrt(squares);
    if (!(distance <= ROUNDING * size)) {
      throw undecided();
    }
    return new Separation.Inseparable(weights, points[0], distance);
  }

  private static DataException undecided() {
    return new DataException(
        "Linear separation: the two classes come so near to each other that rounding hides whether"
            + " a plane separates them.");
  }
}
