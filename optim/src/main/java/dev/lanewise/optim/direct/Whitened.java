package dev.lanewise.optim.direct;

import dev.lanewise.core.tensor.Shape;

/// The features as columns `z` of mean 0, of mean square 1 and orthogonal to each other, and a last
/// column of ones: `z = √n·Σ⁻¹·Vᵀ(x − x̄)`, of as many columns as the features' rank. In them the
/// equations are as well conditioned as they can be, however the features are scaled.
///
/// @param factors what the columns are made of
/// @param columns their number, the ones included
/// @param values row-major `[rows, columns]`
record Whitened(Factors factors, int columns, double[] values) {
  static Whitened of(Examples examples, Factors factors) {
    int columns = factors.rank() + 1;
    int features = examples.features();
    double[] values = new double[Shape.of(examples.rows(), columns).size()];
    int[] done = {0};
    examples.forEachBlock(
        (count, x, t) -> {
          for (int row = 0; row < count; row++) {
            int at = done[0] + row * columns;
            for (int column = 0; column < columns - 1; column++) {
              double sum = 0;
              for (int i = 0; i < features; i++) {
                sum +=
                    factors.v().doubleValue(i, column)
                        * (x[row * features + i] - factors.means().features()[i]);
              }
              values[at + column] = sum * factors.whitening(column);
            }
            values[at + columns - 1] = 1;
          }
          done[0] += count * columns;
        });
    return new Whitened(factors, columns, values);
  }

  /// A linear function of the features, from its coefficients by the columns: adds one output to
  /// the weights and biases.
  ///
  /// @param coefficients as many as columns
  /// @param output the output
  /// @param weight row-major `[features, outputs]`
  /// @param bias of `outputs` elements
  void toFeatures(double[] coefficients, int output, double[] weight, double[] bias) {
    int outputs = bias.length;
    bias[output] = coefficients[columns - 1];
    for (int i = 0; i < weight.length / outputs; i++) {
      double sum = 0;
      for (int column = 0; column < columns - 1; column++) {
        sum +=
            factors.v().doubleValue(i, column) * factors.whitening(column) * coefficients[column];
      }
      weight[i * outputs + output] = sum;
      bias[output] -= sum * factors.means().features()[i];
    }
  }
}
