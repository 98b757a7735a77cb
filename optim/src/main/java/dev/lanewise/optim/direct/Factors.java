package dev.lanewise.optim.direct;

import dev.lanewise.data.DataException;
import org.ojalgo.matrix.decomposition.SingularValue;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;

/// The singular values of the centred features `X − x̄ = U·Σ·Vᵀ`, and what they
/// say of the centred targets.
///
/// The rows are reduced block by block with Householder's QR: the triangle so far, stacked on the
/// next block, is reduced to a triangle again, so that memory does not grow with the number of rows
/// (the sequential TSQR of J. Demmel, L. Grigori, M. Hoemmen and J. Langou, *Communication-optimal
/// parallel and sequential QR and LU factorizations*, 2012). The normal equations are never formed:
/// they would square the condition number. The triangle of the features is then decomposed.
///
/// @param means of features and targets
/// @param rows the number of rows
/// @param v V, `[features, features]`
/// @param singular the singular values, falling
/// @param rank how many are larger than `max(rows, features)·2⁻⁵²` times the largest
/// @param projected `Uᵀ·(T − t̄)`, `[features, outputs]`
record Factors(
    Examples.Means means,
    int rows,
    MatrixStore<Double> v,
    double[] singular,
    int rank,
    MatrixStore<Double> projected) {

  /// Rows that are reduced at once, few enough to stay in the cache.
  private static final int CHUNK = 128;

  static Factors of(Examples examples) {
    Examples.Means means = examples.means();
    int features = examples.features();
    int outputs = examples.outputs();
    double[][] triangle = triangle(examples, means);
    R064Store left = R064Store.FACTORY.make(features, features);
    R064Store right = R064Store.FACTORY.make(features, outputs);
    for (int row = 0; row < features; row++) {
      for (int column = row; column < features; column++) {
        left.set(row, column, triangle[row][column]);
      }
      for (int output = 0; output < outputs; output++) {
        right.set(row, output, triangle[row][features + output]);
      }
    }
    SingularValue<Double> decomposition = SingularValue.R064.make(left);
    if (!decomposition.decompose(left)) {
      throw new DataException(
          examples.solver() + ": the singular values of the features cannot be computed.");
    }
    double[] singular = new double[features];
    decomposition.getSingularValues(singular);
    double least = Math.max(examples.rows(), features) * Math.ulp(1.0) * singular[0];
    int rank = 0;
    while (rank < features && singular[rank] > least) {
      rank++;
    }
    return new Factors(
        means,
        examples.rows(),
        decomposition.getV(),
        singular,
        rank,
        decomposition.getU().transpose().multiply(right));
  }

  /// What a column of `(X − x̄)·V` is multiplied by to have mean square 1: `√n/σ`.
  double whitening(int column) {
    return Math.sqrt(rows) / singular[column];
  }

  private static double[][] triangle(Examples examples, Examples.Means means) {
    int features = examples.features();
    int width = features + examples.outputs();
    double[][] triangle = new double[width][width];
    examples.forEachBlock(
        (count, x, t) -> {
          for (int from = 0; from < count; from += CHUNK) {
            double[][] rows = new double[Math.min(CHUNK, count - from)][width];
            for (int i = 0; i < rows.length; i++) {
              int row = from + i;
              for (int column = 0; column < width; column++) {
                rows[i][column] =
                    column < features
                        ? x[row * features + column] - means.features()[column]
                        : t[row * (width - features) + column - features]
                            - means.targets()[column - features];
              }
            }
            reduce(triangle, rows);
          }
        });
    return triangle;
  }

  /// Reflects the rows under a triangle into it, column after column; the rows are destroyed. Of
  /// the triangle, a reflection touches one row alone. (ojAlgo 56's QR of 100 columns or more is
  /// wrong where some are zero, as pixels at the border of an image are.)
  private static void reduce(double[][] triangle, double[][] rows) {
    int width = triangle.length;
    double[] v = new double[rows.length];
    double[] w = new double[width];
    for (int k = 0; k < width; k++) {
      double[] top = triangle[k];
      double largest = Math.abs(top[k]);
      boolean zero = true;
      for (double[] row : rows) {
        largest = Math.max(largest, Math.abs(row[k]));
        zero &= row[k] == 0;
      }
      if (zero) {
        continue;
      }
      double below = 0;
      for (int i = 0; i < v.length; i++) {
        v[i] = rows[i][k] / largest; // so that squares neither overflow nor vanish
        below += v[i] * v[i];
      }
      double head = top[k] / largest;
      double norm = Math.sqrt(head * head + below);
      double first = head >= 0 ? head + norm : head - norm;
      double scale = 2 / (first * first + below);
      for (int j = k; j < width; j++) {
        w[j] = first * top[j];
      }
      for (int i = 0; i < v.length; i++) {
        add(v[i], rows[i], w, k);
      }
      for (int j = k; j < width; j++) {
        w[j] *= scale;
      }
      add(-first, w, top, k);
      for (int i = 0; i < v.length; i++) {
        add(-v[i], w, rows[i], k);
      }
    }
  }

  /// `y += a·x` from an element on.
  private static void add(double a, double[] x, double[] y, int from) {
    for (int j = from; j < y.length; j++) {
      y[j] += a * x[j];
    }
  }
}
