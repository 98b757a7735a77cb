package dev.lanewise.data;

/// A class as a number in a tensor.
final class ClassIndex {
  private ClassIndex() {}

  /// The class that a number stands for.
  ///
  /// @throws DataException unless the number is whole and from 0 to `classes - 1`
  static int require(double value, int row, int classes) {
    int index = (int) value;
    if (index != value || index < 0 || index >= classes) {
      throw new DataException(
          "The class index of row "
              + row
              + " must be a whole number from 0 to "
              + (classes - 1)
              + ", but it is "
              + value
              + ".");
    }
    return index;
  }
}
