package dev.lanewise.gradcheck.diagnosis;

import java.util.Optional;

/// A kind of mistake that may have been made.
@FunctionalInterface
interface Hypothesis {
  /// Whether this mistake explains the gradient, and in which particulars.
  ///
  /// @return a diagnosis if every coordinate fits, else nothing
  Optional<Diagnosis> explain(Clues clues);

  /// An accepted hypothesis.
  static Optional<Diagnosis> found(Cause cause, String sentence) {
    return Optional.of(new Diagnosis(cause, sentence));
  }
}
