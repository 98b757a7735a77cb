package dev.lanewise.optim.stopping;

/// What a monitored number that is NaN or infinite does. The best it is never.
public enum NotFinite {
  /// Its epoch is one without progress.
  WAIT,
  /// It ends training.
  STOP
}
