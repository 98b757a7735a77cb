package dev.lanewise.data.idx;

import java.util.Optional;

/// The element types of IDX files: all big-endian, the integers signed but for the first.
public enum IdxType {
  /// An unsigned byte, 0 to 255.
  UBYTE(0x08, 1),
  /// A signed byte.
  BYTE(0x09, 1),
  /// A 16-bit integer.
  SHORT(0x0B, 2),
  /// A 32-bit integer.
  INT(0x0C, 4),
  /// IEEE 754 binary32.
  FLOAT(0x0D, 4),
  /// IEEE 754 binary64.
  DOUBLE(0x0E, 8);

  private final int code;
  private final int bytes;

  IdxType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /// The number that stands for the type in a file's third byte.
  ///
  /// @return the code
  public int code() {
    return code;
  }

  /// The size of one element.
  ///
  /// @return the number of bytes
  public int bytes() {
    return bytes;
  }

  /// The type with a code.
  ///
  /// @param code the code
  /// @return the type, or nothing if the code is not assigned
  public static Optional<IdxType> of(int code) {
    for (IdxType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
