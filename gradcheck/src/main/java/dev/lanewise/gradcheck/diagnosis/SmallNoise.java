package dev.lanewise.gradcheck.diagnosis;

import java.util.Locale;
import java.util.Optional;

/// Nearly everywhere a little wrong, as float32 would make it, with both signs and no other rule.
final class SmallNoise implements Hypothesis {
  private static final double MOST = 0x1p-22;

  @Override
  public Optional<Diagnosis> explain(Clues clues) {
    int above = 0;
    int below = 0;
    int informative = 0;
    double most = 0;
    for (int i = 0; i < clues.size(); i++) {
      double error = clues.a()[i] - clues.n()[i];
      informative += clues.informative(i) ? 1 : 0;
      above += clues.wrong(i) && error * clues.n()[i] > 0 ? 1 : 0;
      below += clues.wrong(i) && error * clues.n()[i] < 0 ? 1 : 0;
      most = clues.known(i) ? Math.max(most, Math.abs(error)) : most;
    }
    boolean everywhere = above > 0 && below > 0 && 2 * (above + below) > informative;
    return everywhere && most <= MOST * clues.largest()
        ? Hypothesis.found(
            Cause.LOW_PRECISION,
            String.format(
                Locale.ROOT,
                "the errors of %s are as small as float32 rounds (up to %.1e of the largest) and of"
                    + " both signs: computed in float32, or a constant is slightly off",
                clues.path(),
                most / clues.largest()))
        : Optional.empty();
  }
}
