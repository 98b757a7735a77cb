package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.random.Key;
import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.gradcheck.GradientReport;
import dev.lanewise.gradcheck.Regime;
import dev.lanewise.gradcheck.RunReport;
import dev.lanewise.gradcheck.Upstream;
import dev.lanewise.gradcheck.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The gradient check of a specimen as a test: a failure is made small, and told with a test that
/// can be pasted.
final class Verification {
  private static final String WRONG_GRADIENT = "wrong gradient";

  private Verification() {}

  /// How a specimen fails: a wrong gradient, a broken law, or an exception.
  ///
  /// @param kind what must stay the same while the specimen is made smaller
  /// @param story the report or the exception
  record Failure(String kind, String story) {}

  /// Demands that no derivative is wrong. A report without power is accepted: a single unit may be
  /// dead, and a softmax of one class has no gradient; contracts demand power elsewhere.
  ///
  /// @throws AssertionError if a check fails, with the smallest specimen that does
  static <S extends Specimen<S>> void requireNoFailure(S specimen, GradientChecker checker) {
    failure(specimen, checker)
        .ifPresent(
            failure -> {
              throw new AssertionError(message(specimen, checker, failure));
            });
  }

  /// How a specimen fails.
  ///
  /// @return nothing if it does not
  static Optional<Failure> failure(Specimen<?> specimen, GradientChecker checker) {
    try {
      GradientReport report = specimen.check(checker);
      if (report.verdict() != Verdict.FAIL) {
        return Optional.empty();
      }
      boolean gradient = report.runs().stream().anyMatch(RunReport::failed);
      String kind = gradient ? WRONG_GRADIENT : report.laws().getFirst().law();
      return Optional.of(new Failure(kind, report.toString()));
    } catch (RuntimeException e) {
      return Optional.of(new Failure(e.getClass().getName(), stackTrace(e)));
    }
  }

  /// The smallest specimen that fails in the same way, at its own numbers.
  ///
  /// @return nothing if the failure needs more than one regime to show
  static <S extends Specimen<S>> Optional<Shrinker.Shrunk<S>> smallest(
      S specimen, GradientChecker checker, String kind) {
    GradientChecker once =
        kind.equals(WRONG_GRADIENT) ? once(checker).withoutLaws() : once(checker);
    return checker.regimes().stream()
        .map(regime -> specimen.in(regime, Key.of(checker.seed()).with(regime.name())))
        .filter(each -> isOf(kind, failure(each, once)))
        .findFirst()
        .map(
            start ->
                Shrinker.shrink(
                    start, each -> each.simpler(), each -> isOf(kind, failure(each, once))));
  }

  private static boolean isOf(String kind, Optional<Failure> failure) {
    return failure.isPresent() && failure.get().kind().equals(kind);
  }

  /// The same checker at the point as it is.
  private static GradientChecker once(GradientChecker checker) {
    return checker.regimes(Regime.NORMAL).upstreams(Upstream.values());
  }

  private static <S extends Specimen<S>> String message(
      S specimen, GradientChecker checker, Failure failure) {
    StringBuilder text = new StringBuilder();
    Optional<Shrinker.Shrunk<S>> shrunk = smallest(specimen, checker, failure.kind());
    if (shrunk.isPresent()) {
      S small = shrunk.get().value();
      GradientChecker once = once(checker);
      text.append(small.label()).append(" fails. ");
      text.append(
          String.format(
              Locale.ROOT,
              "This is the smallest case found in %d steps, %d tries; seed %d.%n%n",
              shrunk.get().steps(),
              shrunk.get().attempts(),
              checker.seed()));
      text.append(failure(small, once).map(Failure::story).orElse(""));
      text.append("\n\nPaste this into the test class to have it again:\n\n");
      text.append(test(small.statements(code(once, true))));
      text.append("\nIt was found with ").append(specimen.label()).append(":\n\n");
      return text.append(failure.story()).append('\n').toString();
    }
    text.append(specimen.label()).append(" fails; seed ").append(checker.seed()).append(".\n\n");
    text.append(failure.story()).append("\n\nPaste this into the test class to have it again:\n\n");
    return text.append(test(specimen.statements(code(checker, false)))).toString();
  }

  private static String code(GradientChecker checker, boolean normalOnly) {
    return "GradientChecker.seeded("
        + checker.seed()
        + ")"
        + (normalOnly ? ".regimes(Regime.NORMAL)" : "")
        + (checker.screens() ? "" : ".coordinatesOnly()")
        + (checker.flat() ? ".flatFunction()" : "");
  }

  private static String test(String statements) {
    return statements
        .lines()
        .map(line -> "    " + line)
        .collect(Collectors.joining("\n", "  @Test\n  void hasTheRightGradient() {\n", "\n  }\n"));
  }

  private static String stackTrace(RuntimeException e) {
    return Stream.concat(
            Stream.of(e.toString()),
            List.of(e.getStackTrace()).stream().limit(12).map(frame -> "    at " + frame))
        .collect(Collectors.joining("\n"));
  }
}
