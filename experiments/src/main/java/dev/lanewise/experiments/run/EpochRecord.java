package dev.lanewise.experiments.run;

import org.jspecify.annotations.Nullable;

/// One line of `metrics.jsonl`: how things stood at the end of an epoch.
///
/// The training figures are averages over the epoch's batches, each taken before its step; the
/// validation figures are of the weights after the last step.
///
/// @param epoch the epoch, from 1 on
/// @param step how many steps have been made in all
/// @param trainLoss the mean loss
/// @param trainAccuracy the fraction of right answers; null for regression
/// @param validationLoss the mean loss on the validation part; null if there is none
/// @param validationAccuracy the fraction of right answers there; null for regression
/// @param seconds the time since the start
/// @param samplesPerSecond training examples per second in this epoch
public record EpochRecord(
    int epoch,
    long step,
    double trainLoss,
    @Nullable Double trainAccuracy,
    @Nullable Double validationLoss,
    @Nullable Double validationAccuracy,
    double seconds,
    double samplesPerSecond) {}
