package dev.lanewise.data.synthetic;

import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.data.Provenance;
import dev.lanewise.data.TensorDataset;
import java.util.List;
import java.util.stream.IntStream;

/// Points of the plane with a class each, while they are being collected.
final class Points {
  private final double[] coordinates;
  private final double[] classes;
  private int size;

  Points(int capacity) {
    this.coordinates = new double[2 * capacity];
    this.classes = new double[capacity];
  }

  void add(double x, double y, int itsClass) {
    coordinates[2 * size] = x;
    coordinates[2 * size + 1] = y;
    classes[size] = itsClass;
    size++;
  }

  TensorDataset dataset(int numberOfClasses, String source) {
    List<String> labels = IntStream.range(0, numberOfClasses).mapToObj(Integer::toString).toList();
    return TensorDataset.classification(
        new DoubleTensor(Shape.of(size, 2), coordinates, 0),
        new DoubleTensor(Shape.of(size), classes, 0),
        labels,
        Provenance.of(source));
  }

  /// Demands what every generator of points demands.
  static void require(int perClass, double noise) {
    if (perClass < 1 || !(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Expected at least one point per class and a noise of at least 0, but was given "
              + perClass
              + " and "
              + noise
              + ".");
    }
  }
}
