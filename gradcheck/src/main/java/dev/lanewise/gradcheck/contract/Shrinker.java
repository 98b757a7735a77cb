package dev.lanewise.gradcheck.contract;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Makes a counterexample small, greedily: of the simpler ones, the first that still fails, until
/// none does.
///
/// jqwik shrinks each generated number by itself, which takes a random graph apart badly: a node
/// can only go together with all its uses. Here every value says itself what is simpler than it,
/// the boldest step first. No step may lead back, so the search ends; it ends earlier after
/// [#MOST_ATTEMPTS], with what it has by then.
final class Shrinker {
  /// How many simpler ones are tried at most.
  static final int MOST_ATTEMPTS = 5_000;

  private Shrinker() {}

  /// What was found, and at what price.
  ///
  /// @param value the smallest one that fails
  /// @param steps how many simplifications led there
  /// @param attempts how many were tried
  record Shrunk<T>(T value, int steps, int attempts) {}

  /// Shrinks.
  ///
  /// @param failing a value that fails
  /// @param simpler what is simpler than a value, the boldest first
  /// @param fails whether a value fails
  /// @param <T> the kind of value
  /// @return the smallest one found
  static <T> Shrunk<T> shrink(T failing, Function<T, Stream<T>> simpler, Predicate<T> fails) {
    AtomicInteger attempts = new AtomicInteger();
    T current = failing;
    for (int steps = 0; ; steps++) {
      Optional<T> next =
          simpler
              .apply(current)
              .takeWhile(each -> attempts.incrementAndGet() <= MOST_ATTEMPTS)
              .filter(fails)
              .findFirst();
      if (next.isEmpty()) {
        return new Shrunk<>(current, steps, Math.min(attempts.get(), MOST_ATTEMPTS));
      }
      current = next.get();
    }
  }
}
