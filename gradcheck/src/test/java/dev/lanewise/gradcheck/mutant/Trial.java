package dev.lanewise.gradcheck.mutant;

import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.gradcheck.GradientReport;
import dev.lanewise.gradcheck.Regime;
import dev.lanewise.gradcheck.RunReport;
import dev.lanewise.gradcheck.Screen;
import dev.lanewise.gradcheck.TensorReport;
import dev.lanewise.gradcheck.Verdict;
import dev.lanewise.gradcheck.diagnosis.Cause;
import dev.lanewise.gradcheck.diagnosis.Diagnosis;
import dev.lanewise.gradcheck.law.Finding;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What came of checking a mutant.
///
/// @param mutant the mutant
/// @param report the checker's report
record Trial(Mutant mutant, GradientReport report) {
  /// The laws whose names say what is wrong, where no coordinate is.
  private static final Map<String, Cause> SAID_BY_LAWS =
      Map.of(
          "backward is repeatable", Cause.NONDETERMINISTIC,
          "the gradient of a zero upstream is zero", Cause.LEAK,
          "backward is homogeneous in the upstream", Cause.NOT_LINEAR_IN_UPSTREAM);

  static Trial of(Mutant mutant, GradientChecker checker) {
    return new Trial(mutant, mutant.layer().check(checker));
  }

  boolean killed() {
    return report.verdict() == Verdict.FAIL;
  }

  /// The first law that is broken, in the order in which they are looked at.
  Optional<String> law() {
    return report.laws().stream().map(Finding::law).findFirst();
  }

  /// The kind of numbers at which a coordinate failed first.
  Optional<Regime> coordinates() {
    return regime(run -> run.count(Verdict.FAIL) > 0);
  }

  /// The kind of numbers at which a direction failed first.
  Optional<Regime> directions() {
    return regime(run -> run.screens().stream().anyMatch(Screen::failed));
  }

  private Optional<Regime> regime(Predicate<RunReport> failed) {
    return report.runs().stream().filter(failed).map(RunReport::regime).findFirst();
  }

  /// What a reader of the report is told first: the diagnosis of the first wrong variable, or, if
  /// no coordinate is wrong, what the first law says that says something.
  Optional<Cause> said() {
    return report.runs().stream()
        .flatMap(run -> run.tensors().stream())
        .map(TensorReport::diagnosis)
        .flatMap(Optional::stream)
        .map(Diagnosis::cause)
        .findFirst()
        .or(this::saidByLaws);
  }

  private Optional<Cause> saidByLaws() {
    return report.laws().stream()
        .map(Finding::law)
        .filter(SAID_BY_LAWS::containsKey)
        .map(SAID_BY_LAWS::get)
        .findFirst();
  }

  boolean declared() {
    return !mutant.causes().isEmpty();
  }

  /// Whether what is said is what was declared beforehand.
  boolean right() {
    Set<Cause> causes = mutant.causes();
    return said().filter(causes::contains).isPresent();
  }
}
