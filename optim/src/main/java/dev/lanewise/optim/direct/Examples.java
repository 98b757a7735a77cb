package dev.lanewise.optim.direct;

import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import java.util.Arrays;
import java.util.stream.IntStream;

/// The rows of a dataset as finite numbers in float64, block after block.
///
/// @param solver whose they are, for messages
/// @param dataset the rows
record Examples(String solver, Dataset dataset) {
  private static final int BLOCK = 1024;

  Examples {
    ShapeException.requireRank(solver, "a row of features", 1, dataset.featureShape());
    if (dataset.featureShape().size() == 0) {
      throw new ShapeException(solver + ": there are no features.");
    }
    if (dataset.size() == 0) {
      throw new DataException(solver + ": there are no rows to fit.");
    }
  }

  /// Rows whose targets are one or more numbers each.
  static Examples ofNumbers(String solver, Dataset dataset) {
    if (dataset.targetShape().rank() == 0 && !dataset.classLabels().isEmpty()) {
      throw new ShapeException(
          solver + ": the targets are classes; OneHot.apply makes rows of numbers of them.");
    }
    ShapeException.requireRank(solver, "a row of targets", 1, dataset.targetShape());
    if (dataset.targetShape().size() == 0) {
      throw new ShapeException(solver + ": there are no targets.");
    }
    return new Examples(solver, dataset);
  }

  int rows() {
    return dataset.size();
  }

  int features() {
    return dataset.featureShape().size();
  }

  int outputs() {
    return dataset.targetShape().size();
  }

  /// What is done with a block of rows.
  @FunctionalInterface
  interface Visitor {
    /// Takes the next rows.
    ///
    /// @param count the number of rows
    /// @param features row-major
    /// @param targets row-major
    void visit(int count, double[] features, double[] targets);
  }

  void forEachBlock(Visitor visitor) {
    for (int from = 0; from < rows(); from += BLOCK) {
      int count = Math.min(BLOCK, rows() - from);
      int[] rows = IntStream.range(from, from + count).toArray();
      double[] features = new double[count * features()];
      double[] targets = new double[count * outputs()];
      dataset.copyRows(
          rows,
          new DoubleTensor(dataset.featureBatch(count), features, 0),
          new DoubleTensor(dataset.targetBatch(count), targets, 0));
      requireFinite("feature", features, from);
      requireFinite("target", targets, from);
      visitor.visit(count, features, targets);
    }
  }

  /// All rows at once.
  ///
  /// @param features row-major
  /// @param targets row-major
  record All(double[] features, double[] targets) {}

  All all() {
    double[] features = new double[Shape.of(rows(), features()).size()];
    double[] targets = new double[Shape.of(rows(), outputs()).size()];
    int[] done = {0};
    forEachBlock(
        (count, x, t) -> {
          System.arraycopy(x, 0, features, done[0] * features(), x.length);
          System.arraycopy(t, 0, targets, done[0] * outputs(), t.length);
          done[0] += count;
        });
    return new All(features, targets);
  }

  /// The means of features and targets; that of a column that is the same in all rows is exactly
  /// this number, so that centring leaves zeros.
  ///
  /// @param features one for each feature
  /// @param targets one for each output
  record Means(double[] features, double[] targets) {}

  Means means() {
    Columns features = new Columns(features());
    Columns targets = new Columns(outputs());
    forEachBlock(
        (count, x, t) -> {
          features.add(x);
          targets.add(t);
        });
    return new Means(features.means(rows()), targets.means(rows()));
  }

  private static final class Columns {
    private final double[] first;
    private final double[] shifted;
    private boolean empty = true;

    Columns(int columns) {
      first = new double[columns];
      shifted = new double[columns];
    }

    void add(double[] block) {
      if (empty) {
        System.arraycopy(block, 0, first, 0, first.length);
        empty = false;
      }
      for (int i = 0; i < block.length; i++) {
        shifted[i % first.length] += block[i] - first[i % first.length];
      }
    }

    double[] means(int rows) {
      double[] means = new double[first.length];
      Arrays.setAll(means, column -> first[column] + shifted[column] / rows);
      return means;
    }
  }

  private void requireFinite(String what, double[] block, int fromRow) {
    int columns = what.equals("feature") ? features() : outputs();
    for (int i = 0; i < block.length; i++) {
      if (!Double.isFinite(block[i])) {
        throw new DataException(
            solver
                + ": "
                + what
                + " "
                + i % columns
                + " of row "
                + (fromRow + i / columns)
                + " must be finite, but it is "
                + block[i]
                + ".");
      }
    }
  }
}
