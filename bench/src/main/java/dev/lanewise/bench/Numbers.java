package dev.lanewise.bench;

import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import java.util.random.RandomGenerator;

/// An array of either element type.
///
/// @param dtype the element type
/// @param doubles the elements; empty if they are floats
/// @param floats the elements; empty if they are doubles
public record Numbers(DType dtype, double[] doubles, float[] floats) {
  private static final double SPREAD = 3;

  /// Zeros.
  ///
  /// @param dtype the element type
  /// @param size how many
  public static Numbers zeros(DType dtype, int size) {
    boolean wide = dtype == DType.FLOAT64;
    return new Numbers(dtype, new double[wide ? size : 0], new float[wide ? 0 : size]);
  }

  /// Normal draws times 3, always the same.
  ///
  /// @param dtype the element type
  /// @param size how many
  public static Numbers drawn(DType dtype, int size) {
    RandomGenerator random = Key.of(1).with("arguments").generator();
    Numbers numbers = zeros(dtype, size);
    for (int i = 0; i < size; i++) {
      double draw = SPREAD * random.nextGaussian();
      switch (dtype) {
        case FLOAT32 -> numbers.floats[i] = (float) draw;
        case FLOAT64 -> numbers.doubles[i] = draw;
      }
    }
    return numbers;
  }

  /// How many there are.
  public int size() {
    return doubles.length + floats.length;
  }

  /// One of them.
  ///
  /// @param i which
  public double get(int i) {
    return dtype == DType.FLOAT64 ? doubles[i] : floats[i];
  }

  /// Copies all of them.
  ///
  /// @param target as many of the same type
  public void copyTo(Numbers target) {
    System.arraycopy(doubles, 0, target.doubles, 0, doubles.length);
    System.arraycopy(floats, 0, target.floats, 0, floats.length);
  }
}
