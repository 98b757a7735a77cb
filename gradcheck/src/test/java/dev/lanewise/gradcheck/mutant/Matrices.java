package dev.lanewise.gradcheck.mutant;

/// Products of small matrices in row-major order.
final class Matrices {
  private Matrices() {}

  /// `A·B`, where A has the given number of columns.
  static double[] product(double[] a, double[] b, int inner) {
    int rows = a.length / inner;
    int columns = b.length / inner;
    double[] c = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < inner; k++) {
        for (int j = 0; j < columns; j++) {
          c[i * columns + j] += a[i * inner + k] * b[k * columns + j];
        }
      }
    }
    return c;
  }

  /// `Aᵀ`, where A has the given number of columns.
  static double[] transposed(double[] a, int columns) {
    int rows = a.length / columns;
    double[] t = new double[a.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        t[j * rows + i] = a[i * columns + j];
      }
    }
    return t;
  }

  /// The sum of the rows of A, which has the given number of columns.
  static double[] columnSums(double[] a, int columns) {
    double[] sums = new double[columns];
    for (int i = 0; i < a.length; i++) {
      sums[i % columns] += a[i];
    }
    return sums;
  }

  /// `a ← a + factor·b`.
  static void add(double factor, double[] b, double[] a) {
    for (int i = 0; i < a.length; i++) {
      a[i] += factor * b[i];
    }
  }
}
