package dev.lanewise.gradcheck.diagnosis;

import java.util.Optional;

/// The right numbers, but axes are swapped, an axis is reversed, or all is shifted.
final class Misplaced implements Hypothesis {
  @Override
  public Optional<Diagnosis> explain(Clues clues) {
    for (Rearrangement each : Rearrangement.of(clues.shape())) {
      if (clues.explainedBy(clues.truth().rearranged(each.from()))) {
        String what =
            each.cause() == Cause.AXES_SWAPPED && clues.shape().rank() == 2
                ? "the gradient of " + clues.path() + " is that of its transpose (axes swapped)"
                : "the gradient of " + clues.path() + " is " + each.name();
        return Hypothesis.found(each.cause(), what);
      }
    }
    return Optional.empty();
  }
}
