package dev.lanewise.gradcheck.large;

import java.util.List;

/// The wrong coordinates of a variable, as far as they were found.
///
/// @param positions where they are, ascending
/// @param complete whether a fresh direction showed nothing more with these corrected
/// @param evaluations how often the function was evaluated to find them
public record Localisation(List<Integer> positions, boolean complete, long evaluations) {
  /// A finding.
  public Localisation {
    positions = List.copyOf(positions);
  }
}
