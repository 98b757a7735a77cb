package dev.lanewise.gradcheck.diagnosis;

import dev.lanewise.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// A way to divide a tensor into groups of equal standing: its rows, its columns, its slices.
///
/// @param noun what one group is called, `row`
/// @param count how many there are
/// @param of the group of the element at a position
record Groups(String noun, int count, IntUnaryOperator of) {
  /// The slices of each axis, and the rows along the last and the first axis.
  static List<Groups> of(Shape shape) {
    List<Groups> all = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      int along = axis;
      all.add(
          new Groups(Axes.noun(shape, axis), shape.dim(axis), i -> Axes.index(shape, along, i)));
    }
    if (shape.rank() > 2) {
      int row = shape.dim(shape.rank() - 1);
      int column = shape.size() / Math.max(1, shape.dim(0));
      all.add(new Groups("row along the last axis", shape.size() / Math.max(1, row), i -> i / row));
      all.add(new Groups("column along axis 0", column, i -> i % column));
      int page = row * shape.dim(shape.rank() - 2);
      all.add(
          new Groups(
              "slice of the last two axes", shape.size() / Math.max(1, page), i -> i / page));
    }
    addBlocks(all, shape);
    return all;
  }

  /// Rows divided into equal parts, as group normalisation does.
  private static void addBlocks(List<Groups> all, Shape shape) {
    int row = shape.rank() == 0 ? 1 : shape.dim(shape.rank() - 1);
    for (int width = row / 2; width > 1; width--) {
      if (row % width == 0) {
        int block = width;
        all.add(new Groups("group of " + block + " columns", shape.size() / block, i -> i / block));
      }
    }
  }

  /// All elements together.
  static Groups one() {
    return new Groups("tensor", 1, i -> 0);
  }

  /// The elements of one group.
  Part part(int group) {
    return i -> of.applyAsInt(i) == group;
  }
}
