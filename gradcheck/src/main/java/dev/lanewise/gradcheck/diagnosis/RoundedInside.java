package dev.lanewise.gradcheck.diagnosis;

import java.util.Locale;
import java.util.Optional;

/// `b(u + v)` differs from `b(u) + b(v)` by the little that rounding to float32 or bfloat16 makes:
/// the upstream passed through such numbers, though the result has all bits.
final class RoundedInside implements Hypothesis {
  private static final double LEAST = 1e-11;
  private static final double MOST = 1e-2;

  @Override
  public Optional<Diagnosis> explain(Clues clues) {
    double[] u = clues.u();
    if (u.length == 1) {
      return Optional.empty();
    }
    double[] half = new double[u.length];
    double[] rest = new double[u.length];
    for (int j = 0; j < u.length; j++) {
      // Not a power of two, which float32 would multiply by exactly.
      half[j] = u[j] * (j % 2 == 0 ? 0.3 : 0.7);
      rest[j] = u[j] - half[j];
    }
    double[] first = clues.backward(half);
    double[] second = clues.backward(rest);
    double defect = 0;
    double error = 0;
    for (int i = 0; i < clues.size(); i++) {
      defect = Math.max(defect, Math.abs(first[i] + second[i] - clues.a()[i]));
      error = clues.known(i) ? Math.max(error, Math.abs(clues.a()[i] - clues.n()[i])) : error;
    }
    double relative = defect / clues.largest();
    return relative > LEAST && relative < MOST && error < 100 * defect
        ? Hypothesis.found(
            Cause.LOW_PRECISION,
            String.format(
                Locale.ROOT,
                "the gradient of %s for a sum of upstreams is not the sum of their gradients, by"
                    + " %.1e of its size: something inside is rounded to %s",
                clues.path(),
                relative,
                relative < 1e-5 ? "float32" : "bfloat16 or float16"))
        : Optional.empty();
  }
}
