package dev.lanewise.optim.stopping;

/// A metric and what counts as progress in it: to be finite and better than the **best so far** by
/// more than `minDelta` and by more than `relativeDelta·|best|`. The first finite number is
/// progress. A tie is not, and NaN and ±∞ never are.
///
/// @param metric the metric's name in an [Observation]
/// @param direction which numbers are better
/// @param minDelta by how much a number must be better, at least 0
/// @param relativeDelta by which share of the best a number must be better, at least 0
public record Monitor(String metric, Direction direction, double minDelta, double relativeDelta) {
  /// A monitor.
  ///
  /// @throws IllegalArgumentException if a delta is negative or not finite
  public Monitor {
    requireDelta("minDelta", minDelta);
    requireDelta("relativeDelta", relativeDelta);
  }

  /// A monitor for which every improvement is progress.
  ///
  /// @param metric the metric's name in an [Observation]
  /// @param direction which numbers are better
  public Monitor(String metric, Direction direction) {
    this(metric, direction, 0, 0);
  }

  /// Whether a number is progress.
  ///
  /// @param best the best number so far
  /// @param value the number
  /// @return whether it is
  public boolean isProgress(Best best, double value) {
    if (!Double.isFinite(value)) {
      return false;
    }
    if (!best.exists()) {
      return true;
    }
    double margin = Math.max(minDelta, relativeDelta * Math.abs(best.value()));
    return direction.isBetter(
        value, direction == Direction.MIN ? best.value() - margin : best.value() + margin);
  }

  /// The best number after one more.
  Best after(Best before, int epoch, double value) {
    return isProgress(before, value) ? new Best(value, epoch) : before;
  }

  private static void requireDelta(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Early stopping: " + name + " must be a number of at least 0, but is " + value + ".");
    }
  }
}
