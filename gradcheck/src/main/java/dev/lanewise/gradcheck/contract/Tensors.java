package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.CheckInputs;
import dev.lanewise.gradcheck.Regime;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/// Arbitrary float64 tensors for gradient checks, and targets for losses.
public final class Tensors {
  private Tensors() {}

  /// Tensors of one shape in any regime.
  ///
  /// @param shape the shape
  /// @return the arbitrary
  public static Arbitrary<Tensor> any(Shape shape) {
    return Arbitraries.of(Regime.class).flatMap(regime -> of(shape, regime));
  }

  /// Tensors of one shape in one regime.
  ///
  /// @param shape the shape
  /// @param regime what kind of numbers
  /// @return the arbitrary
  public static Arbitrary<Tensor> of(Shape shape, Regime regime) {
    return keys().map(key -> in(regime, CheckInputs.normal(shape, key), key.with("regime")));
  }

  /// Class labels `[rows]`: whole numbers from 0 to `classes − 1`.
  ///
  /// @param rows how many
  /// @param classes how many classes there are
  /// @param key the address of the draws
  /// @return a new tensor
  public static Tensor labels(int rows, int classes, Key key) {
    RandomGenerator draws = key.generator();
    Tensor labels = Tensor.zeros(DType.FLOAT64, Shape.of(rows));
    for (int i = 0; i < rows; i++) {
      labels.setFlat(i, draws.nextInt(classes));
    }
    return labels;
  }

  /// Probabilities: uniform in [0, 1), a quarter of them exactly 0 or 1.
  ///
  /// @param shape the shape
  /// @param key the address of the draws
  /// @return a new tensor
  public static Tensor probabilities(Shape shape, Key key) {
    RandomGenerator draws = key.generator();
    Tensor tensor = Tensor.zeros(DType.FLOAT64, shape);
    for (int i = 0; i < tensor.size(); i++) {
      double p = draws.nextDouble();
      tensor.setFlat(i, draws.nextInt(4) == 0 ? Math.rint(p) : p);
    }
    return tensor;
  }

  /// Distributions over classes: rows of non-negative numbers with the sum 1.
  ///
  /// @param rows how many
  /// @param classes how many classes there are
  /// @param key the address of the draws
  /// @return a new tensor `[rows,classes]`
  public static Tensor distributions(int rows, int classes, Key key) {
    RandomGenerator draws = key.generator();
    Tensor tensor = Tensor.zeros(DType.FLOAT64, Shape.of(rows, classes));
    for (int i = 0; i < rows; i++) {
      double[] row = draws.doubles(classes).toArray();
      double sum = Arrays.stream(row).sum();
      for (int j = 0; j < classes; j++) {
        tensor.set(row[j] / sum, i, j);
      }
    }
    return tensor;
  }

  /// Addresses of draws.
  static Arbitrary<Key> keys() {
    return Arbitraries.integers().between(0, 1_000_000).map(Key::of).withoutEdgeCases();
  }

  /// The tensor with its numbers changed to a regime.
  static Tensor in(Regime regime, Tensor normal, Key key) {
    return Tensor.of(DType.FLOAT64, normal.shape(), regime.apply(normal.toDoubles(), key));
  }
}
