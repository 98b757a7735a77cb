package dev.lanewise.experiments.run;

import dev.lanewise.optim.TrainingEvent;

/// Somebody who shows how training goes.
public interface Progress {
  /// Training begins.
  ///
  /// @param event sizes
  void started(TrainingEvent.Started event);

  /// A step is done.
  ///
  /// @param event the step
  void step(TrainingEvent.StepDone event);

  /// An epoch is done and recorded.
  ///
  /// @param line the epoch
  void epoch(EpochLine line);
}
