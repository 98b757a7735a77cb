package dev.lanewise.experiments.run;

import dev.lanewise.core.tensor.Shape;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Standardise;
import java.util.Arrays;
import java.util.List;

/// How features are shifted and scaled before the model sees them: fitted on the training part and
/// saved with the run, so that later data are scaled in the same way.
///
/// @param mean the mean of each feature, or one number for all
/// @param deviation the standard deviation of each feature, or one number for all
public record InputScaling(List<Double> mean, List<Double> deviation) {
  /// A scaling.
  public InputScaling {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
  }

  /// Measures the training part: pixels together, other features one by one.
  ///
  /// @param training the rows to learn from
  /// @param pixels whether the features are pixels
  /// @return the scaling
  /// @throws dev.lanewise.data.DataException if a feature is not finite
  static InputScaling fit(Dataset training, boolean pixels) {
    Standardise fitted = pixels ? Standardise.fitTogether(training) : Standardise.fit(training);
    int numbers = pixels ? 1 : training.featureShape().size();
    return new InputScaling(first(fitted.mean(), numbers), first(fitted.deviation(), numbers));
  }

  /// A dataset whose features are scaled as they are copied.
  ///
  /// @param dataset the data, with features like those fitted to
  /// @return the view
  public Dataset apply(Dataset dataset) {
    Shape shape = dataset.featureShape();
    return Standardise.of(shape, toArray(mean), toArray(deviation)).apply(dataset);
  }

  private static List<Double> first(double[] numbers, int count) {
    return Arrays.stream(numbers).limit(count).boxed().toList();
  }

  private static double[] toArray(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
