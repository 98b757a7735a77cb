package dev.lanewise.gradcheck.diagnosis;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// Backward is a function, and linear in the upstream: `b(u) = b(u)`, `b(0) = 0`, `b(2u) = 2b(u)`,
/// `b(−u) = −b(u)`, all of them exactly, since factors of two and signs do not round.
final class UpstreamLaws implements Hypothesis {
  @Override
  public Optional<Diagnosis> explain(Clues clues) {
    double[] first = clues.backward(clues.u());
    double[] second = clues.backward(clues.u());
    if (!same(first, second, 1) || !same(clues.a(), first, 1)) {
      return Hypothesis.found(
          Cause.NONDETERMINISTIC,
          "backward twice gives different gradients of "
              + clues.path()
              + ": "
              + drift(clues, first, second));
    }
    if (!finite(first)) {
      return Optional.empty();
    }
    double[] ofZero = clues.backward(new double[clues.u().length]);
    double[] ofDouble = clues.backward(times(2, clues.u()));
    double[] ofMinus = clues.backward(times(-1, clues.u()));
    boolean leaks = Arrays.stream(ofZero).anyMatch(g -> g != 0);
    if (same(first, ofDouble, 1) && same(first, ofMinus, 1) && leaks) {
      return Hypothesis.found(
          Cause.IGNORES_UPSTREAM,
          "the gradient of " + clues.path() + " does not depend on the upstream at all");
    }
    if (leaks) {
      return leak(clues, ofZero);
    }
    if (!same(first, ofDouble, 2) || !same(first, ofMinus, -1)) {
      return Hypothesis.found(
          Cause.NOT_LINEAR_IN_UPSTREAM,
          "the gradient of "
              + clues.path()
              + " is not linear in the upstream: "
              + nonlinearity(first, ofDouble, ofMinus));
    }
    return Optional.empty();
  }

  private static String drift(Clues clues, double[] first, double[] second) {
    double step = second[steepest(second)] - first[steepest(second)];
    double before = first[steepest(second)] - clues.a()[steepest(second)];
    return step != 0 && before / step > 1 - 1e-6 && before / step % 1 < 1e-6
        ? "it grows by the same amount at every call, as what is never set to zero does"
        : "it draws, or keeps something between calls";
  }

  private static Optional<Diagnosis> leak(Clues clues, double[] ofZero) {
    String added = "backward of a zero upstream is not zero: whatever the upstream, it adds ";
    double most = 0;
    for (double g : ofZero) {
      most = Math.max(most, Math.abs(g));
    }
    if (!finite(ofZero)) {
      return Hypothesis.found(
          Cause.LEAK,
          "backward of a zero upstream is not finite: is the gradient of "
              + clues.path()
              + " divided by the upstream?");
    }
    OptionalDouble decay = factor(ofZero, clues.x());
    if (decay.isPresent()) {
      return Hypothesis.found(
          Cause.LEAK,
          added
              + NamedNumbers.number(decay.getAsDouble())
              + " times "
              + clues.path()
              + " itself to the gradient: weight decay inside backward?");
    }
    double[] ones = new double[ofZero.length];
    Arrays.fill(ones, 1);
    return Hypothesis.found(
        Cause.LEAK,
        added
            + (factor(ofZero, ones).isPresent()
                ? "the constant " + NamedNumbers.number(ofZero[0])
                : String.format(Locale.ROOT, "up to %.3g", most))
            + " to the gradient of "
            + clues.path());
  }

  /// The c for which all `y = c·x`, up to rounding.
  private static OptionalDouble factor(double[] y, double[] x) {
    int i = steepest(x);
    double c = y[i] / x[i];
    for (int k = 0; k < x.length; k++) {
      if (!(Math.abs(y[k] - c * x[k]) <= 1e-12 * Math.abs(y[i]))) {
        return OptionalDouble.empty();
      }
    }
    return OptionalDouble.of(c);
  }

  private static String nonlinearity(double[] first, double[] ofDouble, double[] ofMinus) {
    double limit = Math.abs(first[steepest(first)]);
    double limitOfDouble = Math.abs(ofDouble[steepest(ofDouble)]);
    boolean odd = same(first, ofMinus, -1);
    if (odd && same(first, ofDouble, 1)) {
      return "twice the upstream gives the same gradient: normalised, or of its sign only";
    }
    if (odd && limit == limitOfDouble) {
      return "clipped at " + NamedNumbers.number(limit);
    }
    if (same(first, ofMinus, 1)) {
      return "the negative upstream gives the same gradient: of its absolute value";
    }
    if (!odd && same(first, ofDouble, 2)) {
      return "positive and negative upstreams are treated differently, as guided backward does";
    }
    return "twice the upstream does not give twice the gradient (clipped, squared or normalised?)";
  }

  /// Whether `factor·a = b`, bit for bit where no subnormal number is involved.
  private static boolean same(double[] a, double[] b, double factor) {
    for (int i = 0; i < a.length; i++) {
      double expected = factor * a[i];
      boolean equal = expected == b[i] || (Double.isNaN(expected) && Double.isNaN(b[i]));
      boolean tiny = Math.abs(expected) < 1e-290 && Math.abs(b[i]) < 1e-290;
      if (!equal && !tiny) {
        return false;
      }
    }
    return true;
  }

  private static boolean finite(double[] a) {
    return Arrays.stream(a).allMatch(Double::isFinite);
  }

  private static double[] times(double c, double[] a) {
    return Arrays.stream(a).map(value -> c * value).toArray();
  }

  private static int steepest(double[] a) {
    int steepest = 0;
    for (int i = 0; i < a.length; i++) {
      steepest = Math.abs(a[i]) > Math.abs(a[steepest]) ? i : steepest;
    }
    return steepest;
  }
}
