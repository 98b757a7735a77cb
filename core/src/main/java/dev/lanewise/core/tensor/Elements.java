package dev.lanewise.core.tensor;

/// How a `double` becomes an element: the one thing that differs between the tensors of each type.
final class Elements {
  private Elements() {}

  static double toDouble(double value) {
    return value;
  }

  static float toFloat(double value) {
    return (float) value;
  }
}
