package dev.lanewise.data.idx;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.nio.ByteBuffer;

/// The content of an IDX file, kept as it was stored.
public final class IdxArray {
  private final IdxType type;
  private final Shape shape;
  private final ByteBuffer elements;

  IdxArray(IdxType type, Shape shape, byte[] elements) {
    this.type = type;
    this.shape = shape;
    this.elements = ByteBuffer.wrap(elements); // big-endian, as the format is
  }

  /// The element type.
  ///
  /// @return the type
  public IdxType type() {
    return type;
  }

  /// The shape; `[]`, with one element, for a file of no dimensions.
  ///
  /// @return the shape
  public Shape shape() {
    return shape;
  }

  /// One element; every IDX type fits a `double` exactly.
  ///
  /// @param position the position in row-major order
  /// @return the element
  /// @throws IndexOutOfBoundsException if there is no such position
  public double get(int position) {
    if (position < 0 || position >= shape.size()) {
      throw new IndexOutOfBoundsException(
          "Position " + position + " is not within an IDX array of shape " + shape + ".");
    }
    int at = position * type.bytes();
    return switch (type) {
      case UBYTE -> elements.get(at) & 0xff;
      case BYTE -> elements.get(at);
      case SHORT -> elements.getShort(at);
      case INT -> elements.getInt(at);
      case FLOAT -> elements.getFloat(at);
      case DOUBLE -> elements.getDouble(at);
    };
  }

  /// The elements as numbers.
  ///
  /// @param dtype the element type; each element is rounded to it
  /// @return a new tensor of the same shape
  public Tensor toTensor(DType dtype) {
    Tensor tensor = Tensor.zeros(dtype, shape);
    for (int position = 0; position < shape.size(); position++) {
      tensor.setFlat(position, get(position));
    }
    return tensor;
  }

  /// The elements as the file holds them, in row-major order and big-endian.
  ///
  /// @return the array's own bytes, not a copy; not to be changed
  public byte[] bytes() {
    return elements.array();
  }
}
