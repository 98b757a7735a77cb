package dev.lanewise.optim.stopping;

/// The best number so far. It is always finite, so that it can be written as JSON.
///
/// @param value the number; 0 before there is one
/// @param epoch the epoch it was observed in, from 1; 0 before there is one
public record Best(double value, int epoch) {
  /// Before there is one.
  public static final Best NONE = new Best(0, 0);

  /// A best number.
  ///
  /// @throws IllegalArgumentException if it is not finite, or the epoch is negative
  public Best {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "Early stopping: the best number so far must be finite, but is " + value + ".");
    }
    if (epoch < 0) {
      throw new IllegalArgumentException(
          "Early stopping: the best epoch must be at least 0, but is " + epoch + ".");
    }
  }

  /// Whether there is one.
  ///
  /// @return whether there is
  public boolean exists() {
    return epoch > 0;
  }
}
