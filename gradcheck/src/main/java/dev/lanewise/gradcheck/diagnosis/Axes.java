package dev.lanewise.gradcheck.diagnosis;

import dev.lanewise.core.tensor.Shape;

/// Axes by their names: rows and columns of a matrix, else by number.
final class Axes {
  private Axes() {}

  /// The index along an axis of the element at a position.
  static int index(Shape shape, int axis, int position) {
    return position / stride(shape, axis) % shape.dim(axis);
  }

  /// How far apart neighbours along an axis are.
  static int stride(Shape shape, int axis) {
    int stride = 1;
    for (int k = axis + 1; k < shape.rank(); k++) {
      stride *= shape.dim(k);
    }
    return stride;
  }

  /// `row 2`, `column 0`, `index 1 of axis 2`.
  static String at(Shape shape, int axis, int index) {
    return switch (shape.rank()) {
      case 1 -> "index " + index;
      case 2 -> noun(shape, axis) + " " + index;
      default -> "index " + index + " of axis " + axis;
    };
  }

  /// `row`, `column`, `slice of axis 2`.
  static String noun(Shape shape, int axis) {
    return switch (shape.rank()) {
      case 1 -> "element";
      case 2 -> axis == 0 ? "row" : "column";
      default -> "slice of axis " + axis;
    };
  }

  /// `the number of rows`, `the length of axis 2`.
  static String count(Shape shape, int axis) {
    return switch (shape.rank()) {
      case 1 -> "the length";
      case 2 -> axis == 0 ? "the number of rows" : "the number of columns";
      default -> "the length of axis " + axis;
    };
  }

  /// `the rows`, `axis 2`.
  static String along(Shape shape, int axis) {
    return switch (shape.rank()) {
      case 1 -> "its length";
      case 2 -> axis == 0 ? "axis 0 (the rows)" : "axis 1 (the columns)";
      default -> "axis " + axis;
    };
  }
}
