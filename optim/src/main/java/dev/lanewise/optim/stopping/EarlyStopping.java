package dev.lanewise.optim.stopping;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/// When to stop, decided after each epoch by one monitored number. It keeps nothing: [#observe]
/// makes of a state and a number a verdict and the next state, so that a saved history can be
/// judged anew.
///
/// ```java
/// EarlyStopping.minimising().patience(5).minDelta(1e-4)
/// ```
///
/// A number is *progress* if it is finite and better than the **best so far** by more than
/// minDelta; the first finite number is progress. A tie is not, and NaN and ∞ never are. Training
/// stops when `patience` epochs in a row brought no progress, or after `maxEpochs`.
///
/// @param direction which numbers are better
/// @param minDelta by how much a number must be better, at least 0
/// @param patience how many epochs without progress stop the training, at least 1
/// @param maxEpochs how many epochs there are at most, at least 1
public record EarlyStopping(Direction direction, double minDelta, int patience, int maxEpochs) {
  /// No limit, for patience and epochs.
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /// Which numbers are better.
  public enum Direction {
    /// The smaller, as of a loss.
    MIN,
    /// The larger, as of an accuracy.
    MAX
  }

  /// What must be remembered between epochs.
  ///
  /// @param epoch the number of epochs observed
  /// @param best the best number so far; NaN before there is one
  /// @param bestEpoch the epoch it was observed in, from 1; 0 before there is one
  public record State(int epoch, double best, int bestEpoch) {}

  /// What is decided after an epoch.
  ///
  /// @param state the next state
  /// @param progress whether this epoch is the best so far
  /// @param stop why to stop; empty to go on
  /// @param explanation the reason in one sentence
  public record Verdict(
      State state, boolean progress, Optional<StopReason> stop, String explanation) {}

  /// A policy.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  public EarlyStopping {
    if (!(minDelta >= 0 && minDelta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Early stopping: minDelta must be a number of at least 0, but is " + minDelta + ".");
    }
    if (patience < 1) {
      throw new IllegalArgumentException(
          "Early stopping: the patience must be at least 1 epoch, but is " + patience + ".");
    }
    if (maxEpochs < 1) {
      throw new IllegalArgumentException(
          "The number of epochs must be at least 1, but is " + maxEpochs + ".");
    }
  }

  /// Smaller is better; without limits.
  ///
  /// @return a policy
  public static EarlyStopping minimising() {
    return new EarlyStopping(Direction.MIN, 0, UNLIMITED, UNLIMITED);
  }

  /// Larger is better; without limits.
  ///
  /// @return a policy
  public static EarlyStopping maximising() {
    return new EarlyStopping(Direction.MAX, 0, UNLIMITED, UNLIMITED);
  }

  /// This policy with another patience.
  ///
  /// @param epochs how many epochs without progress stop the training
  /// @return a new policy
  /// @throws IllegalArgumentException if it is less than 1
  public EarlyStopping patience(int epochs) {
    return new EarlyStopping(direction, minDelta, epochs, maxEpochs);
  }

  /// This policy with another least progress.
  ///
  /// @param delta by how much a number must be better than the best
  /// @return a new policy
  /// @throws IllegalArgumentException if it is negative or not finite
  public EarlyStopping minDelta(double delta) {
    return new EarlyStopping(direction, delta, patience, maxEpochs);
  }

  /// This policy with another limit of epochs.
  ///
  /// @param epochs how many epochs there are at most
  /// @return a new policy
  /// @throws IllegalArgumentException if it is less than 1
  public EarlyStopping maxEpochs(int epochs) {
    return new EarlyStopping(direction, minDelta, patience, epochs);
  }

  /// The state before the first epoch.
  ///
  /// @return the state
  public State start() {
    return new State(0, Double.NaN, 0);
  }

  /// Judges one more epoch.
  ///
  /// @param before the state after the epoch before, or [#start]
  /// @param value what was monitored in this epoch
  /// @return the verdict, with the next state
  public Verdict observe(State before, double value) {
    int epoch = before.epoch() + 1;
    boolean progress = isProgress(before, value);
    State state =
        progress
            ? new State(epoch, value, epoch)
            : new State(epoch, before.best(), before.bestEpoch());
    int waited = epoch - state.bestEpoch();
    String standing =
        state.bestEpoch() == 0
            ? "none of the " + epoch + " epochs gave a finite number to monitor"
            : "the best was " + rounded(state.best()) + " in epoch " + state.bestEpoch();
    if (waited >= patience) {
      return new Verdict(
          state,
          progress,
          Optional.of(StopReason.PATIENCE),
          "Stopped after epoch " + epoch + ", " + waited + " without progress: " + standing + ".");
    }
    if (epoch >= maxEpochs) {
      return new Verdict(
          state, progress, Optional.of(StopReason.EPOCHS), allDone(epoch) + ": " + standing + ".");
    }
    return new Verdict(
        state, progress, Optional.empty(), "Epoch " + epoch + " is done: " + standing + ".");
  }

  /// Counts one more epoch in which nothing was monitored, so that the last is the best.
  ///
  /// @param before the state after the epoch before, or [#start]
  /// @return the verdict, with the next state
  public Verdict count(State before) {
    int epoch = before.epoch() + 1;
    State state = new State(epoch, Double.NaN, epoch);
    return epoch >= maxEpochs
        ? new Verdict(state, true, Optional.of(StopReason.EPOCHS), allDone(epoch) + ".")
        : new Verdict(state, true, Optional.empty(), "Epoch " + epoch + " is done.");
  }

  private static String allDone(int epochs) {
    return epochs == 1 ? "The only epoch is done" : "All " + epochs + " epochs are done";
  }

  /// Six significant digits, without the zeros at the end.
  private static String rounded(double value) {
    return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toString();
  }

  private boolean isProgress(State before, double value) {
    if (!Double.isFinite(value)) {
      return false;
    }
    if (before.bestEpoch() == 0) {
      return true;
    }
    return switch (direction) {
      case MIN -> value < before.best() - minDelta;
      case MAX -> value > before.best() + minDelta;
    };
  }
}
