package dev.lanewise.data;

import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.FloatTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;

/// What every dataset does to copy rows into a tensor.
final class RowBlocks {
  private RowBlocks() {}

  /// The shape of several rows of one shape.
  static Shape shape(int rows, Shape row) {
    int[] dims = new int[row.rank() + 1];
    dims[0] = rows;
    for (int axis = 0; axis < row.rank(); axis++) {
      dims[axis + 1] = row.dim(axis);
    }
    return Shape.of(dims);
  }

  /// Demands that all rows exist and that the output has exactly their shape.
  static void require(String operation, int size, int[] rows, Shape row, Tensor output) {
    Shape found = output.shape();
    boolean fits = found.rank() == row.rank() + 1 && found.rows() == rows.length;
    for (int axis = 0; fits && axis < row.rank(); axis++) {
      fits = found.dim(axis + 1) == row.dim(axis);
    }
    if (!fits) {
      ShapeException.requireEqual(
          operation, "the block of rows", shape(rows.length, row), "the output", found);
    }
    for (int each : rows) {
      requireRow(size, each);
    }
  }

  static void requireRow(int size, int row) {
    if (row < 0 || row >= size) {
      throw new IndexOutOfBoundsException(
          "There is no row " + row + " in a dataset of " + size + " rows.");
    }
  }

  /// Copies rows of one tensor, to the element type of the other.
  static void copy(Tensor source, int[] rows, Tensor output) {
    int rowSize = source.shape().rowSize();
    for (int i = 0; i < rows.length; i++) {
      int from = rows[i] * rowSize;
      int to = i * rowSize;
      if (source instanceof FloatTensor floats && output instanceof FloatTensor target) {
        System.arraycopy(
            floats.array(), floats.offset() + from, target.array(), target.offset() + to, rowSize);
      } else if (source instanceof DoubleTensor doubles && output instanceof DoubleTensor target) {
        System.arraycopy(
            doubles.array(),
            doubles.offset() + from,
            target.array(),
            target.offset() + to,
            rowSize);
      } else {
        for (int column = 0; column < rowSize; column++) {
          output.setFlat(to + column, source.getFlat(from + column));
        }
      }
    }
  }
}
