package dev.lanewise.gradcheck.law;

import java.util.Arrays;
import java.util.List;

/// b(cu) = c·b(u), exactly, for c = 2, −1, 2²⁰ and 2⁻²⁰: such factors commute with rounding. Signs
/// of zeros and what is next to underflow aside; not judged where the output is not finite.
///
/// Breaks: clipping, normalising, ignoring the upstream, guided backward, `+ 10⁻¹³|g|`.
public record Homogeneous() implements Law {
  private static final double[] FACTORS = {2, -1, 0x1p20, 0x1p-20};
  private static final double NEXT_TO_UNDERFLOW = 0x1p-960;

  @Override
  public String name() {
    return "backward is homogeneous in the upstream";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Findings findings = new Findings(this, subject);
    if (!subject.isFinite()) {
      return findings.list();
    }
    try (Execution run = subject.open(subject.x())) {
      double[][] plain = run.gradients(subject.u());
      for (double factor : FACTORS) {
        double[][] scaled = run.gradients(times(factor, subject.u()));
        for (int t = 0; t < plain.length && findings.isEmpty(); t++) {
          double[] before = plain[t];
          findings.gradient(
              "backward(" + factor + " u)",
              t,
              times(factor, before),
              scaled[t],
              (a, b, i) ->
                  a == b
                      || !Double.isFinite(before[i])
                      || (before[i] != 0 && Math.abs(before[i]) < NEXT_TO_UNDERFLOW));
        }
      }
    }
    return findings.list();
  }

  private static double[] times(double factor, double[] values) {
    return Arrays.stream(values).map(value -> factor * value).toArray();
  }
}
