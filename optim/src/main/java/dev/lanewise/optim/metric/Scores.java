package dev.lanewise.optim.metric;

import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;

/// Sums over the rows of a batch, from which metrics are made.
final class Scores {
  private Scores() {}

  /// The number of rows whose class is predicted. Predictions are `[n,classes]`, or `[n]` or
  /// `[n,1]` for two classes; targets are class indices `[n]` or `[n,1]`, or one-hot rows
  /// `[n,classes]`.
  static int correct(Tensor prediction, Tensor target) {
    ShapeException.requireSameAxis(
        "accuracy", "the prediction", prediction.shape(), 0, "the target", target.shape(), 0);
    int rows = prediction.shape().rows();
    int outputs = prediction.shape().rowSize();
    int columns = target.shape().rowSize();
    if (columns != 1 && columns != outputs) {
      ShapeException.requireEqual(
          "accuracy", "the prediction", prediction.shape(), "the target", target.shape());
    }
    int correct = 0;
    for (int row = 0; row < rows; row++) {
      int predicted =
          outputs == 1 ? positive(prediction.getFlat(row)) : largest(prediction, row, outputs);
      double expected = columns == 1 ? target.getFlat(row) : largest(target, row, columns);
      correct += predicted == expected ? 1 : 0;
    }
    return correct;
  }

  /// `Σ (y − t)²` over all elements.
  static double squaredError(Tensor prediction, Tensor target) {
    double sum = 0;
    for (int i = 0; i < prediction.size(); i++) {
      double difference = prediction.getFlat(i) - target.getFlat(i);
      sum += difference * difference;
    }
    return sum;
  }

  private static int positive(double logit) {
    return Double.isNaN(logit) ? -1 : logit > 0 ? 1 : 0;
  }

  /// The position of a row's largest element, the first of equals; −1 if one is NaN.
  private static int largest(Tensor tensor, int row, int columns) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int column = 0; column < columns; column++) {
      double value = tensor.getFlat(row * columns + column);
      if (Double.isNaN(value)) {
        return -1;
      }
      if (value > most) {
        most = value;
        best = column;
      }
    }
    return best;
  }
}
