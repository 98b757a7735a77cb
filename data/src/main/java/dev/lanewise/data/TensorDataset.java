package dev.lanewise.data;

import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/// Numbers in memory: one tensor of features and one of targets, with a row for each example.
public final class TensorDataset implements Dataset {
  private final Tensor features;
  private final Tensor targets;
  private final Shape featureShape;
  private final Shape targetShape;
  private final List<String> classLabels;
  private final Provenance provenance;

  private TensorDataset(
      Tensor features, Tensor targets, List<String> classLabels, Provenance provenance) {
    if (features.shape().rank() == 0 || targets.shape().rank() == 0) {
      throw new ShapeException("TensorDataset: features and targets must have rows.");
    }
    ShapeException.requireSameAxis(
        "TensorDataset", "the features", features.shape(), 0, "the targets", targets.shape(), 0);
    this.features = features;
    this.targets = targets;
    this.featureShape = rowShape(features.shape());
    this.targetShape = rowShape(targets.shape());
    this.classLabels = List.copyOf(classLabels);
    this.provenance = provenance;
  }

  /// A set for classification.
  ///
  /// @param features the features, of shape `[n, …]`; shared, and not to be changed any more
  /// @param classes the class indices, of shape `[n]`; shared, and not to be changed any more
  /// @param classLabels the names of the classes
  /// @param provenance where the numbers come from
  /// @return the dataset
  /// @throws ShapeException if the shapes are others
  /// @throws DataException if an index is not a whole number or names no class
  public static TensorDataset classification(
      Tensor features, Tensor classes, List<String> classLabels, Provenance provenance) {
    ShapeException.requireRank("TensorDataset.classification", "the classes", 1, classes.shape());
    for (int row = 0; row < classes.size(); row++) {
      ClassIndex.require(classes.getFlat(row), row, classLabels.size());
    }
    return new TensorDataset(features, classes, classLabels, provenance);
  }

  /// A set for regression.
  ///
  /// @param features the features, of shape `[n, …]`; shared, and not to be changed any more
  /// @param targets the targets, of shape `[n, …]`; shared, and not to be changed any more
  /// @param provenance where the numbers come from
  /// @return the dataset
  /// @throws ShapeException if the numbers of rows differ
  public static TensorDataset regression(Tensor features, Tensor targets, Provenance provenance) {
    return new TensorDataset(features, targets, List.of(), provenance);
  }

  @Override
  public int size() {
    return features.shape().rows();
  }

  @Override
  public Shape featureShape() {
    return featureShape;
  }

  @Override
  public Shape targetShape() {
    return targetShape;
  }

  @Override
  public List<String> classLabels() {
    return classLabels;
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public void copyFeatures(int[] rows, Tensor output) {
    RowBlocks.require("copyFeatures", size(), rows, featureShape, output);
    RowBlocks.copy(features, rows, output);
  }

  @Override
  public void copyTargets(int[] rows, Tensor output) {
    RowBlocks.require("copyTargets", size(), rows, targetShape, output);
    RowBlocks.copy(targets, rows, output);
  }

  private static Shape rowShape(Shape shape) {
    return Shape.of(Arrays.copyOfRange(shape.dims(), 1, shape.rank()));
  }
}
