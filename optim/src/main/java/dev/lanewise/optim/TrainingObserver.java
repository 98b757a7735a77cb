package dev.lanewise.optim;

/// Somebody who is told what happens during training and cannot alter it: a progress bar, a writer
/// of metrics, a plot.
///
/// ```java
/// trainer.observer(
///     event -> {
///       if (event instanceof TrainingEvent.EpochDone done) {
///         history.append(done.epoch());
///       }
///     });
/// ```
@FunctionalInterface
public interface TrainingObserver {
  /// Takes notice of an event, in the thread that trains: training goes on when it returns. What it
  /// throws ends the training.
  ///
  /// @param event the event
  void on(TrainingEvent event);
}
