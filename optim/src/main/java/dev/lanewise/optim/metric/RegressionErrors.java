package dev.lanewise.optim.metric;

import dev.lanewise.core.tensor.Tensor;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/// How far predicted numbers are from what they should be. Several outputs count the same.
///
/// @param predictions predictions of numbers
public record RegressionErrors(Predictions predictions) {
  /// Errors.
  ///
  /// @throws IllegalArgumentException if the predictions are of classes
  public RegressionErrors {
    if (predictions.classes() > 0) {
      throw new IllegalArgumentException("Predictions of classes have no error as numbers have.");
    }
  }

  /// The squared error of each row: the mean over its outputs.
  ///
  /// @return one number for each row
  public double[] squared() {
    return means(error -> error * error);
  }

  /// The mean squared error.
  ///
  /// @param bootstrap how the interval is found
  /// @return the mean of `(y − t)²`
  public Interval meanSquared(Bootstrap bootstrap) {
    return bootstrap.ofMean(squared());
  }

  /// The root of the mean squared error; its interval is the roots of that one's ends.
  ///
  /// @param bootstrap how the interval is found
  /// @return `√MSE`
  public Interval rootMeanSquared(Bootstrap bootstrap) {
    Interval squared = meanSquared(bootstrap);
    return new Interval(
        Math.sqrt(squared.estimate()), Math.sqrt(squared.low()), Math.sqrt(squared.high()));
  }

  /// The mean absolute error.
  ///
  /// @param bootstrap how the interval is found
  /// @return the mean of `|y − t|`
  public Interval meanAbsolute(Bootstrap bootstrap) {
    return bootstrap.ofMean(means(Math::abs));
  }

  /// The coefficient of determination: for each output `1 − Σ(y − t)²/Σ(t − t̄)²`, and the mean of
  /// these. It is 1 at best, 0 for the mean of the targets, and may be below.
  ///
  /// @param bootstrap how the interval is found
  /// @return R²; NaN if the targets of an output are all equal, where it is not defined
  public Interval determination(Bootstrap bootstrap) {
    return bootstrap.of(predictions.rows(), this::determination);
  }

  private double determination(int[] rows) {
    int width = width();
    double sum = 0;
    for (int column = 0; column < width; column++) {
      double mean = 0;
      for (int row : rows) {
        mean += target(row, column) / rows.length;
      }
      double residual = 0;
      double total = 0;
      for (int row : rows) {
        double error = predictions.output(row, column) - target(row, column);
        double distance = target(row, column) - mean;
        residual += error * error;
        total += distance * distance;
      }
      sum += total == 0 ? Double.NaN : 1 - residual / total;
    }
    return sum / width;
  }

  /// One number for each row: the mean over its outputs.
  private double[] means(DoubleUnaryOperator cost) {
    int width = width();
    return IntStream.range(0, predictions.rows())
        .mapToDouble(
            row -> {
              double sum = 0;
              for (int column = 0; column < width; column++) {
                sum += cost.applyAsDouble(predictions.output(row, column) - target(row, column));
              }
              return sum / width;
            })
        .toArray();
  }

  private double target(int row, int column) {
    Tensor targets = predictions.targets();
    return targets.getFlat(row * width() + column);
  }

  private int width() {
    return predictions.outputs().shape().rowSize();
  }
}
