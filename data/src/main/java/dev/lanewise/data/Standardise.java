package dev.lanewise.data;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.FloatTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Shifts and scales each feature to mean 0 and standard deviation 1 on the rows it was fitted to,
/// which must be the training part: y = (x − mean) / deviation.
///
/// The deviation is that of the population, √(Σ(x − mean)² / n). A feature that is the same in all
/// rows fitted to is divided by 1 instead, so it becomes 0 there.
public final class Standardise {
  private static final int BLOCK = 1024;

  private final Shape featureShape;
  private final double[] mean;
  private final double[] deviation;

  private Standardise(Shape featureShape, double[] mean, double[] deviation) {
    this.featureShape = featureShape;
    this.mean = mean;
    this.deviation = deviation;
  }

  /// Measures mean and deviation of each feature.
  ///
  /// @param training the rows to measure
  /// @return the transform
  /// @throws DataException if there are no rows, a feature is not finite, or its squares overflow
  public static Standardise fit(Dataset training) {
    int n = training.size();
    if (n == 0) {
      throw new DataException("Standardising needs rows to measure, but there are none.");
    }
    int columns = training.featureShape().size();
    double[] sum = new double[columns];
    double[] low = new double[columns];
    double[] high = new double[columns];
    Arrays.fill(low, Double.POSITIVE_INFINITY);
    Arrays.fill(high, Double.NEGATIVE_INFINITY);
    forEachElement(
        training,
        (row, column, value) -> {
          if (!Double.isFinite(value)) {
            throw new DataException(
                "Feature "
                    + training.featureNames().get(column)
                    + " of row "
                    + row
                    + " must be finite to be standardised, but it is "
                    + value
                    + ".");
          }
          sum[column] += value;
          low[column] = Math.min(low[column], value);
          high[column] = Math.max(high[column], value);
        });
    double[] mean = new double[columns];
    for (int column = 0; column < columns; column++) {
      // A constant column's mean is the constant, not a sum that rounding has touched.
      mean[column] = low[column] == high[column] ? low[column] : sum[column] / n;
    }
    double[] squares = new double[columns];
    forEachElement(
        training,
        (_, column, value) -> {
          double centred = value - mean[column];
          squares[column] += centred * centred;
        });
    double[] deviation = new double[columns];
    for (int column = 0; column < columns; column++) {
      double measured = Math.sqrt(squares[column] / n);
      if (!Double.isFinite(measured)) {
        throw new DataException(
            "Feature "
                + training.featureNames().get(column)
                + " is too large to be standardised: its values reach from "
                + low[column]
                + " to "
                + high[column]
                + ".");
      }
      deviation[column] = measured == 0 ? 1 : measured;
    }
    return new Standardise(training.featureShape(), mean, deviation);
  }

  /// The mean of each feature.
  ///
  /// @return a fresh array, in row-major order
  public double[] mean() {
    return mean.clone();
  }

  /// What each feature is divided by: its standard deviation, or 1 for a constant one.
  ///
  /// @return a fresh array, in row-major order
  public double[] deviation() {
    return deviation.clone();
  }

  /// A dataset with its features transformed whenever they are copied.
  ///
  /// @param dataset the rows: training, validation or test
  /// @return the view
  /// @throws ShapeException if its rows have another shape than those fitted to
  public Dataset apply(Dataset dataset) {
    ShapeException.requireEqual(
        "Standardise.apply", "the set fitted to", featureShape, "this set", dataset.featureShape());
    return new View(this, dataset);
  }

  private void transform(Tensor features) {
    for (int from = 0; from < features.size(); from += mean.length) {
      int start = features.offset() + from;
      switch (features) {
        case FloatTensor floats -> transform(floats.array(), start);
        case DoubleTensor doubles -> transform(doubles.array(), start);
      }
    }
  }

  private void transform(float[] values, int start) {
    for (int column = 0; column < mean.length; column++) {
      values[start + column] =
          (float) ((values[start + column] - mean[column]) / deviation[column]);
    }
  }

  private void transform(double[] values, int start) {
    for (int column = 0; column < mean.length; column++) {
      values[start + column] = (values[start + column] - mean[column]) / deviation[column];
    }
  }

  @FunctionalInterface
  private interface ElementVisitor {
    void visit(int row, int column, double value);
  }

  private static void forEachElement(Dataset dataset, ElementVisitor visitor) {
    int columns = dataset.featureShape().size();
    for (int from = 0; from < dataset.size(); from += BLOCK) {
      int count = Math.min(BLOCK, dataset.size() - from);
      Tensor block = Tensor.zeros(DType.FLOAT64, dataset.featureBatch(count));
      dataset.copyFeatures(IntStream.range(from, from + count).toArray(), block);
      for (int i = 0; i < block.size(); i++) {
        visitor.visit(from + i / columns, i % columns, block.getFlat(i));
      }
    }
  }

  private record View(Standardise transform, Dataset source) implements Dataset {
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
      return source.provenance().then("standardised");
    }

    @Override
    public void copyFeatures(int[] rows, Tensor features) {
      source.copyFeatures(rows, features);
      transform.transform(features);
    }

    @Override
    public void copyTargets(int[] rows, Tensor targets) {
      source.copyTargets(rows, targets);
    }
  }
}
