package dev.lanewise.gradcheck.mutant;

import java.util.List;
import java.util.stream.Stream;

/// Layers with wrong derivatives or bad manners, each of which the checker must catch.
final class Mutants {
  private Mutants() {}

  /// All of them, made anew, since some keep state.
  static List<Mutant> all() {
    return Stream.of(
            WrongActivations.all(),
            WrongStructures.all(),
            WrongRecurrences.all(),
            WrongSequences.all(),
            WrongLosses.all(),
            WrongNormalisations.all(),
            WrongNumbers.all(),
            RudeLayers.all())
        .flatMap(List::stream)
        .toList();
  }
}
