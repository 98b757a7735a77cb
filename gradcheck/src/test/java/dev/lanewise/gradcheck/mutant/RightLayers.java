package dev.lanewise.gradcheck.mutant;

import java.util.List;
import java.util.stream.Stream;

/// Layers, losses and functions with right derivatives, about which the checker must be silent
/// wherever they are evaluated.
final class RightLayers {
  private RightLayers() {}

  /// All of them.
  static List<PlainLayer> all() {
    return Stream.of(
            Activations.all(),
            Structures.all(),
            Normalisations.all(),
            Sequences.all(),
            Losses.all(),
            Recurrences.all())
        .flatMap(List::stream)
        .toList();
  }
}
