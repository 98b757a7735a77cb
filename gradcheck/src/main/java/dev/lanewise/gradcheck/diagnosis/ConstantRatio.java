package dev.lanewise.gradcheck.diagnosis;

import java.util.Optional;
import java.util.OptionalDouble;

/// Off by the same factor everywhere: a sign, a size of the problem, or another constant.
final class ConstantRatio implements Hypothesis {
  @Override
  public Optional<Diagnosis> explain(Clues clues) {
    OptionalDouble ratio = clues.size() == 1 ? onlyOne(clues) : clues.ratio(Part.ALL);
    if (ratio.isEmpty()) {
      return Optional.empty();
    }
    String which =
        clues.size() == 1
            ? "the only coordinate of " + clues.path() + " "
            : "all " + clues.size() + " coordinates of " + clues.path() + " ";
    double c = ratio.getAsDouble();
    String what = clues.numbers().describe(c);
    return Hypothesis.found(
        Cause.CONSTANT_RATIO,
        which
            + (clues.size() == 1 ? what.replace("are ", "is ").replace("have ", "has ") : what)
            + usedTwice(c));
  }

  /// Ops are also checked as `op(x) + op(x)/2`.
  private static String usedTwice(double ratio) {
    double thirds = 3 * ratio;
    return Math.abs(thirds - 1) < 1e-9 || Math.abs(thirds - 2) < 1e-9
        ? " (if the op is \"used twice\" here: the gradient of one use is overwritten by that of"
            + " the other, where it should be added to)"
        : "";
  }

  /// One number has always a ratio: it says something only if it has a name.
  private static OptionalDouble onlyOne(Clues clues) {
    double ratio = clues.a()[0] / clues.n()[0];
    return clues.informative(0) && clues.numbers().isNamed(ratio)
        ? OptionalDouble.of(ratio)
        : OptionalDouble.empty();
  }
}
