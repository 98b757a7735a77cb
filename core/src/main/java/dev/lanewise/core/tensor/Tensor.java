package dev.lanewise.core.tensor;

import org.jspecify.annotations.Nullable;

/// A dense array of numbers with a [Shape]: row-major, contiguous, in a heap array from an offset
/// on.
///
/// [#rows(int, int)] and [#reshape(Shape)] are views, which share the elements; everything else
/// copies or writes into an output that the caller gives. Elements are read and written one at a
/// time as `double`, for convenience; arithmetic on whole tensors is in [TensorMath]. There is no
/// broadcasting.
///
/// A tensor may be *leased*: handed out by a graph run that owns its elements. Once that run is
/// closed, every access throws [IllegalStateException]; [#copy()] what must live on.
public abstract sealed class Tensor permits FloatTensor, DoubleTensor {
  private final Shape shape;
  private final int offset;
  private final @Nullable Lease lease;

  Tensor(Shape shape, int offset, int arrayLength, @Nullable Lease lease) {
    if (offset < 0 || offset > arrayLength - shape.size()) {
      throw new IllegalArgumentException(
          "A tensor of shape "
              + shape
              + " at offset "
              + offset
              + " does not fit an array of "
              + arrayLength
              + " elements.");
    }
    this.shape = shape;
    this.offset = offset;
    this.lease = lease;
  }

  /// Says whether the owner of a tensor's elements still vouches for them.
  @FunctionalInterface
  public interface Lease {
    /// Checks the lease.
    ///
    /// @throws IllegalStateException if the elements are no longer the tensor's
    void requireOpen();
  }

  /// A tensor of zeros.
  ///
  /// @param dtype the element type
  /// @param shape the shape
  /// @return a new tensor
  public static Tensor zeros(DType dtype, Shape shape) {
    return switch (dtype) {
      case FLOAT32 -> new FloatTensor(shape, new float[shape.size()], 0);
      case FLOAT64 -> new DoubleTensor(shape, new double[shape.size()], 0);
    };
  }

  /// A tensor with the given elements, each rounded to the element type.
  ///
  /// @param dtype the element type
  /// @param shape the shape
  /// @param elements the elements in row-major order
  /// @return a new tensor
  /// @throws ShapeException if the number of elements is not the shape's size
  public static Tensor of(DType dtype, Shape shape, double... elements) {
    if (elements.length != shape.size()) {
      throw new ShapeException(
          "Tensor.of: the shape "
              + shape
              + " has "
              + shape.size()
              + " elements, but "
              + elements.length
              + " were given.");
    }
    Tensor tensor = zeros(dtype, shape);
    for (int i = 0; i < elements.length; i++) {
      tensor.setFlat(i, elements[i]);
    }
    return tensor;
  }

  /// A tensor of rank 0.
  ///
  /// @param dtype the element type
  /// @param value the element, rounded to the element type
  /// @return a new tensor
  public static Tensor scalar(DType dtype, double value) {
    return of(dtype, Shape.SCALAR, value);
  }

  /// The element type.
  ///
  /// @return the type
  public abstract DType dtype();

  /// The shape.
  ///
  /// @return the shape
  public final Shape shape() {
    return shape;
  }

  /// The number of elements.
  ///
  /// @return the shape's size
  public final int size() {
    return shape.size();
  }

  /// The index of the first element in the backing array.
  ///
  /// @return the offset, in elements
  public final int offset() {
    return offset;
  }

  /// One element.
  ///
  /// @param index one number for each axis
  /// @return the element
  /// @throws IndexOutOfBoundsException if the index does not fit the shape
  /// @throws IllegalStateException if the tensor was leased and its run is closed
  public final double get(int... index) {
    return getFlat(flatten(index));
  }

  /// Sets one element, rounded to the element type.
  ///
  /// @param value the new value
  /// @param index one number for each axis
  /// @throws IndexOutOfBoundsException if the index does not fit the shape
  /// @throws IllegalStateException if the tensor was leased and its run is closed
  public final void set(double value, int... index) {
    setFlat(flatten(index), value);
  }

  /// The element at a position in row-major order.
  ///
  /// @param position from 0 to `size() - 1`
  /// @return the element
  /// @throws IndexOutOfBoundsException if there is no such position
  /// @throws IllegalStateException if the tensor was leased and its run is closed
  public abstract double getFlat(int position);

  /// Sets the element at a position in row-major order, rounded to the element type.
  ///
  /// @param position from 0 to `size() - 1`
  /// @param value the new value
  /// @throws IndexOutOfBoundsException if there is no such position
  /// @throws IllegalStateException if the tensor was leased and its run is closed
  public abstract void setFlat(int position, double value);

  /// The only element of a tensor that has exactly one.
  ///
  /// @return the element
  /// @throws ShapeException if the tensor has another number of elements
  /// @throws IllegalStateException if the tensor was leased and its run is closed
  public final double item() {
    if (size() != 1) {
      throw new ShapeException("item: a tensor of shape " + shape + " is not a single number.");
    }
    return getFlat(0);
  }

  /// Some rows, as a view that shares the elements.
  ///
  /// @param from the first row
  /// @param to the row after the last
  /// @return the view
  /// @throws IndexOutOfBoundsException unless `0 <= from <= to <= shape().rows()`
  public final Tensor rows(int from, int to) {
    if (from < 0 || from > to || to > shape.rows()) {
      throw new IndexOutOfBoundsException(
          "rows: " + from + " to " + to + " is not within the rows of shape " + shape + ".");
    }
    return view(shape.withRows(to - from), offset + from * shape.rowSize(), lease);
  }

  /// The same elements under another shape, as a view.
  ///
  /// @param newShape the new shape
  /// @return the view
  /// @throws ShapeException if the shapes differ in size
  public final Tensor reshape(Shape newShape) {
    if (newShape.size() != size()) {
      throw new ShapeException(
          "reshape: "
              + shape
              + " has "
              + size()
              + " elements but "
              + newShape
              + " has "
              + newShape.size()
              + ".");
    }
    return view(newShape, offset, lease);
  }

  /// The same elements, readable only while a lease is open.
  ///
  /// @param newLease the lease
  /// @return the view
  public final Tensor leased(Lease newLease) {
    return view(shape, offset, newLease);
  }

  /// A copy with its own elements, free of any lease.
  ///
  /// @return a new tensor of the same type and shape
  /// @throws IllegalStateException if the tensor was leased and its run is closed
  public abstract Tensor copy();

  /// A copy in the given element type; float64 to float32 rounds to nearest.
  ///
  /// @param dtype the element type
  /// @return a new tensor of the same shape
  /// @throws IllegalStateException if the tensor was leased and its run is closed
  public final Tensor to(DType dtype) {
    if (dtype == dtype()) {
      return copy();
    }
    requireOpen();
    Tensor converted = zeros(dtype, shape);
    for (int i = 0; i < size(); i++) {
      converted.setFlat(i, getFlat(i));
    }
    return converted;
  }

  /// All elements as `double`, in row-major order.
  ///
  /// @return a new array
  /// @throws IllegalStateException if the tensor was leased and its run is closed
  public final double[] toDoubles() {
    requireOpen();
    double[] elements = new double[size()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = getFlat(i);
    }
    return elements;
  }

  /// Whether two tensors have the same type, shape and bits; −0 differs from +0, and a NaN equals
  /// a NaN of the same bits.
  ///
  /// @param other the other tensor
  /// @return whether they are the same
  /// @throws IllegalStateException if one was leased and its run is closed
  public abstract boolean sameBits(Tensor other);

  abstract Tensor view(Shape newShape, int newOffset, @Nullable Lease newLease);

  final @Nullable Lease lease() {
    return lease;
  }

  final void requireOpen() {
    if (lease != null) {
      lease.requireOpen();
    }
  }

  final int checkedPosition(int position) {
    requireOpen();
    if (position < 0 || position >= size()) {
      throw new IndexOutOfBoundsException(
          "Position " + position + " is not within a tensor of shape " + shape + ".");
    }
    return offset + position;
  }

  private int flatten(int[] index) {
    if (index.length != shape.rank()) {
      throw new IndexOutOfBoundsException(
          "An index of " + index.length + " numbers does not fit the shape " + shape + ".");
    }
    int position = 0;
    for (int axis = 0; axis < index.length; axis++) {
      if (index[axis] < 0 || index[axis] >= shape.dim(axis)) {
        throw new IndexOutOfBoundsException(
            "Index " + index[axis] + " is out of range on axis " + axis + " of " + shape + ".");
      }
      position = position * shape.dim(axis) + index[axis];
    }
    return position;
  }

  /// Type, shape and the first elements; of a leased tensor whose run is closed, that it is closed
  /// instead of the elements, as a log or a debugger may ask when it is too late for them.
  @Override
  public final String toString() {
    StringBuilder text = new StringBuilder(dtype().label()).append(shape).append(" {");
    try {
      requireOpen();
    } catch (IllegalStateException closed) {
      return text.append("closed}").toString();
    }
    int shown = Math.min(size(), 8);
    for (int i = 0; i < shown; i++) {
      text.append(i == 0 ? "" : ", ").append(getFlat(i));
    }
    return text.append(shown < size() ? ", …}" : "}").toString();
  }
}
