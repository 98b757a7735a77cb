package dev.lanewise.optim.stopping;

import java.util.List;
import java.util.Optional;

/// What a policy makes of a history.
///
/// @param stop why it stops; empty if it would go on beyond the history
/// @param explanation the reason in one sentence
/// @param epochs after how many epochs it stops, or how many there are
/// @param bestEpoch the best of these epochs, from 1; 0 if there is none
/// @param history one verdict for each of these epochs
public record Replay(
    Optional<StopReason> stop,
    String explanation,
    int epochs,
    int bestEpoch,
    List<EarlyStopping.Verdict> history) {
  /// A result.
  public Replay {
    history = List.copyOf(history);
  }
}
