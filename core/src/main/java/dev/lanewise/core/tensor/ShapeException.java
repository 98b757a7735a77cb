package dev.lanewise.core.tensor;

/// Two shapes do not fit an operation. The message names the operation, both shapes, and the axis
/// that differs.
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /// An error with a message.
  ///
  /// @param message a sentence for the user
  public ShapeException(String message) {
    super(message);
  }

  /// Demands equal shapes.
  ///
  /// @param operation the operation's name
  /// @param expectedName what the expected shape belongs to
  /// @param expected the expected shape
  /// @param foundName what the found shape belongs to
  /// @param found the found shape
  /// @throws ShapeException if the shapes differ; the message names the first axis that differs
  public static void requireEqual(
      String operation, String expectedName, Shape expected, String foundName, Shape found) {
    if (expected.equals(found)) {
      return;
    }
    String where;
    if (expected.rank() != found.rank()) {
      where = "rank " + expected.rank() + " against rank " + found.rank();
    } else {
      int axis = 0;
      while (expected.dim(axis) == found.dim(axis)) {
        axis++;
      }
      where = "axis " + axis + ": " + expected.dim(axis) + " against " + found.dim(axis);
    }
    throw new ShapeException(
        operation
            + ": "
            + expectedName
            + " has shape "
            + expected
            + " but "
            + foundName
            + " has shape "
            + found
            + " ("
            + where
            + ").");
  }

  /// Demands a rank.
  ///
  /// @param operation the operation's name
  /// @param name what the shape belongs to
  /// @param rank the expected rank
  /// @param shape the shape found
  /// @throws ShapeException if the rank differs
  public static void requireRank(String operation, String name, int rank, Shape shape) {
    if (shape.rank() != rank) {
      throw new ShapeException(
          operation + ": " + name + " must have rank " + rank + " but has shape " + shape + ".");
    }
  }

  /// Demands that two axes have the same length.
  ///
  /// @param operation the operation's name
  /// @param leftName what the left shape belongs to
  /// @param left the left shape
  /// @param leftAxis the axis of the left shape
  /// @param rightName what the right shape belongs to
  /// @param right the right shape
  /// @param rightAxis the axis of the right shape
  /// @throws ShapeException if the lengths differ
  public static void requireSameAxis(
      String operation,
      String leftName,
      Shape left,
      int leftAxis,
      String rightName,
      Shape right,
      int rightAxis) {
    if (left.dim(leftAxis) != right.dim(rightAxis)) {
      throw new ShapeException(
          operation
              + ": axis "
              + leftAxis
              + " of "
              + leftName
              + " "
              + left
              + " must equal axis "
              + rightAxis
              + " of "
              + rightName
              + " "
              + right
              + ", but "
              + left.dim(leftAxis)
              + " is not "
              + right.dim(rightAxis)
              + ".");
    }
  }
}
