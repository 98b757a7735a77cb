package dev.lanewise.data;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.FloatTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Shifts and scales each feature to mean 0 and standard deviation 1 on the rows it was fitted to,
/// which must be the training part: y = (x − mean) · (1 / deviation), computed in double from x as
/// the source gives it in the output's element type, or from a pixel's exact x if all features have
/// the same mean and deviation.
///
/// Each feature has a mean and deviation of its own ([#fit]), as columns of a table should, or all
/// have the same ([#fitTogether]), as pixels should, whose differences mean something. The
/// deviation is that of the population, √(Σ(x − mean)² / n). A feature that is the same in all
/// rows fitted to is divided by 1 instead, so it becomes 0 there.
public final class Standardise {
  private static final int BLOCK = 1024;

  /// The least deviation: its reciprocal must not overflow.
  private static final double LEAST = 1e-300;

  private final Shape featureShape;
  private final double[] mean;
  private final double[] deviation;
  private final double[] factor;

  private Standardise(Shape featureShape, double[] mean, double[] deviation) {
    this.featureShape = featureShape;
    this.mean = mean;
    this.deviation = deviation;
    this.factor = Arrays.stream(deviation).map(d -> 1 / d).toArray();
  }

  /// The transform with known numbers, for example those saved with a model.
  ///
  /// @param featureShape the shape of a row's features
  /// @param mean the mean of each feature in row-major order, or one number for all; copied
  /// @param deviation what each feature is divided by, or one number for all; copied
  /// @return the transform
  /// @throws IllegalArgumentException if there are neither one nor as many numbers as features, or
  ///     a mean is not finite, or a deviation is not a positive number of ordinary size
  public static Standardise of(Shape featureShape, double[] mean, double[] deviation) {
    double[] means = forEach(featureShape, "means", mean);
    double[] deviations = forEach(featureShape, "deviations", deviation);
    for (int i = 0; i < means.length; i++) {
      if (!Double.isFinite(means[i]) || !(deviations[i] >= LEAST && deviations[i] <= 1 / LEAST)) {
        throw new IllegalArgumentException(
            "Feature "
                + i
                + " cannot be standardised by the mean "
                + means[i]
                + " and the deviation "
                + deviations[i]
                + ": expected a finite mean, and a deviation between "
                + LEAST
                + " and "
                + 1 / LEAST
                + ".");
      }
    }
    return new Standardise(featureShape, means, deviations);
  }

  /// Measures one mean and one deviation over all features together.
  ///
  /// @param training the rows to measure
  /// @return the transform
  /// @throws DataException if there are no rows, or a feature is not finite, or its squares
  ///     overflow
  public static Standardise fitTogether(Dataset training) {
    return PixelRows.of(training)
        .filter(pixels -> pixels.rows().length > 0)
        .map(pixels -> ofCounts(training.featureShape(), pixels.counts()))
        .orElseGet(() -> ofSums(training));
  }

  /// Mean and deviation of pixels of which it is known how often each byte occurs.
  private static Standardise ofCounts(Shape featureShape, long[] counts) {
    double n = Arrays.stream(counts).sum();
    double mean = 0;
    for (int kind = 0; kind < counts.length; kind++) {
      mean += counts[kind] / n * PixelRows.number(kind);
    }
    double variance = 0;
    for (int kind = 0; kind < counts.length; kind++) {
      if (counts[kind] == n) {
        return of(featureShape, new double[] {PixelRows.number(kind)}, new double[] {1});
      }
      double centred = PixelRows.number(kind) - mean;
      variance += counts[kind] / n * centred * centred;
    }
    return of(featureShape, new double[] {mean}, new double[] {Math.sqrt(variance)});
  }

  private static Standardise ofSums(Dataset training) {
    int columns = training.featureShape().size();
    Sums sums = new Sums();
    forEachBlock(training, (block, from) -> sums.add(block, from, columns, training));
    double n = (double) training.size() * columns;
    double mean = sums.low == sums.high ? sums.low : sums.first + sums.sum / n;
    double variance = Math.max(0, sums.squares / n - (sums.sum / n) * (sums.sum / n));
    if (!Double.isFinite(variance)) {
      throw new DataException(
          "The features are too large to be standardised: they reach from "
              + sums.low
              + " to "
              + sums.high
              + ".");
    }
    double measured = Math.sqrt(variance);
    double deviation = measured < LEAST || sums.low == sums.high ? 1 : measured;
    return of(training.featureShape(), new double[] {mean}, new double[] {deviation});
  }

  /// Sums over all features, of their differences to the first: so that a large mean does not
  /// cancel the digits of a small deviation.
  private static final class Sums {
    private double first = Double.NaN;
    private double sum;
    private double squares;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;

    void add(DoubleTensor block, int fromRow, int columns, Dataset dataset) {
      double[] values = block.array();
      int offset = block.offset();
      if (Double.isNaN(first) && block.size() > 0) {
        first = values[offset];
      }
      for (int i = 0; i < block.size(); i++) {
        double value = values[offset + i];
        requireFinite(value, i % columns, fromRow + i / columns, dataset);
        double centred = value - first;
        sum += centred;
        squares += centred * centred;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  }

  /// Measures mean and deviation of each feature.
  ///
  /// @param training the rows to measure
  /// @return the transform
  /// @throws DataException if there are no rows, a feature is not finite, or its squares overflow
  public static Standardise fit(Dataset training) {
    int n = training.size();
    int columns = training.featureShape().size();
    double[] sum = new double[columns];
    double[] low = new double[columns];
    double[] high = new double[columns];
    Arrays.fill(low, Double.POSITIVE_INFINITY);
    Arrays.fill(high, Double.NEGATIVE_INFINITY);
    forEachElement(
        training,
        (row, column, value) -> {
          requireFinite(value, column, row, training);
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
      deviation[column] = measured < LEAST ? 1 : measured;
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
    Optional<PixelRows> pixels = isTheSameForAll() ? PixelRows.of(dataset) : Optional.empty();
    return new View(
        dataset, pixels.map(this::transformBytes).orElseGet(() -> transformEach(dataset)));
  }

  /// Transforms each byte once, not each pixel.
  private RowCopy transformBytes(PixelRows pixels) {
    PixelRows.Numbers numbers = new PixelRows.Numbers(x -> (x - mean[0]) * factor[0]);
    return (rows, features) -> {
      RowBlocks.require("copyFeatures", pixels.rows().length, rows, featureShape, features);
      pixels.copy(rows, numbers, features);
    };
  }

  private RowCopy transformEach(Dataset dataset) {
    return (rows, features) -> {
      dataset.copyFeatures(rows, features);
      transform(features);
    };
  }

  private boolean isTheSameForAll() {
    for (int column = 1; column < mean.length; column++) {
      if (mean[column] != mean[0] || deviation[column] != deviation[0]) {
        return false;
      }
    }
    return true;
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
      values[start + column] = (float) ((values[start + column] - mean[column]) * factor[column]);
    }
  }

  private void transform(double[] values, int start) {
    for (int column = 0; column < mean.length; column++) {
      values[start + column] = (values[start + column] - mean[column]) * factor[column];
    }
  }

  private static void requireFinite(double value, int column, int row, Dataset dataset) {
    if (!Double.isFinite(value)) {
      throw new DataException(
          "Feature "
              + dataset.featureNames().get(column)
              + " of row "
              + row
              + " must be finite to be standardised, but it is "
              + value
              + ".");
    }
  }

  private static double[] forEach(Shape featureShape, String what, double[] numbers) {
    int features = featureShape.size();
    if (numbers.length == features) {
      return numbers.clone();
    }
    if (numbers.length != 1) {
      throw new IllegalArgumentException(
          "Standardising "
              + features
              + " features takes one or as many "
              + what
              + ", but there are "
              + numbers.length
              + ".");
    }
    double[] all = new double[features];
    Arrays.fill(all, numbers[0]);
    return all;
  }

  @FunctionalInterface
  private interface BlockVisitor {
    void visit(DoubleTensor block, int fromRow);
  }

  @FunctionalInterface
  private interface ElementVisitor {
    void visit(int row, int column, double value);
  }

  private static void forEachBlock(Dataset dataset, BlockVisitor visitor) {
    if (dataset.size() == 0) {
      throw new DataException("Standardising needs rows to measure, but there are none.");
    }
    for (int from = 0; from < dataset.size(); from += BLOCK) {
      int count = Math.min(BLOCK, dataset.size() - from);
      DoubleTensor block = (DoubleTensor) Tensor.zeros(DType.FLOAT64, dataset.featureBatch(count));
      dataset.copyFeatures(IntStream.range(from, from + count).toArray(), block);
      visitor.visit(block, from);
    }
  }

  private static void forEachElement(Dataset dataset, ElementVisitor visitor) {
    int columns = dataset.featureShape().size();
    forEachBlock(
        dataset,
        (block, from) -> {
          for (int i = 0; i < block.size(); i++) {
            visitor.visit(from + i / columns, i % columns, block.getFlat(i));
          }
        });
  }

  @FunctionalInterface
  private interface RowCopy {
    void to(int[] rows, Tensor features);
  }

  private record View(Dataset source, RowCopy copy) implements Dataset {
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
      copy.to(rows, features);
    }

    @Override
    public void copyTargets(int[] rows, Tensor targets) {
      source.copyTargets(rows, targets);
    }
  }
}
