package dev.lanewise.optim;

import dev.lanewise.optim.stopping.StopReason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// How training went. The weights it ended with are in the model.
///
/// @param history one record for each completed epoch
/// @param bestEpoch the epoch whose weights the model has now, from 1; empty if it has others: the
///     initial ones if training diverged before the first epoch was done, else those of the last
///     step
/// @param stop why training ended
/// @param explanation the reason in one sentence, with epoch and step
/// @param steps the number of steps whose update was applied
/// @param divergence where training diverged, if it did
public record TrainingResult(
    List<EpochRecord> history,
    OptionalInt bestEpoch,
    StopReason stop,
    String explanation,
    long steps,
    Optional<Divergence> divergence) {
  /// A result.
  public TrainingResult {
    history = List.copyOf(history);
  }

  /// Where training diverged.
  ///
  /// @param epoch the epoch, from 1
  /// @param step the step over the whole training, from 1
  /// @param what what was not a finite number, or was too large
  /// @param node the first node of the computation whose value was not finite, in words; empty if
  ///     all were, and only a gradient or an update was not
  /// @param parameter the path of the parameter in which it showed, or that stands nearest before
  ///     the node; empty if there is none, as when the data are not finite
  public record Divergence(
      int epoch, long step, String what, Optional<String> node, Optional<String> parameter) {}

  /// The record of the epoch whose weights the model has now.
  ///
  /// @return the record; empty if [#bestEpoch] is
  public Optional<EpochRecord> best() {
    return bestEpoch.isPresent()
        ? Optional.of(history.get(bestEpoch.getAsInt() - 1))
        : Optional.empty();
  }
}
