package dev.lanewise.data;

import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/// Rows of features with their targets, however they are stored: in memory as numbers or as bytes,
/// as some rows of another set, or transformed while they are copied.
///
/// For classification a target is the index of a class, a whole number from 0 on, and the targets
/// of `n` rows have the shape `[n]`; [#classLabels()] names the classes. For regression the list of
/// labels is empty. A dataset does not change, and may be read from several threads.
public interface Dataset {
  /// The number of rows.
  ///
  /// @return the number, at least 0
  int size();

  /// The shape of the features of one row, for example `[784]`.
  ///
  /// @return the shape
  Shape featureShape();

  /// The shape of the target of one row: `[]` for a class index.
  ///
  /// @return the shape
  Shape targetShape();

  /// The names of the features of one row, in row-major order.
  ///
  /// @return as many names as [#featureShape()] has elements; `x0`, `x1`, … unless there are better
  default List<String> featureNames() {
    return IntStream.range(0, featureShape().size()).mapToObj(i -> "x" + i).toList();
  }

  /// The names of the classes: the name of class `i` is element `i`.
  ///
  /// @return the names; empty for regression
  List<String> classLabels();

  /// Where the rows come from.
  ///
  /// @return source and checksums
  Provenance provenance();

  /// Copies the features of some rows, converted to the tensor's element type.
  ///
  /// @param rows row numbers from 0 on, in any order, repeated or not
  /// @param features the output, of shape [#featureBatch(int)] for that many rows; overwritten
  /// @throws IndexOutOfBoundsException if there is no such row
  /// @throws dev.lanewise.core.tensor.ShapeException if the output has another shape
  void copyFeatures(int[] rows, Tensor features);

  /// Copies the targets of some rows, converted to the tensor's element type.
  ///
  /// @param rows row numbers from 0 on, in any order, repeated or not
  /// @param targets the output, of shape [#targetBatch(int)] for that many rows; overwritten
  /// @throws IndexOutOfBoundsException if there is no such row
  /// @throws dev.lanewise.core.tensor.ShapeException if the output has another shape
  void copyTargets(int[] rows, Tensor targets);

  /// Copies features and targets of some rows.
  ///
  /// @param rows row numbers from 0 on, in any order, repeated or not
  /// @param features the output for the features, see [#copyFeatures(int\[\], Tensor)]
  /// @param targets the output for the targets, see [#copyTargets(int\[\], Tensor)]
  /// @throws IndexOutOfBoundsException if there is no such row
  /// @throws dev.lanewise.core.tensor.ShapeException if an output has another shape
  default void copyRows(int[] rows, Tensor features, Tensor targets) {
    copyFeatures(rows, features);
    copyTargets(rows, targets);
  }

  /// The shape of the features of `rows` rows: [#featureShape()] with an axis in front.
  ///
  /// @param rows the number of rows
  /// @return the shape
  default Shape featureBatch(int rows) {
    return RowBlocks.shape(rows, featureShape());
  }

  /// The shape of the targets of `rows` rows: [#targetShape()] with an axis in front.
  ///
  /// @param rows the number of rows
  /// @return the shape
  default Shape targetBatch(int rows) {
    return RowBlocks.shape(rows, targetShape());
  }

  /// Some of the rows, as a view.
  ///
  /// @param rows row numbers from 0 on, in the order of the view; copied
  /// @return a dataset whose row `i` is row `rows[i]` of this one
  /// @throws IndexOutOfBoundsException if there is no such row
  default Dataset select(int... rows) {
    return new SelectedRows(this, rows);
  }
}
