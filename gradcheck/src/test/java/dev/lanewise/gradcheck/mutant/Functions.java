package dev.lanewise.gradcheck.mutant;

/// Functions of one number, exact to rounding also where they saturate.
final class Functions {
  private Functions() {}

  static double sigmoid(double x) {
    double e = Math.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
  }

  static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  static double silu(double x) {
    return x * sigmoid(x);
  }

  static double siluSlope(double x) {
    return sigmoid(x) * (1 + x * sigmoid(-x));
  }

  /// The distribution function of the normal distribution: the series of all positive terms near
  /// zero, the continued fraction in the tails (Abramowitz and Stegun, 26.2.11 and 26.2.14).
  static double normalCdf(double x) {
    double z = Math.abs(x);
    if (z < 1.5) {
      double term = z;
      double sum = z;
      for (int k = 1; k < 60; k++) {
        term *= z * z / (2 * k + 1);
        sum += term;
      }
      return 0.5 + Math.copySign(normalDensity(x) * sum, x);
    }
    double fraction = z;
    for (int k = 150; k > 0; k--) {
      fraction = z + k / fraction;
    }
    double tail = normalDensity(x) / fraction;
    return x > 0 ? 1 - tail : tail;
  }

  static double normalDensity(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  static double largest(double[] x, int from, int to) {
    double max = x[from];
    for (int i = from + 1; i < to; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }

  /// The position of the first largest element.
  static int firstLargest(double[] x, int from, int to) {
    int best = from;
    for (int i = from + 1; i < to; i++) {
      if (x[i] > x[best]) {
        best = i;
      }
    }
    return best;
  }

  /// The softmax of a row.
  static double[] softmax(double[] x, int from, int to) {
    double max = largest(x, from, to);
    double[] p = new double[to - from];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(x[from + i] - max);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  /// `log Σ exp(x − max)` of a row: exact also where one element outweighs the others.
  static double logSum(double[] x, int from, int to) {
    int best = firstLargest(x, from, to);
    double others = 0;
    for (int i = from; i < to; i++) {
      others += i == best ? 0 : Math.exp(x[i] - x[best]);
    }
    return Math.log1p(others);
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
