package dev.lanewise.optim.stopping;

/// Why training ended.
public enum StopReason {
  /// All epochs that were asked for are done.
  EPOCHS,
  /// Too many epochs in a row without progress.
  PATIENCE,
  /// A loss or a weight that is not a finite number.
  DIVERGED,
  /// Somebody asked to stop.
  INTERRUPTED
}
