package dev.lanewise.core.tensor;

/// The element type of a tensor.
public enum DType {
  /// IEEE 754 binary32: for speed, and the default.
  FLOAT32("float32", Float.BYTES),
  /// IEEE 754 binary64: for checking.
  FLOAT64("float64", Double.BYTES);

  private final String label;
  private final int bytes;

  DType(String label, int bytes) {
    this.label = label;
    this.bytes = bytes;
  }

  /// The name users write: `float32` or `float64`.
  ///
  /// @return the name
  public String label() {
    return label;
  }

  /// The size of one element in bytes.
  ///
  /// @return 4 or 8
  public int bytes() {
    return bytes;
  }

  /// The type with the given name.
  ///
  /// @param label `float32` or `float64`
  /// @return the type
  /// @throws IllegalArgumentException if there is no such type; the message lists those there are
  public static DType of(String label) {
    for (DType type : values()) {
      if (type.label.equals(label)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "There is no element type '" + label + "': expected float32 or float64.");
  }
}
