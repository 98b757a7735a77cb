package dev.lanewise.optim.stopping;

/// Which of two numbers is the better one. It is always said and never guessed from a name.
public enum Direction {
  /// The smaller, as of a loss.
  MIN,
  /// The larger, as of an accuracy.
  MAX;

  /// Whether one number is better than another.
  ///
  /// @param value the one
  /// @param other the other
  /// @return whether it is; false for equals and for NaN
  public boolean isBetter(double value, double other) {
    return this == MIN ? value < other : value > other;
  }
}
