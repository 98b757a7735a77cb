package dev.lanewise.experiments.run;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Standardise;
import java.util.Arrays;
import java.util.List;

/// How features are shifted and scaled before the model sees them: fitted on the training part and
/// saved with the run, so that later data are scaled in the same way.
///
/// Features of a table are standardised one by one, pixels together: `y = (x − mean)/deviation`.
///
/// @param mean what is subtracted from each feature, or one number for all
/// @param divisor what each feature is divided by then, or one number for all
public record InputScaling(List<Double> mean, List<Double> divisor) {
  /// A scaling.
  public InputScaling {
    mean = List.copyOf(mean);
    divisor = List.copyOf(divisor);
  }

  /// Measures the training part: pixels together, other features one by one.
  ///
  /// @param training the rows to learn from
  /// @param pixels whether the features are pixels
  /// @return the scaling
  /// @throws dev.lanewise.data.DataException if a feature is not finite
  static InputScaling fit(Dataset training, boolean pixels) {
    if (pixels) {
      Standardise fitted = Standardise.fitTogether(training);
      return new InputScaling(List.of(fitted.mean()[0]), List.of(fitted.deviation()[0]));
    }
    Standardise fitted = Standardise.fit(training);
    return new InputScaling(toList(fitted.mean()), toList(fitted.deviation()));
  }

  /// A dataset whose features are scaled as they are copied.
  ///
  /// @param dataset the data, with features like those fitted to
  /// @return the view
  /// @throws InputException if the numbers do not fit the features, as in a damaged run
  public Dataset apply(Dataset dataset) {
    try {
      return Standardise.of(dataset.featureShape(), toArray(mean), toArray(divisor)).apply(dataset);
    } catch (IllegalArgumentException e) {
      throw new InputException("The run's inputs cannot be scaled: " + e.getMessage(), e);
    }
  }

  private static List<Double> toList(double[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  private static double[] toArray(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
