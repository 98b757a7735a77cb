// Generated from DoubleTensor.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A tensor of `float`.
public final class FloatTensor extends Tensor {
  private final float[] array;

  /// A tensor over existing elements, which it shares.
  ///
  /// @param shape the shape
  /// @param array the array that holds the elements
  /// @param offset the index of the first element
  /// @throws IllegalArgumentException if the array is too short
  public FloatTensor(Shape shape, float[] array, int offset) {
    this(shape, array, offset, null);
  }

  private FloatTensor(Shape shape, float[] array, int offset, @Nullable Lease lease) {
    super(shape, offset, array.length, lease);
    this.array = array;
  }

  /// A matrix with the given rows, copied.
  ///
  /// @param rows the rows, all of the same length
  /// @return a new tensor of shape `[rows.length, rows[0].length]`
  /// @throws ShapeException if the rows differ in length
  public static FloatTensor matrix(float[]... rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    float[] elements = new float[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new ShapeException(
            "FloatTensor.matrix: row 0 has "
                + columns
                + " elements but row "
                + i
                + " has "
                + rows[i].length
                + ".");
      }
      System.arraycopy(rows[i], 0, elements, i * columns, columns);
    }
    return new FloatTensor(Shape.of(rows.length, columns), elements, 0);
  }

  /// A vector with the given elements, copied.
  ///
  /// @param elements the elements
  /// @return a new tensor of rank 1
  public static FloatTensor vector(float... elements) {
    return new FloatTensor(Shape.of(elements.length), elements.clone(), 0);
  }

  /// The backing array, shared: the elements start at [#offset()].
  ///
  /// @return the array
  /// @throws IllegalStateException if the tensor was leased and its run is closed
  public float[] array() {
    requireOpen();
    return array;
  }

  @Override
  public DType dtype() {
    return DType.FLOAT32;
  }

  @Override
  public double getFlat(int position) { // double in both
    return array[checkedPosition(position)];
  }

  @Override
  public void setFlat(int position, double value) { // double in both
    array[checkedPosition(position)] = Elements.toFloat(value);
  }

  @Override
  public FloatTensor copy() {
    requireOpen();
    return new FloatTensor(shape(), Arrays.copyOfRange(array, offset(), offset() + size()), 0);
  }

  @Override
  public boolean sameBits(Tensor other) {
    if (!(other instanceof FloatTensor that) || !shape().equals(that.shape())) {
      return false;
    }
    float[] left = array();
    float[] right = that.array();
    for (int i = 0; i < size(); i++) {
      if (Float.floatToRawIntBits(left[offset() + i])
          != Float.floatToRawIntBits(right[that.offset() + i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  FloatTensor view(Shape newShape, int newOffset, @Nullable Lease newLease) {
    return new FloatTensor(newShape, array, newOffset, newLease);
  }
}
