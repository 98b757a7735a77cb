package dev.lanewise.data;

import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Datasets whose rows tell their own number.
final class Numbered {
  private Numbered() {}

  /// Row `i` has the features (i, −i) and the target 10 i.
  static Dataset rows(int rows) {
    double[] features = new double[2 * rows];
    double[] targets = new double[rows];
    for (int row = 0; row < rows; row++) {
      features[2 * row] = row;
      features[2 * row + 1] = -row;
      targets[row] = 10 * row;
    }
    return TensorDataset.regression(
        new DoubleTensor(Shape.of(rows, 2), features, 0),
        new DoubleTensor(Shape.of(rows, 1), targets, 0),
        Provenance.of("numbered rows"));
  }

  /// Row `i` has the feature i and the class `classes[i]`.
  static Dataset classes(int... classes) {
    int count = Arrays.stream(classes).max().orElse(0) + 1;
    return TensorDataset.classification(
        new DoubleTensor(
            Shape.of(classes.length, 1),
            IntStream.range(0, classes.length).asDoubleStream().toArray(),
            0),
        DoubleTensor.vector(Arrays.stream(classes).asDoubleStream().toArray()),
        IntStream.range(0, count).mapToObj(Integer::toString).toList(),
        Provenance.of("numbered rows with classes"));
  }

  /// The first feature of every row.
  static int[] numbers(Dataset dataset) {
    DoubleTensor features = features(dataset);
    return IntStream.range(0, dataset.size())
        .map(row -> (int) features.getFlat(row * dataset.featureShape().size()))
        .toArray();
  }

  static DoubleTensor features(Dataset dataset) {
    Shape shape = dataset.featureBatch(dataset.size());
    DoubleTensor features = new DoubleTensor(shape, new double[shape.size()], 0);
    dataset.copyFeatures(IntStream.range(0, dataset.size()).toArray(), features);
    return features;
  }

  static DoubleTensor targets(Dataset dataset) {
    Shape shape = dataset.targetBatch(dataset.size());
    DoubleTensor targets = new DoubleTensor(shape, new double[shape.size()], 0);
    dataset.copyTargets(IntStream.range(0, dataset.size()).toArray(), targets);
    return targets;
  }
}
