package dev.lanewise.gradcheck.diagnosis;

import java.util.Arrays;
import java.util.Optional;

/// Zero everywhere.
final class AllZero implements Hypothesis {
  @Override
  public Optional<Diagnosis> explain(Clues clues) {
    return Arrays.stream(clues.a()).allMatch(a -> a == 0)
        ? Hypothesis.found(
            Cause.ALL_ZERO,
            "the gradient of "
                + clues.path()
                + " is zero at all "
                + clues.size()
                + " coordinates: never computed, or not handed in")
        : Optional.empty();
  }
}
