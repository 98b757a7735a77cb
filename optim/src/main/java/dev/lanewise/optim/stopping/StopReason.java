package dev.lanewise.optim.stopping;

/// Why training ended.
public enum StopReason {
  /// All epochs that were asked for are done.
  EPOCHS,
  /// Too many epochs in a row without progress.
  PATIENCE,
  /// A metric is as good as was asked for.
  TARGET,
  /// The time is used up.
  TIME,
  /// Several conditions that were asked for together hold.
  CONDITIONS,
  /// A loss or a weight that is not a finite number, or a metric beyond its limit.
  DIVERGED,
  /// Somebody asked to stop.
  INTERRUPTED;

  /// Whether training ended as it should: not by divergence, and not from outside.
  ///
  /// @return whether it did
  public boolean endedWell() {
    return this != DIVERGED && this != INTERRUPTED;
  }
}
