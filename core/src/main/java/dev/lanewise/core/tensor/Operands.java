package dev.lanewise.core.tensor;

/// What every operation asks of its operands, and the arrays behind them.
final class Operands {
  private Operands() {}

  static double[] doubles(Tensor tensor) {
    return ((DoubleTensor) tensor).array();
  }

  static float[] floats(Tensor tensor) {
    return ((FloatTensor) tensor).array();
  }

  @SuppressWarnings("ReferenceEquality") // of the arrays
  static boolean overlap(Tensor x, Tensor y) {
    return array(x) == array(y)
        && x.offset() < y.offset() + y.size()
        && y.offset() < x.offset() + x.size();
  }

  private static Object array(Tensor tensor) {
    return switch (tensor) {
      case DoubleTensor d -> d.array();
      case FloatTensor f -> f.array();
    };
  }

  static void requireElementwise(String operation, Tensor input, Tensor output) {
    requireSameType(operation, input, output);
    ShapeException.requireEqual(operation, "an input", input.shape(), "the output", output.shape());
  }

  static void requireSameType(String operation, Tensor left, Tensor right) {
    if (left.dtype() != right.dtype()) {
      throw new IllegalArgumentException(
          operation
              + ": the operands have the element types "
              + left.dtype().label()
              + " and "
              + right.dtype().label()
              + ", but must have the same.");
    }
  }

  static void requireRoom(String operation, String what, int needed, Tensor room) {
    if (room.size() < needed) {
      throw new ShapeException(
          operation
              + ": the "
              + what
              + " has "
              + room.size()
              + " elements but "
              + needed
              + " are needed.");
    }
  }

  static void requireRowVector(String operation, Tensor matrix, Tensor vector) {
    ShapeException.requireRank(operation, "the matrix", 2, matrix.shape());
    ShapeException.requireRank(operation, "the vector", 1, vector.shape());
    ShapeException.requireSameAxis(
        operation, "the matrix", matrix.shape(), 1, "the vector", vector.shape(), 0);
  }

  static void requireColumnVector(String operation, Tensor matrix, Tensor vector) {
    requireSameType(operation, matrix, vector);
    ShapeException.requireRank(operation, "the vector", 1, vector.shape());
    ShapeException.requireSameAxis(
        operation, "the matrix", matrix.shape(), 0, "the vector", vector.shape(), 0);
  }

  static void requireColumns(String operation, Tensor matrix) {
    ShapeException.requireRank(operation, "the matrix", 2, matrix.shape());
    if (matrix.shape().dim(1) == 0) {
      throw new ShapeException(
          operation + ": a row of no elements, in shape " + matrix.shape() + ".");
    }
  }

  static void requireOne(String operation, double beta) {
    if (beta != 1) {
      throw new IllegalArgumentException(operation + ": beta must be 0 or 1, not " + beta + ".");
    }
  }
}
