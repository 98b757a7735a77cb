package dev.lanewise.optim;

import java.util.List;

/// What happens during training: [Started], then [Resumed] if it is continued, for each step
/// [StepDone], for each epoch [EpochDone], and at the end [Stopped]. If statistics are asked for,
/// some steps are [StepMeasured] before they are done, and every epoch is [EpochMeasured].
public sealed interface TrainingEvent {
  /// Training begins.
  ///
  /// @param parameters how many numbers are trained
  /// @param samples how many rows an epoch has
  /// @param stepsPerEpoch how many steps an epoch has
  /// @param maxEpochs how many epochs there are at most
  record Started(long parameters, int samples, int stepsPerEpoch, int maxEpochs)
      implements TrainingEvent {}

  /// Training goes on from a checkpoint; what came after it is made anew.
  ///
  /// @param epochs how many epochs were done then
  /// @param step how many steps were done then
  record Resumed(int epochs, long step) implements TrainingEvent {}

  /// A step whose statistics were asked for; [StepDone] comes next.
  ///
  /// @param epoch the epoch, from 1
  /// @param step the step over the whole training, from 1
  /// @param statistics gradients and updates
  record StepMeasured(int epoch, long step, StepStatistics statistics) implements TrainingEvent {}

  /// A step is done.
  ///
  /// @param epoch the epoch, from 1
  /// @param step the step over the whole training, from 1
  /// @param loss the loss of its batch before the update
  /// @param samples how many rows its batch had
  record StepDone(int epoch, long step, double loss, int samples) implements TrainingEvent {}

  /// An epoch at whose end statistics were asked for; [EpochDone] comes next. If weights are
  /// averaged, these are the averages' activations.
  ///
  /// @param epoch the epoch, from 1
  /// @param step how many steps are done
  /// @param activations the model's activations on the sample, in the order they are computed
  record EpochMeasured(int epoch, long step, List<ActivationStatistics> activations)
      implements TrainingEvent {
    /// Measured activations.
    public EpochMeasured {
      activations = List.copyOf(activations);
    }
  }

  /// An epoch is done and evaluated. If weights are averaged, the model shows the averages now.
  ///
  /// @param epoch what it came to
  record EpochDone(EpochRecord epoch) implements TrainingEvent {}

  /// Training is over; the model has its final weights.
  ///
  /// @param result how it went
  record Stopped(TrainingResult result) implements TrainingEvent {}
}
