package dev.lanewise.gradcheck.diagnosis;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/// The error is a constant, or proportional to the variable, to the upstream or to the output.
final class ErrorLike implements Hypothesis {
  @Override
  public Optional<Diagnosis> explain(Clues clues) {
    double[] ones = new double[clues.size()];
    Arrays.fill(ones, 1);
    OptionalDouble constant = factor(clues, ones);
    if (constant.isPresent()) {
      return Hypothesis.found(
          Cause.CONSTANT_ERROR,
          "the error of "
              + clues.path()
              + " is the same at all "
              + clues.size()
              + " coordinates: "
              + NamedNumbers.number(constant.getAsDouble())
              + " is added");
    }
    OptionalDouble decay = factor(clues, clues.x());
    if (decay.isPresent()) {
      return Hypothesis.found(
          Cause.ERROR_LIKE_INPUT,
          "the error is proportional to "
              + clues.path()
              + " itself ("
              + NamedNumbers.number(decay.getAsDouble())
              + " times it): weight decay inside backward, or a projection?");
    }
    if (clues.u().length == clues.size()) {
      OptionalDouble skip = factor(clues, clues.u());
      if (skip.isPresent()) {
        double c = skip.getAsDouble();
        String what =
            Math.abs(c + 1) < 1e-9
                ? "minus the upstream: the path that skips is missing"
                : Math.abs(c - 1) < 1e-9
                    ? "the upstream: the path that skips is counted twice"
                    : NamedNumbers.number(c) + " times the upstream";
        return Hypothesis.found(
            Cause.ERROR_LIKE_UPSTREAM, "the error of " + clues.path() + " is " + what);
      }
      OptionalDouble output = factor(clues, clues.y());
      if (output.isPresent()) {
        return Hypothesis.found(
            Cause.ERROR_LIKE_INPUT,
            "the error of "
                + clues.path()
                + " is proportional to the output ("
                + NamedNumbers.number(output.getAsDouble())
                + " times it): a projection?");
      }
    }
    return Optional.empty();
  }

  /// The c for which `a = n + c·direction`.
  private static OptionalDouble factor(Clues clues, double[] direction) {
    return clues.size() > 2
        ? clues.multiple(clues.truth(), Approximate.exact(direction), Part.ALL)
        : OptionalDouble.empty();
  }
}
