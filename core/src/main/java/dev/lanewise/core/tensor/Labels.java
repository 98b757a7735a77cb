package dev.lanewise.core.tensor;

/// Class labels and indices: whole numbers that stand in a tensor.
public final class Labels {
  private Labels() {}

  /// The label of one row.
  ///
  /// @param operation the operation's name, for the error
  /// @param labels a vector of labels
  /// @param row the row
  /// @param classes the number of classes
  /// @return a number from 0 to `classes - 1`
  /// @throws IllegalArgumentException if the label is not a whole number in that range; the message
  ///     names the row and the label
  public static int at(String operation, Tensor labels, int row, int classes) {
    double label = labels.getFlat(row);
    int index = (int) label;
    if (index != label || index < 0 || index >= classes) {
      throw new IllegalArgumentException(
          operation
              + ": the label of row "
              + row
              + " is "
              + label
              + ", but must be a whole number from 0 to "
              + (classes - 1)
              + ".");
    }
    return index;
  }
}
