package dev.lanewise.optim.direct;

import dev.lanewise.data.DataException;
import org.ojalgo.matrix.decomposition.QR;
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

  static Factors of(Examples examples) {
    Examples.Means means = examples.means();
    int features = examples.features();
    int outputs = examples.outputs();
    R064Store triangle = triangle(examples, means);
    R064Store left = R064Store.FACTORY.make(features, features);
    R064Store right = R064Store.FACTORY.make(features, outputs);
    for (int row = 0; row < features; row++) {
      for (int column = row; column < features; column++) {
        left.set(row, column, triangle.doubleValue(row, column));
      }
      for (int output = 0; output < outputs; output++) {
        right.set(row, output, triangle.doubleValue(row, features + output));
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

  private static R064Store triangle(Examples examples, Examples.Means means) {
    int features = examples.features();
    int width = features + examples.outputs();
    R064Store triangle = R064Store.FACTORY.make(width, width);
    examples.forEachBlock(
        (count, x, t) -> {
          R064Store stacked = R064Store.FACTORY.make(width + count, width);
          for (int row = 0; row < width; row++) {
            for (int column = row; column < width; column++) {
              stacked.set(row, column, triangle.doubleValue(row, column));
            }
          }
          for (int row = 0; row < count; row++) {
            for (int column = 0; column < width; column++) {
              double centred =
                  column < features
                      ? x[row * features + column] - means.features()[column]
                      : t[row * (width - features) + column - features]
                          - means.targets()[column - features];
              stacked.set(width + row, column, centred);
            }
          }
          QR<Double> qr = QR.R064.make(stacked);
          qr.decompose(stacked);
          MatrixStore<Double> reduced = qr.getR();
          for (int row = 0; row < width; row++) {
            for (int column = row; column < width; column++) {
              triangle.set(row, column, reduced.doubleValue(row, column));
            }
          }
        });
    return triangle;
  }
}
