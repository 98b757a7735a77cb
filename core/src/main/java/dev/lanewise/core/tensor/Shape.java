package dev.lanewise.core.tensor;

import java.util.Arrays;

/// The dimensions of a tensor: immutable, each at least zero. A scalar has rank 0 and size 1.
///
/// Written `[128,784]`; a scalar is `[]`. The number of elements fits an `int`, because the
/// elements live in one Java array.
public final class Shape {
  /// The shape of a scalar: rank 0, one element.
  public static final Shape SCALAR = new Shape(new int[0]);

  private final int[] dims;
  private final int size;

  private Shape(int[] dims) {
    this.dims = dims;
    boolean empty = false;
    long product = 1; // without zeros: the rows of an empty tensor have a size, too
    for (int dim : dims) {
      if (dim < 0) {
        throw new IllegalArgumentException(
            "The shape " + Arrays.toString(dims) + " has a negative dimension.");
      }
      empty |= dim == 0;
      product *= Math.max(dim, 1); // cannot overflow: checked after each factor
      if (product > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "The shape "
                + Arrays.toString(dims)
                + (empty ? " would have rows of" : " has")
                + " more than 2^31-1 elements.");
      }
    }
    this.size = empty ? 0 : (int) product;
  }

  /// A shape with the given dimensions.
  ///
  /// @param dims the dimensions, outermost first; none for a scalar
  /// @return the shape
  /// @throws IllegalArgumentException if a dimension is negative, or if the product of the
  ///     dimensions, zeros left aside, exceeds 2³¹−1
  public static Shape of(int... dims) {
    return dims.length == 0 ? SCALAR : new Shape(dims.clone());
  }

  /// The number of dimensions.
  ///
  /// @return the rank; 0 for a scalar
  public int rank() {
    return dims.length;
  }

  /// The length of one axis.
  ///
  /// @param axis from 0, the outermost, to `rank() - 1`
  /// @return the length
  /// @throws IndexOutOfBoundsException if there is no such axis
  public int dim(int axis) {
    if (axis < 0 || axis >= dims.length) {
      throw new IndexOutOfBoundsException("The shape " + this + " has no axis " + axis + ".");
    }
    return dims[axis];
  }

  /// All dimensions.
  ///
  /// @return a fresh array
  public int[] dims() {
    return dims.clone();
  }

  /// The number of elements: the product of the dimensions.
  ///
  /// @return the size; 1 for a scalar
  public int size() {
    return size;
  }

  /// The number of rows: the length of the first axis.
  ///
  /// @return the length
  /// @throws IndexOutOfBoundsException for a scalar, which has no rows
  public int rows() {
    return dim(0);
  }

  /// The number of elements in one row: the product of all dimensions but the first.
  ///
  /// @return the number; 1 for a vector
  /// @throws IndexOutOfBoundsException for a scalar, which has no rows
  public int rowSize() {
    if (dims.length == 0) {
      throw new IndexOutOfBoundsException("A scalar has no rows.");
    }
    int product = 1;
    for (int axis = 1; axis < dims.length; axis++) {
      product *= dims[axis];
    }
    return product;
  }

  /// This shape with another number of rows.
  ///
  /// @param rows the new length of the first axis
  /// @return the shape
  /// @throws IndexOutOfBoundsException for a scalar, which has no rows
  public Shape withRows(int rows) {
    if (dims.length == 0) {
      throw new IndexOutOfBoundsException("A scalar has no rows.");
    }
    if (dims[0] == rows) {
      return this;
    }
    int[] changed = dims.clone();
    changed[0] = rows;
    return new Shape(changed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape that && Arrays.equals(dims, that.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  @Override
  public String toString() {
    return Arrays.toString(dims).replace(" ", "");
  }
}
