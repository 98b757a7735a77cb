package dev.lanewise.optim.stopping;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// When to stop, and which epoch is the best, decided after each epoch. It keeps nothing:
/// [#observe] makes of a state and what was observed a verdict and the next state, so that a
/// training can be continued, and a saved history be judged anew ([#replay]).
///
/// ```java
/// EarlyStopping.minimising().patience(5).minDelta(1e-4)
/// EarlyStopping.maximising("validation_accuracy")
///     .patience(10)
///     .warmup(5)
///     .stopWhen(new Condition.Target("validation_accuracy", Direction.MAX, 0.99))
/// ```
///
/// The monitored metric decides which epoch is the best, see [Monitor] for what progress is.
/// Training stops
///
/// - when `patience` epochs in a row brought no progress; the first `warmup` epochs do not count,
///   though one of them may be the best;
/// - when one of the further conditions holds;
/// - when the monitored number is not finite, if asked to, after the warm-up;
/// - after `maxEpochs`.
///
/// @param monitor which metric decides, and what progress is
/// @param patience how many epochs without progress stop the training, at least 1
/// @param warmup how many epochs at the beginning are never judged too bad, at least 0
/// @param maxEpochs how many epochs there are at most, at least 1
/// @param notFinite what a number does that is not finite
/// @param conditions each of them stops the training too
public record EarlyStopping(
    Monitor monitor,
    int patience,
    int warmup,
    int maxEpochs,
    NotFinite notFinite,
    List<Condition> conditions) {
  /// No limit, for patience and epochs.
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /// What must be remembered between epochs: finite numbers alone, so that it can be written in any
  /// form and read back.
  ///
  /// @param epoch the number of epochs observed
  /// @param best the best number so far; 0 before there is one
  /// @param bestEpoch the epoch it was observed in, from 1; 0 before there is one
  /// @param seconds how long the epochs took
  /// @param memory what the conditions remember, each [Condition.Patience] its best, in order
  public record State(int epoch, double best, int bestEpoch, double seconds, List<Best> memory) {
    /// A state.
    public State {
      memory = List.copyOf(memory);
    }
  }

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
    Condition.requirePatience(patience);
    if (warmup < 0) {
      throw new IllegalArgumentException(
          "Early stopping: the warm-up must be at least 0 epochs, but is " + warmup + ".");
    }
    if (maxEpochs < 1) {
      throw new IllegalArgumentException(
          "The number of epochs must be at least 1, but is " + maxEpochs + ".");
    }
    conditions = List.copyOf(conditions);
  }

  /// Smaller is better; without limits.
  ///
  /// @return a policy for the number called [Observation#MONITORED]
  public static EarlyStopping minimising() {
    return minimising(Observation.MONITORED);
  }

  /// Larger is better; without limits.
  ///
  /// @return a policy for the number called [Observation#MONITORED]
  public static EarlyStopping maximising() {
    return maximising(Observation.MONITORED);
  }

  /// Smaller is better; without limits.
  ///
  /// @param metric the metric's name in an [Observation], as in `validation_loss`
  /// @return a policy
  public static EarlyStopping minimising(String metric) {
    return of(new Monitor(metric, Direction.MIN));
  }

  /// Larger is better; without limits.
  ///
  /// @param metric the metric's name in an [Observation], as in `validation_accuracy`
  /// @return a policy
  public static EarlyStopping maximising(String metric) {
    return of(new Monitor(metric, Direction.MAX));
  }

  /// Without limits.
  ///
  /// @param monitor which metric decides, and what progress is
  /// @return a policy
  public static EarlyStopping of(Monitor monitor) {
    return new EarlyStopping(monitor, UNLIMITED, 0, UNLIMITED, NotFinite.WAIT, List.of());
  }

  /// This policy with another patience.
  ///
  /// @param epochs how many epochs without progress stop the training
  /// @return a new policy
  /// @throws IllegalArgumentException if it is less than 1
  public EarlyStopping patience(int epochs) {
    return new EarlyStopping(monitor, epochs, warmup, maxEpochs, notFinite, conditions);
  }

  /// This policy with another least progress.
  ///
  /// @param delta by how much a number must be better than the best
  /// @return a new policy
  /// @throws IllegalArgumentException if it is negative or not finite
  public EarlyStopping minDelta(double delta) {
    return monitor(
        new Monitor(monitor.metric(), monitor.direction(), delta, monitor.relativeDelta()));
  }

  /// This policy with another least progress, relative to the best.
  ///
  /// @param share by which share of the best's magnitude a number must be better than it
  /// @return a new policy
  /// @throws IllegalArgumentException if it is negative or not finite
  public EarlyStopping relativeDelta(double share) {
    return monitor(new Monitor(monitor.metric(), monitor.direction(), monitor.minDelta(), share));
  }

  /// This policy with another warm-up.
  ///
  /// @param epochs how many epochs at the beginning are never judged too bad
  /// @return a new policy
  /// @throws IllegalArgumentException if it is negative
  public EarlyStopping warmup(int epochs) {
    return new EarlyStopping(monitor, patience, epochs, maxEpochs, notFinite, conditions);
  }

  /// This policy with another limit of epochs.
  ///
  /// @param epochs how many epochs there are at most
  /// @return a new policy
  /// @throws IllegalArgumentException if it is less than 1
  public EarlyStopping maxEpochs(int epochs) {
    return new EarlyStopping(monitor, patience, warmup, epochs, notFinite, conditions);
  }

  /// This policy with another answer to numbers that are not finite.
  ///
  /// @param answer what they do
  /// @return a new policy
  public EarlyStopping notFinite(NotFinite answer) {
    return new EarlyStopping(monitor, patience, warmup, maxEpochs, answer, conditions);
  }

  /// This policy with one more condition, which stops training on its own.
  ///
  /// @param condition the condition
  /// @return a new policy
  public EarlyStopping stopWhen(Condition condition) {
    List<Condition> more = new ArrayList<>(conditions);
    more.add(condition);
    return new EarlyStopping(monitor, patience, warmup, maxEpochs, notFinite, more);
  }

  /// The state before the first epoch.
  ///
  /// @return the state
  public State start() {
    return new State(0, 0, 0, 0, Collections.nCopies(Judge.memories(conditions), Best.NONE));
  }

  /// Judges one more epoch of which the monitored number alone is known.
  ///
  /// @param before the state after the epoch before, or [#start]
  /// @param value what was monitored in this epoch
  /// @return the verdict, with the next state
  /// @throws IllegalArgumentException if a condition looks at another metric, or the state is that
  ///     of another policy
  public Verdict observe(State before, double value) {
    return observe(before, new Observation(Map.of(monitor.metric(), value), 0));
  }

  /// Judges one more epoch.
  ///
  /// @param before the state after the epoch before, or [#start]
  /// @param seen what is known after this epoch
  /// @return the verdict, with the next state
  /// @throws IllegalArgumentException if a metric is looked at that was not observed, or the state
  ///     is that of another policy
  public Verdict observe(State before, Observation seen) {
    int epoch = before.epoch() + 1;
    double value = seen.value(monitor.metric());
    Best earlier = new Best(before.best(), before.bestEpoch());
    Best best = monitor.after(earlier, epoch, value);
    Judge judge = judge(before, seen, epoch);
    Optional<Judge.Reason> reason = firstReason(judge);
    State state =
        new State(
            epoch, best.value(), best.epoch(), before.seconds() + seen.seconds(), judge.memory());
    boolean progress = best.epoch() == epoch;
    String standing =
        best.exists()
            ? "the best was " + Words.rounded(best.value()) + " in epoch " + best.epoch()
            : "none of the " + epoch + " epochs gave a finite number to monitor";
    int waited = epoch - Math.max(best.epoch(), warmup);
    if (notFinite == NotFinite.STOP && !Double.isFinite(value) && epoch > warmup) {
      return new Verdict(
          state,
          progress,
          Optional.of(StopReason.DIVERGED),
          "Stopped after epoch %d, because %s is %s: %s."
              .formatted(epoch, monitor.metric(), value, standing));
    }
    if (reason.isPresent()) {
      return new Verdict(
          state,
          progress,
          Optional.of(reason.get().reason()),
          "Stopped after epoch %d, because %s: %s."
              .formatted(epoch, reason.get().words(), standing));
    }
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

  /// Counts one more epoch in which the monitored number is not known, so that the last is the
  /// best. The conditions are judged.
  ///
  /// @param before the state after the epoch before, or [#start]
  /// @param seen what is known after this epoch
  /// @return the verdict, with the next state
  /// @throws IllegalArgumentException if a condition looks at a metric that was not observed, or
  ///     the state is that of another policy
  public Verdict count(State before, Observation seen) {
    int epoch = before.epoch() + 1;
    Judge judge = judge(before, seen, epoch);
    Optional<Judge.Reason> reason = firstReason(judge);
    double seconds = before.seconds() + seen.seconds();
    State state = new State(epoch, 0, epoch, seconds, judge.memory());
    if (reason.isPresent()) {
      return new Verdict(
          state,
          true,
          Optional.of(reason.get().reason()),
          "Stopped after epoch %d, because %s.".formatted(epoch, reason.get().words()));
    }
    return epoch >= maxEpochs
        ? new Verdict(state, true, Optional.of(StopReason.EPOCHS), allDone(epoch) + ".")
        : new Verdict(state, true, Optional.empty(), "Epoch " + epoch + " is done.");
  }

  /// Judges a history from its beginning until a verdict stops.
  ///
  /// @param epochs what was known after each epoch
  /// @return what comes of it
  /// @throws IllegalArgumentException if a metric is looked at that was not observed
  public Replay replay(List<Observation> epochs) {
    State state = start();
    List<Verdict> history = new ArrayList<>();
    for (Observation seen : epochs) {
      Verdict verdict = observe(state, seen);
      history.add(verdict);
      state = verdict.state();
      if (verdict.stop().isPresent()) {
        break;
      }
    }
    return history.isEmpty()
        ? new Replay(Optional.empty(), "There are no epochs.", 0, 0, history)
        : new Replay(
            history.getLast().stop(),
            history.getLast().explanation(),
            state.epoch(),
            state.bestEpoch(),
            history);
  }

  private Judge judge(State before, Observation seen, int epoch) {
    int expected = Judge.memories(conditions);
    if (before.memory().size() != expected) {
      throw new IllegalArgumentException(
          "Early stopping: the state is that of another policy: it remembers %d conditions, but"
                  .formatted(before.memory().size())
              + " this policy has %d that remember something.".formatted(expected));
    }
    return new Judge(seen, epoch, warmup, before.seconds() + seen.seconds(), before.memory());
  }

  private Optional<Judge.Reason> firstReason(Judge judge) {
    List<Judge.Reason> reasons =
        conditions.stream().map(judge::judge).flatMap(Optional::stream).toList();
    return reasons.stream().findFirst();
  }

  private EarlyStopping monitor(Monitor other) {
    return new EarlyStopping(other, patience, warmup, maxEpochs, notFinite, conditions);
  }

  private static String allDone(int epochs) {
    return epochs == 1 ? "The only epoch is done" : "All " + epochs + " epochs are done";
  }
}
