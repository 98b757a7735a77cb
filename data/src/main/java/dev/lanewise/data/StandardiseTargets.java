package dev.lanewise.data;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/// Shifts and scales each target of a set for regression to mean 0 and standard deviation 1 on the
/// rows it was fitted to, which must be the training part: `(t − mean) / deviation`.
///
/// As [Standardise] does with features: the deviation is that of the population, and 1 for a target
/// that is the same in all rows. An error measured on such targets is in units of
/// [#deviation()]: times it, the error in the target's own units.
public final class StandardiseTargets {
  private final Standardise transform;
  private final Shape targetShape;

  private StandardiseTargets(Standardise transform, Shape targetShape) {
    this.transform = transform;
    this.targetShape = targetShape;
  }

  /// Measures mean and deviation of each target.
  ///
  /// @param training the rows to measure, a set for regression
  /// @return the transform
  /// @throws DataException if there are no rows, the targets are classes, or one is not finite
  public static StandardiseTargets fit(Dataset training) {
    if (!training.classLabels().isEmpty()) {
      throw new DataException("Targets that are classes cannot be standardised.");
    }
    Tensor targets = Tensor.zeros(DType.FLOAT64, training.targetBatch(training.size()));
    training.copyTargets(IntStream.range(0, training.size()).toArray(), targets);
    // The same arithmetic as for features, whose messages are about features: checked before.
    for (int i = 0; i < targets.size(); i++) {
      if (!Double.isFinite(targets.getFlat(i))) {
        throw new DataException(
            "The target of row "
                + i / training.targetShape().size()
                + " must be finite to be standardised, but it is "
                + targets.getFlat(i)
                + ".");
      }
    }
    Tensor asFeatures = targets.reshape(Shape.of(training.size(), training.targetShape().size()));
    Standardise transform =
        Standardise.fit(
            TensorDataset.regression(asFeatures, targets, Provenance.of("targets as features")));
    return new StandardiseTargets(transform, training.targetShape());
  }

  /// A transform with known numbers, as they were fitted before.
  ///
  /// @param targetShape the shape of the target of one row
  /// @param mean what is subtracted, one number for each target
  /// @param deviation what is divided by then, one positive number for each target
  /// @return the transform
  /// @throws IllegalArgumentException if there are more or fewer numbers, or one is out of range
  public static StandardiseTargets of(Shape targetShape, double[] mean, double[] deviation) {
    if (mean.length != targetShape.size() || deviation.length != targetShape.size()) {
      throw new IllegalArgumentException(
          "A row has %d targets, but there are %d means and %d deviations."
              .formatted(targetShape.size(), mean.length, deviation.length));
    }
    for (int i = 0; i < mean.length; i++) {
      if (!Double.isFinite(mean[i]) || !(deviation[i] > 0 && Double.isFinite(deviation[i]))) {
        throw new IllegalArgumentException(
            "Target %d cannot be standardised by the mean %s and the deviation %s."
                .formatted(i, mean[i], deviation[i]));
      }
    }
    return new StandardiseTargets(
        Standardise.of(Shape.of(mean.length), mean, deviation), targetShape);
  }

  /// The mean of each target.
  ///
  /// @return a fresh array, in row-major order
  public double[] mean() {
    return transform.mean();
  }

  /// What each target is divided by: its standard deviation, or 1 for a constant one.
  ///
  /// @return a fresh array, in row-major order
  public double[] deviation() {
    return transform.deviation();
  }

  /// A dataset with its targets transformed whenever they are copied.
  ///
  /// @param dataset the rows: training, validation or test
  /// @return the view
  /// @throws ShapeException if its targets have another shape than those fitted to
  public Dataset apply(Dataset dataset) {
    ShapeException.requireEqual(
        "StandardiseTargets.apply",
        "the targets fitted to",
        targetShape,
        "these targets",
        dataset.targetShape());
    return new View(dataset, mean(), deviation());
  }

  private record View(Dataset source, double[] mean, double[] deviation) implements Dataset {
    @Override
    public int size() {
      return source.size();
    }

    @Override
    public Shape featureShape() {
      return source.featureShape();
    }

    @Override
    public Shape targetShape() {
      return source.targetShape();
    }

    @Override
    public List<String> featureNames() {
      return source.featureNames();
    }

    @Override
    public List<String> classLabels() {
      return source.classLabels();
    }

    @Override
    public Provenance provenance() {
      return source.provenance().then("targets standardised");
    }

    @Override
    public void copyFeatures(int[] rows, Tensor features) {
      source.copyFeatures(rows, features);
    }

    @Override
    public void copyTargets(int[] rows, Tensor targets) {
      RowBlocks.require("copyTargets", size(), rows, targetShape(), targets);
      Tensor exact = Tensor.zeros(DType.FLOAT64, targets.shape());
      source.copyTargets(rows, exact);
      for (int i = 0; i < targets.size(); i++) {
        int column = i % mean.length;
        targets.setFlat(i, (exact.getFlat(i) - mean[column]) / deviation[column]);
      }
    }
  }
}
