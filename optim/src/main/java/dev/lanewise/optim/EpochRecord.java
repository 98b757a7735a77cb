package dev.lanewise.optim;

import dev.lanewise.optim.metric.Metrics;
import java.util.Optional;

/// What one epoch of training came to.
///
/// @param epoch its number, from 1
/// @param steps the number of steps since the start of training
/// @param trainingLoss the mean loss of a row, each batch before its update; without the penalty
/// @param penalty what regularisation adds to the objective, after the epoch's last step; of the
///     weights themselves, also where their average is validated
/// @param validation the metrics on the validation set after the epoch; empty if there is none
/// @param samples the number of rows trained on
/// @param seconds the time of training, without validation
/// @param best whether this is the best epoch so far
public record EpochRecord(
    int epoch,
    long steps,
    double trainingLoss,
    double penalty,
    Optional<Metrics> validation,
    long samples,
    double seconds,
    boolean best) {
  /// The speed of training.
  ///
  /// @return rows per second
  public double samplesPerSecond() {
    return samples / seconds;
  }
}
