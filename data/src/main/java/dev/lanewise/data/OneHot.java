package dev.lanewise.data;

import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;

/// Classes as rows of zeros with a single one, for losses that compare numbers with numbers.
public final class OneHot {
  private OneHot() {}

  /// Writes one row for each class index: 1 in the column of the class, 0 elsewhere.
  ///
  /// @param classes the class indices, of shape `[n]`
  /// @param rows the output, of shape `[n, number of classes]`; must not share elements with the
  ///     input; unchanged if the input is refused
  /// @throws ShapeException if the shapes are others
  /// @throws DataException if an index is not a whole number, or names no column
  public static void encode(Tensor classes, Tensor rows) {
    ShapeException.requireRank("OneHot.encode", "the classes", 1, classes.shape());
    ShapeException.requireRank("OneHot.encode", "the output", 2, rows.shape());
    ShapeException.requireSameAxis(
        "OneHot.encode", "the classes", classes.shape(), 0, "the output", rows.shape(), 0);
    int columns = rows.shape().dim(1);
    for (int row = 0; row < classes.size(); row++) {
      ClassIndex.require(classes.getFlat(row), row, columns);
    }
    for (int row = 0; row < classes.size(); row++) {
      int index = (int) classes.getFlat(row);
      for (int column = 0; column < columns; column++) {
        rows.setFlat(row * columns + column, column == index ? 1 : 0);
      }
    }
  }

  /// A dataset whose targets are one-hot rows, made whenever they are copied. It keeps its class
  /// labels, which now name the columns of the target.
  ///
  /// @param dataset a set for classification, with class indices as targets
  /// @return the view
  /// @throws IllegalArgumentException if the targets are no class indices
  public static Dataset apply(Dataset dataset) {
    if (dataset.classLabels().isEmpty() || dataset.targetShape().rank() != 0) {
      throw new IllegalArgumentException(
          "OneHot.apply: the targets must be class indices, but this dataset has "
              + dataset.classLabels().size()
              + " classes and targets of shape "
              + dataset.targetShape()
              + ".");
    }
    return new View(dataset);
  }

  private record View(Dataset source) implements Dataset {
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
      return Shape.of(source.classLabels().size());
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
      return source.provenance().then("targets one-hot");
    }

    @Override
    public void copyFeatures(int[] rows, Tensor features) {
      source.copyFeatures(rows, features);
    }

    @Override
    public void copyTargets(int[] rows, Tensor targets) {
      RowBlocks.require("copyTargets", size(), rows, targetShape(), targets);
      Tensor classes = Tensor.zeros(targets.dtype(), source.targetBatch(rows.length));
      source.copyTargets(rows, classes);
      encode(classes, targets);
    }
  }
}
