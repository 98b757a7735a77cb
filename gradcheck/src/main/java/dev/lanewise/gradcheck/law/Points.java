package dev.lanewise.gradcheck.law;

/// Arithmetic of points: elements of several variables.
final class Points {
  private Points() {}

  /// `x + t·d`.
  static double[][] along(double[][] x, double[][] d, double t) {
    double[][] place = new double[x.length][];
    for (int v = 0; v < x.length; v++) {
      place[v] = new double[x[v].length];
      for (int i = 0; i < x[v].length; i++) {
        place[v][i] = x[v][i] + t * d[v][i];
      }
    }
    return place;
  }

  /// `Σ aᵢbᵢ`.
  static double dot(double[][] a, double[][] b) {
    double sum = 0;
    for (int v = 0; v < a.length; v++) {
      for (int i = 0; i < a[v].length; i++) {
        sum += a[v][i] * b[v][i];
      }
    }
    return sum;
  }
}
