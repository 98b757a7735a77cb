package dev.lanewise.optim;

import dev.lanewise.optim.stopping.EarlyStopping;
import dev.lanewise.optim.stopping.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All that a training remembers besides tensors, see [TrainingMemory] for those.
///
/// @param step how many steps are done
/// @param epochs how many epochs are done
/// @param batches how many batches of the running epoch are done: with the epochs, the position in
///     the order of the data
/// @param lossSum the loss of the running epoch's rows so far
/// @param seconds how long the running epoch has trained
/// @param stopping what early stopping remembers
/// @param history one record for each epoch
/// @param ending why training is over; empty as long as it is not
record TrainingState(
    long step,
    int epochs,
    int batches,
    double lossSum,
    double seconds,
    EarlyStopping.State stopping,
    List<EpochRecord> history,
    Optional<Ending> ending) {
  /// Why training is over, and in a sentence.
  record Ending(StopReason reason, String explanation) {}

  TrainingState {
    history = List.copyOf(history);
  }

  static TrainingState start(EarlyStopping policy) {
    return new TrainingState(0, 0, 0, 0, 0, policy.start(), List.of(), Optional.empty());
  }

  TrainingState afterStep(double loss, int rows, double duration) {
    return new TrainingState(
        step + 1,
        epochs,
        batches + 1,
        lossSum + loss * rows,
        seconds + duration,
        stopping,
        history,
        ending);
  }

  TrainingState afterEpoch(EpochRecord record, EarlyStopping.Verdict verdict) {
    List<EpochRecord> longer = new ArrayList<>(history);
    longer.add(record);
    return new TrainingState(
        step,
        epochs + 1,
        0,
        0,
        0,
        verdict.state(),
        longer,
        verdict.stop().map(reason -> new Ending(reason, verdict.explanation())));
  }
}
