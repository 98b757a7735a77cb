package dev.lanewise.gradcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.tensor.Shape;
import dev.lanewise.gradcheck.diagnosis.Cause;
import dev.lanewise.gradcheck.diagnosis.Diagnosis;
import dev.lanewise.gradcheck.law.Finding;
import dev.lanewise.gradcheck.problem.Variable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GradientReportTest {
  private static final Variable X = new Variable("x", Shape.of(2, 10), Variable.Kind.INPUT);

  private static Coordinate coordinate(int position, double a, double n, Verdict verdict) {
    return new Coordinate(X, position, 0.5, a, n, 1e-12, 0x1p-6, verdict);
  }

  private static RunReport run(Coordinate... coordinates) {
    boolean failed = List.of(coordinates).stream().anyMatch(c -> c.verdict() == Verdict.FAIL);
    Optional<Diagnosis> diagnosis =
        failed
            ? Optional.of(new Diagnosis(Cause.CONSTANT_RATIO, "3 times too large"))
            : Optional.empty();
    return new RunReport(
        "plain",
        Regime.NORMAL,
        Upstream.UNIFORM,
        List.of(TensorReport.of(X, List.of(coordinates), diagnosis)),
        List.of(),
        40);
  }

  private static GradientReport report(List<Finding> laws, RunReport... runs) {
    return new GradientReport("Swish", "again", false, List.of(runs), laws, Duration.ofMillis(7));
  }

  @Test
  void confirmedCoordinatesPass() {
    GradientReport report = report(List.of(), run(coordinate(0, 2, 2, Verdict.PASS)));
    assertEquals(Verdict.PASS, report.verdict());
    assertEquals(0, report.relativeError());
    assertEquals(5e-13, report.resolution(), 1e-18);
    report.requirePass();
  }

  @Test
  void oneWrongCoordinateFailsAndIsNamedWithItsDiagnosis() {
    GradientReport report =
        report(
            List.of(), run(coordinate(0, 2, 2, Verdict.PASS), coordinate(13, 6, 2, Verdict.FAIL)));
    String message = assertThrows(AssertionError.class, report::requirePass).getMessage();
    for (String part :
        List.of(
            "Swish: FAIL",
            "x[1,3] at x = 0.5: analytic 6.0, numeric 2.0 ± 1.0e-12, ratio 3",
            "1 of 2 coordinates looked at (it has 20) is wrong: 3 times too large",
            "normal, uniform upstream",
            "relative errors above 5.0e-13 would have been seen",
            "again: again")) {
      assertTrue(message.contains(part), part + " is missing in:\n" + message);
    }
    assertEquals(13, report.worstFailure().orElseThrow().position());
  }

  @Test
  void manyFailingRunsAreNamedButNotAllShown() {
    RunReport wrong = run(coordinate(13, 6, 2, Verdict.FAIL));
    String text = report(List.of(), wrong, wrong, wrong, wrong, wrong).toString();
    assertEquals(3, text.split("x\\[1,3\\] at", -1).length - 1, text);
    assertTrue(
        text.contains("also wrong: normal, uniform upstream; normal, uniform upstream"), text);
  }

  @Test
  void aBrokenLawFailsThoughAllCoordinatesPass() {
    GradientReport report =
        report(
            List.of(new Finding("backward is repeatable", "it is not")),
            run(coordinate(0, 2, 2, Verdict.PASS)));
    assertEquals(Verdict.FAIL, report.verdict());
    assertTrue(report.toString().contains("backward is repeatable: it is not"));
  }

  @Test
  void zerosAloneShowNothingUnlessDeclared() {
    RunReport zeros = run(coordinate(0, 0, 0, Verdict.PASS));
    GradientReport report = report(List.of(), zeros);
    assertEquals(Verdict.VACUOUS, report.verdict());
    assertTrue(report.toString().contains("no derivative by x other than zero was confirmed"));
    assertEquals(
        Verdict.PASS,
        new GradientReport("Step", "again", true, List.of(zeros), List.of(), Duration.ZERO)
            .verdict());
  }

  @Test
  void aFirstRunThatConfirmsTooLittleIsVacuous() {
    List<Coordinate> coordinates = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      coordinates.add(coordinate(i, 1, 1, i < 17 ? Verdict.PASS : Verdict.WEAK));
    }
    RunReport weak = run(coordinates.toArray(Coordinate[]::new));
    assertEquals(Verdict.VACUOUS, report(List.of(), weak).verdict());
    RunReport strong = run(coordinate(0, 1, 1, Verdict.PASS));
    assertEquals(Verdict.PASS, report(List.of(), strong, weak).verdict());
  }

  @Test
  void aFunctionThatIsNowhereFiniteIsInvalid() {
    RunReport invalid =
        new RunReport("plain", Regime.NORMAL, Upstream.UNIFORM, List.of(), List.of(), 1);
    assertEquals(Verdict.INVALID, report(List.of(), invalid).verdict());
    assertThrows(IllegalArgumentException.class, () -> report(List.of()));
  }

  @Test
  void severalReportsTogetherRepeatTheOneThatFailed() {
    RunReport right = run(coordinate(0, 2, 2, Verdict.PASS));
    RunReport wrong = run(coordinate(0, 6, 2, Verdict.FAIL));
    GradientReport together =
        GradientReport.together(
            "Swish",
            List.of(
                new GradientReport("a", "again a", false, List.of(right), List.of(), Duration.ZERO),
                new GradientReport("b", "again b", false, List.of(wrong), List.of(), Duration.ZERO),
                new GradientReport(
                    "c", "again c", false, List.of(right), List.of(), Duration.ZERO)));
    assertEquals(Verdict.FAIL, together.verdict());
    assertEquals("again b", together.reproduction());
  }

  @Test
  void aTableHasARowForEachReport() {
    GradientReport passed = report(List.of(), run(coordinate(0, 2, 2, Verdict.PASS)));
    GradientReport failed =
        report(
            List.of(), run(coordinate(0, 2, 2, Verdict.PASS), coordinate(1, 6, 2, Verdict.FAIL)));
    assertEquals(
        """
        kind  name   pass  kink  weak  convention  fail  worst error  resolution  evaluations  ms  verdict
        ----  -----  ----  ----  ----  ----------  ----  -----------  ----------  -----------  --  -------
        op    Swish     1     0     0           0     0      0.0e+00     5.0e-13           40   7  PASS
        loss  Swish     1     0     0           0     1      0.0e+00     5.0e-13           40   7  FAIL
        """,
        ReportTable.of(
            List.of(
                new ReportTable.Row(GradientCase.Kind.OP, passed),
                new ReportTable.Row(GradientCase.Kind.LOSS, failed))));
  }
}
