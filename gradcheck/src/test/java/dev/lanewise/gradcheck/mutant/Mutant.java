package dev.lanewise.gradcheck.mutant;

import dev.lanewise.gradcheck.diagnosis.Cause;
import java.util.Set;

/// A layer with a mistake.
///
/// @param category what kind of mistake it is, for the table
/// @param mistake what is wrong, in words
/// @param layer the wrong layer, called like the right one
/// @param causes what a diagnosis may call the mistake: declared from the mistake itself; empty if
///     it has no name
record Mutant(String category, String mistake, PlainLayer layer, Set<Cause> causes) {
  /// A mutant.
  ///
  /// @param causes the names of the mistake: several only if each says it rightly
  static Mutant of(String category, String mistake, PlainLayer layer, Cause... causes) {
    return new Mutant(category, mistake, layer, Set.of(causes));
  }

  @Override
  public String toString() {
    return layer.name() + ": " + mistake;
  }
}
