package dev.lanewise.optim;

import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Provenance;
import dev.lanewise.data.TensorDataset;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Noisy clouds of points, one for each class.
public final class Blobs {
  private Blobs() {}

  /// Points around as many centres as there are classes, some of them on the wrong side.
  public static Dataset of(int rows, int features, int classes, long seed) {
    RandomGenerator draws = Key.of(seed).with("blobs").generator();
    Tensor x = Tensor.zeros(DType.FLOAT64, Shape.of(rows, features));
    Tensor t = Tensor.zeros(DType.FLOAT64, Shape.of(rows));
    for (int row = 0; row < rows; row++) {
      int label = row % classes;
      t.setFlat(row, label);
      for (int column = 0; column < features; column++) {
        double centre = column % classes == label ? 1 : 0;
        x.set(centre + 0.7 * draws.nextGaussian(), row, column);
      }
    }
    List<String> labels = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      labels.add("class " + label);
    }
    return TensorDataset.classification(x, t, labels, Provenance.of("blobs"));
  }
}
