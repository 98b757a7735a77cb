package dev.lanewise.bench.peers;

import dev.lanewise.bench.Result;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// What all forks measured at one cell.
///
/// @param cell what was computed
/// @param forks what each fork measured, at least one
record Summary(Cell cell, List<Outcome> forks) {
  /// Forks that are further apart than this are two programs, not one measured twice.
  private static final double TOLERATED_SPREAD = 0.15;

  boolean has(Library library) {
    return forks.getFirst().seconds().containsKey(library);
  }

  /// What a call takes, the median over the forks' medians.
  double seconds(Library library) {
    return overForks(fork -> Result.median(seconds(fork, library)));
  }

  /// How many times as fast as another library ours is in each fork: the median over the rounds, in
  /// each of which the two were measured one after the other.
  List<Double> ratios(Library other) {
    return forks.stream()
        .map(
            fork ->
                Result.median(
                    paired(
                        seconds(fork, other),
                        seconds(fork, Library.LANEWISE),
                        (theirs, ours) -> theirs / ours)))
        .toList();
  }

  /// The median of [#ratios] over the forks.
  double ratio(Library other) {
    return Result.median(ratios(other));
  }

  /// The fastest of the others that suit.
  Optional<Library> best(Predicate<Library> suits) {
    return forks.getFirst().seconds().keySet().stream()
        .filter(Library::isPeer)
        .filter(suits)
        .min(Comparator.comparingDouble(this::ratio));
  }

  /// FLOP/s of fused multiply-adds on registers.
  double peak() {
    return overForks(fork -> Result.median(fork.peaks()));
  }

  /// The bytes per second of a copy.
  double bandwidth() {
    return overForks(Outcome::bandwidth);
  }

  /// Our fraction of the peak that was measured in the same round.
  double fractionOfPeak() {
    return overForks(this::fractionOfPeak);
  }

  /// Our fraction of what peak and bandwidth allow together, if the one must wait for the other.
  double fractionOfRoof() {
    return overForks(
        fork -> {
          double best = cell.flop() / Result.median(fork.peaks()) + cell.bytes() / fork.bandwidth();
          return best / Result.median(seconds(fork, Library.LANEWISE));
        });
  }

  /// Whether our fastest and our slowest fork are too far apart, both held against the peaks of
  /// their rounds.
  boolean isTorn() {
    List<Double> speeds =
        forks.stream()
            .map(
                fork ->
                    Result.median(
                        paired(
                            seconds(fork, Library.LANEWISE),
                            fork.peaks(),
                            (seconds, peak) -> 1 / (seconds * peak))))
            .toList();
    return Collections.min(speeds) < (1 - TOLERATED_SPREAD) * Collections.max(speeds);
  }

  private double fractionOfPeak(Outcome fork) {
    return Result.median(
        paired(
            seconds(fork, Library.LANEWISE),
            fork.peaks(),
            (seconds, peak) -> cell.flop() / seconds / peak));
  }

  private double overForks(ToDoubleFunction<Outcome> figure) {
    return Result.median(forks.stream().map(figure::applyAsDouble).toList());
  }

  private List<Double> seconds(Outcome fork, Library library) {
    return Objects.requireNonNull(fork.seconds().get(library), library::title);
  }

  private static List<Double> paired(
      List<Double> first, List<Double> second, DoubleBinaryOperator operator) {
    return IntStream.range(0, first.size())
        .mapToObj(i -> operator.applyAsDouble(first.get(i), second.get(i)))
        .toList();
  }
}
