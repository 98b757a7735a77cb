package dev.lanewise.optim;

import dev.lanewise.optim.checkpoint.CheckpointException;
import dev.lanewise.optim.checkpoint.Environment;
import dev.lanewise.optim.metric.Metrics;
import dev.lanewise.optim.stopping.EarlyStopping;
import dev.lanewise.optim.stopping.StopReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A checkpoint's `state.json`: a [TrainingState] in plain types, and what must be the same where
/// it is continued.
///
/// @param environment on what it was made
/// @param settings the trainer's settings and the data, each in words
record SavedState(
    Environment environment,
    Map<String, String> settings,
    long step,
    int epochs,
    int batches,
    double lossSum,
    double seconds,
    EarlyStopping.State stopping,
    List<Epoch> history,
    @Nullable StopReason stop,
    @Nullable String explanation) {
  /// An [EpochRecord].
  record Epoch(
      int epoch,
      long steps,
      double trainingLoss,
      double penalty,
      @Nullable Metrics validation,
      long samples,
      double seconds,
      boolean best) {
    static Epoch of(EpochRecord record) {
      return new Epoch(
          record.epoch(),
          record.steps(),
          record.trainingLoss(),
          record.penalty(),
          record.validation().orElse(null),
          record.samples(),
          record.seconds(),
          record.best());
    }

    EpochRecord record() {
      return new EpochRecord(
          epoch,
          steps,
          trainingLoss,
          penalty,
          Optional.ofNullable(validation),
          samples,
          seconds,
          best);
    }
  }

  static SavedState of(TrainingState state, Environment environment, Map<String, String> settings) {
    return new SavedState(
        environment,
        new LinkedHashMap<>(settings),
        state.step(),
        state.epochs(),
        state.batches(),
        state.lossSum(),
        state.seconds(),
        state.stopping(),
        state.history().stream().map(Epoch::of).toList(),
        state.ending().map(TrainingState.Ending::reason).orElse(null),
        state.ending().map(TrainingState.Ending::explanation).orElse(null));
  }

  TrainingState state() {
    return new TrainingState(
        step,
        epochs,
        batches,
        lossSum,
        seconds,
        stopping,
        history.stream().map(Epoch::record).toList(),
        stop == null || explanation == null
            ? Optional.empty()
            : Optional.of(new TrainingState.Ending(stop, explanation)));
  }

  /// @throws CheckpointException if the training was another; the message names what differs
  void requireSettings(Map<String, String> found) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(settings.keySet());
    names.addAll(found.keySet());
    for (String name : names) {
      String was = settings.getOrDefault(name, "none");
      String is = found.getOrDefault(name, "none");
      if (!was.equals(is)) {
        differences.add(name + ": was '" + was + "', is '" + is + "'");
      }
    }
    if (!differences.isEmpty()) {
      throw new CheckpointException(
          "The checkpoint of step "
              + step
              + " belongs to another training: "
              + String.join("; ", differences)
              + ".");
    }
  }
}
