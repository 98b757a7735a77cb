package dev.lanewise.optim.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/// How good a model is on a dataset.
///
/// @param examples the number of rows
/// @param loss the mean loss of a row
/// @param others further means by name: `accuracy` for classes, `mse` for numbers
public record Metrics(int examples, double loss, Map<String, Double> others) {
  /// The name of the share of rows that are classified correctly.
  public static final String ACCURACY = "accuracy";

  /// The name of the mean squared error.
  public static final String MEAN_SQUARED_ERROR = "mse";

  /// Metrics.
  public Metrics {
    others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
  }

  /// The share of rows that are classified correctly: the class of the largest output, the first of
  /// equals; or, for a single output, class 1 exactly if it is positive. NaN is never correct.
  ///
  /// @return from 0 to 1
  /// @throws NoSuchElementException if the targets are not classes
  public double accuracy() {
    return other(ACCURACY);
  }

  /// The share of rows that are classified wrongly, the 0–1 loss.
  ///
  /// @return 1 − accuracy
  /// @throws NoSuchElementException if the targets are not classes
  public double zeroOneLoss() {
    return 1 - accuracy();
  }

  /// The mean over rows and outputs of `(y − t)²`.
  ///
  /// @return the mean squared error
  /// @throws NoSuchElementException if the targets are classes
  public double meanSquaredError() {
    return other(MEAN_SQUARED_ERROR);
  }

  private double other(String name) {
    Double value = others.get(name);
    if (value == null) {
      throw new NoSuchElementException(
          "There is no metric '" + name + "' here, only loss and " + others.keySet() + ".");
    }
    return value;
  }
}
