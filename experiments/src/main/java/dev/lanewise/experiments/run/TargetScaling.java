package dev.lanewise.experiments.run;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.StandardiseTargets;
import java.util.Arrays;
import java.util.List;

/// How the targets of a regression are shifted and scaled for the model, and its answers back into
/// the targets' own units: fitted on the training part and saved with the run.
///
/// The model learns `(t − mean)/deviation`; its output y stands for `y·deviation + mean`.
///
/// @param mean what is subtracted from each target; empty for classes, which are not scaled
/// @param deviation what each target is divided by then; empty for classes
public record TargetScaling(List<Double> mean, List<Double> deviation) {
  /// A scaling.
  public TargetScaling {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
  }

  /// Measures the training part.
  ///
  /// @param training the rows to learn from
  /// @return the scaling; an empty one for classes
  /// @throws dev.lanewise.data.DataException if a target is not finite
  static TargetScaling fit(Dataset training) {
    if (!training.classLabels().isEmpty()) {
      return new TargetScaling(List.of(), List.of());
    }
    StandardiseTargets fitted = StandardiseTargets.fit(training);
    return new TargetScaling(toList(fitted.mean()), toList(fitted.deviation()));
  }

  /// A dataset whose targets are scaled as they are copied.
  ///
  /// @param dataset the data, with targets like those fitted to
  /// @return the view; the dataset itself if it has classes
  /// @throws InputException if the numbers do not fit the targets, as in a damaged run
  public Dataset apply(Dataset dataset) {
    if (!dataset.classLabels().isEmpty()) {
      return dataset;
    }
    try {
      return StandardiseTargets.of(dataset.targetShape(), toArray(mean), toArray(deviation))
          .apply(dataset);
    } catch (IllegalArgumentException e) {
      throw new InputException("The run's targets cannot be scaled: " + e.getMessage(), e);
    }
  }

  /// A model's outputs in the targets' own units.
  ///
  /// @param outputs the outputs for some rows
  /// @return for classes the same tensor, else a new one of float64
  Tensor toOwnUnits(Tensor outputs) {
    if (mean.isEmpty()) {
      return outputs;
    }
    Tensor answers = Tensor.zeros(DType.FLOAT64, outputs.shape());
    for (int i = 0; i < outputs.size(); i++) {
      int target = i % mean.size();
      answers.setFlat(i, outputs.getFlat(i) * deviation.get(target) + mean.get(target));
    }
    return answers;
  }

  private static List<Double> toList(double[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  private static double[] toArray(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
