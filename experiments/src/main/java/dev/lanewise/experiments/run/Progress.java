package dev.lanewise.experiments.run;

import dev.lanewise.optim.TrainingEvent;
import java.util.List;

/// Somebody who shows how training goes.
public interface Progress extends AutoCloseable {
  /// Shows nothing.
  ///
  /// @return a progress that is silent
  static Progress none() {
    return new Progress() {};
  }

  /// What is about to be trained.
  ///
  /// @param job the job
  default void about(TrainingJob job) {}

  /// Training begins.
  ///
  /// @param event sizes
  default void started(TrainingEvent.Started event) {}

  /// Training goes on from a checkpoint.
  ///
  /// @param lines the epochs that are done already
  default void resumed(List<EpochLine> lines) {}

  /// A step is done.
  ///
  /// @param event the step
  default void step(TrainingEvent.StepDone event) {}

  /// An epoch is done and recorded.
  ///
  /// @param line the epoch
  default void epoch(EpochLine line) {}

  /// Everything is done and written.
  ///
  /// @param outcome what it came to
  default void finished(TrainingJob.Outcome outcome) {}

  @Override
  default void close() {}
}
