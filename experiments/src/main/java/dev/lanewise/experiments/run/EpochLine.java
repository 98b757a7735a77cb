package dev.lanewise.experiments.run;

import org.jspecify.annotations.Nullable;

/// One line of `metrics.jsonl`: how things stood at the end of an epoch.
///
/// @param epoch the epoch, from 1 on
/// @param steps how many steps have been made in all
/// @param trainLoss the mean loss of a row, each batch before its step
/// @param penalty what regularisation adds to the objective at the epoch's end; not in the losses
/// @param trainAccuracy the fraction of right answers on a fixed sample of the training rows, as
///     many as there are for validation, with the weights at the epoch's end; null for regression
/// @param validationLoss the mean loss on the validation rows; null if there are none
/// @param validationAccuracy the fraction of right answers on the validation rows; null for
///     regression
/// @param best whether this is the best epoch so far
/// @param seconds the time the epoch's steps took
/// @param samplesPerSecond training rows per second in these steps
public record EpochLine(
    int epoch,
    long steps,
    double trainLoss,
    double penalty,
    @Nullable Double trainAccuracy,
    @Nullable Double validationLoss,
    @Nullable Double validationAccuracy,
    boolean best,
    double seconds,
    double samplesPerSecond) {}
