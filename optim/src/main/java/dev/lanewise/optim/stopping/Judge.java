package dev.lanewise.optim.stopping;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Judges conditions after one epoch. All of them are judged, also when one holds already: those
/// with a memory must see every epoch.
final class Judge {
  private final Observation seen;
  private final int epoch;
  private final int warmup;
  private final double seconds;
  private final Iterator<Best> before;
  private final List<Best> after = new ArrayList<>();

  /// Why a condition holds.
  record Reason(StopReason reason, String words) {}

  /// A judge of an epoch.
  ///
  /// @param seen what is known after it
  /// @param epoch its number, from 1
  /// @param warmup how many epochs are never judged too bad
  /// @param seconds how long all epochs took
  /// @param before what the conditions with a memory remember, in the order of the tree
  Judge(Observation seen, int epoch, int warmup, double seconds, List<Best> before) {
    this.seen = seen;
    this.epoch = epoch;
    this.warmup = warmup;
    this.seconds = seconds;
    this.before = before.iterator();
  }

  /// How many conditions with a memory there are.
  static int memories(List<Condition> conditions) {
    int sum = 0;
    for (Condition each : conditions) {
      sum +=
          switch (each) {
            case Condition.Patience patience -> 1;
            case Condition.Any any -> memories(any.conditions());
            case Condition.All all -> memories(all.conditions());
            case Condition.Target target -> 0;
            case Condition.WorseThan limit -> 0;
            case Condition.TimeBudget budget -> 0;
          };
    }
    return sum;
  }

  /// What the conditions remember after those that were judged.
  List<Best> memory() {
    return after;
  }

  Optional<Reason> judge(Condition condition) {
    return switch (condition) {
      case Condition.Patience patience -> patience(patience);
      case Condition.Target target -> target(target);
      case Condition.WorseThan limit -> worse(limit);
      case Condition.TimeBudget budget ->
          seconds >= budget.seconds()
              ? Optional.of(
                  new Reason(
                      StopReason.TIME,
                      "%s of %s seconds are used"
                          .formatted(Words.rounded(seconds), Words.rounded(budget.seconds()))))
              : Optional.empty();
      case Condition.Any any -> {
        List<Reason> held = all(any.conditions());
        yield held.isEmpty() ? Optional.empty() : Optional.of(held.getFirst());
      }
      case Condition.All all -> {
        List<Reason> held = all(all.conditions());
        yield held.size() < all.conditions().size()
            ? Optional.empty()
            : Optional.of(
                new Reason(
                    held.size() == 1 ? held.getFirst().reason() : StopReason.CONDITIONS,
                    String.join(" and ", held.stream().map(Reason::words).toList())));
      }
    };
  }

  private List<Reason> all(List<Condition> conditions) {
    return conditions.stream().map(this::judge).flatMap(Optional::stream).toList();
  }

  private Optional<Reason> patience(Condition.Patience patience) {
    Monitor monitor = patience.monitor();
    Best best = monitor.after(before.next(), epoch, seen.value(monitor.metric()));
    after.add(best);
    int waited = epoch - Math.max(best.epoch(), warmup);
    return waited >= patience.epochs()
        ? Optional.of(
            new Reason(
                StopReason.PATIENCE,
                "%s made no progress for %s".formatted(monitor.metric(), Words.epochs(waited))))
        : Optional.empty();
  }

  private Optional<Reason> target(Condition.Target target) {
    double value = seen.value(target.metric());
    return value == target.value() || target.direction().isBetter(value, target.value())
        ? Optional.of(
            new Reason(
                StopReason.TARGET,
                "%s is %s, which reaches the target %s"
                    .formatted(
                        target.metric(), Words.rounded(value), Words.rounded(target.value()))))
        : Optional.empty();
  }

  private Optional<Reason> worse(Condition.WorseThan limit) {
    double value = seen.value(limit.metric());
    boolean worse = Double.isNaN(value) || limit.direction().isBetter(limit.limit(), value);
    return worse && epoch > warmup
        ? Optional.of(
            new Reason(
                StopReason.DIVERGED,
                "%s is %s, worse than the limit %s"
                    .formatted(limit.metric(), Words.rounded(value), Words.rounded(limit.limit()))))
        : Optional.empty();
  }
}
