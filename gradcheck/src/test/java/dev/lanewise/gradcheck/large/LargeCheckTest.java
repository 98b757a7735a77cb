package dev.lanewise.gradcheck.large;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.op.Relu;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.gradcheck.Coordinate;
import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.gradcheck.GradientReport;
import dev.lanewise.gradcheck.Regime;
import dev.lanewise.gradcheck.RunReport;
import dev.lanewise.gradcheck.TensorReport;
import dev.lanewise.gradcheck.Upstream;
import dev.lanewise.gradcheck.Verdict;
import dev.lanewise.gradcheck.diagnosis.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LargeCheckTest {
  private static final Faulty RIGHT = new Faulty(Map.of());
  private static final GradientChecker ONE_RUN =
      GradientChecker.seeded(3).regimes(Regime.NORMAL).upstreams(Upstream.UNIFORM);

  @ParameterizedTest
  @EnumSource
  void aRightNetworkOfTenThousandWeightsPassesInEveryRegime(Regime regime) {
    GradientChecker checker = GradientChecker.seeded(5).regimes(regime);
    assertAll(
        () -> assertNothingFails(check(checker, Large.mlp(new Tanh(), RIGHT))),
        () -> assertNothingFails(check(checker, Large.mlp(new Relu(), RIGHT))));
  }

  @Test
  void aLargeTensorIsCheckedByASample() {
    GradientReport report = check(ONE_RUN, Large.mlp(new Tanh(), RIGHT));
    report.requirePass();
    for (TensorReport tensor : report.runs().getFirst().tensors()) {
      assertEquals(Math.min(Sample.SIZE, tensor.variable().size()), tensor.coordinates());
    }
  }

  @Test
  void everyCoordinateIsCheckedWhereThatIsAskedFor() {
    Large large = Large.mlp(new Tanh(), RIGHT);
    int all = large.inputs().values().stream().mapToInt(x -> x.size()).sum();
    assertAll(
        () -> assertEquals(all, check(ONE_RUN.coordinatesOnly(), large).coordinates()),
        () -> assertEquals(all, check(ONE_RUN.everyCoordinateUpTo(all), large).coordinates()));
  }

  @Test
  void theWrongCoordinateAmongAMillionIsNamedByTheReport() {
    GradientReport report = check(ONE_RUN, Large.million(new Faulty(Map.of(123_456, 1 + 1e-3))));
    TensorReport tensor = report.runs().getFirst().tensors().getFirst();
    assertAll(
        () -> assertEquals(Verdict.FAIL, report.verdict()),
        () -> assertEquals(List.of("x[123,456]"), places(tensor)),
        () -> assertEquals(Cause.ONE_COORDINATE, tensor.diagnosis().orElseThrow().cause()),
        () -> assertEquals(Sample.SIZE + 1, tensor.coordinates()));
  }

  @Test
  void severalWrongWeightsOfANetworkAreNamedByTheReport() {
    Map<Integer, Double> faults = Map.of(77, -1.0, 1234, 1.01, 5678, 0.0);
    GradientReport report = check(ONE_RUN, Large.mlp(new Tanh(), new Faulty(faults)));
    TensorReport tensor = tensor(report.runs().getFirst(), "w0");
    assertAll(
        () -> assertEquals(List.of("w0[0,77]", "w0[12,34]", "w0[56,78]"), places(tensor)),
        () -> assertEquals(Cause.SUBSET, tensor.diagnosis().orElseThrow().cause()),
        () -> assertEquals(3, report.count(Verdict.FAIL)));
  }

  @Test
  void aTensorThatIsWrongAsAWholeIsNotSearchedButDiagnosed() {
    Map<Integer, Double> faults = new HashMap<>();
    IntStream.range(0, 6000).forEach(position -> faults.put(position, 3.0));
    GradientReport report = check(ONE_RUN, Large.mlp(new Tanh(), new Faulty(faults)));
    TensorReport tensor = tensor(report.runs().getFirst(), "w0");
    assertAll(
        () -> assertEquals(Cause.CONSTANT_RATIO, tensor.diagnosis().orElseThrow().cause()),
        () -> assertEquals(Sample.SIZE, tensor.count(Verdict.FAIL)),
        () -> assertEquals(Sample.SIZE, report.count(Verdict.FAIL)));
  }

  @Test
  void theReportIsTheSameForAnyNumberOfThreads() {
    Map<Integer, Double> faults = Map.of(77, -1.0, 1234, 1.01);
    List<GradientChecker> checkers =
        List.of(
            ONE_RUN,
            ONE_RUN.everyCoordinateUpTo(20_000),
            GradientChecker.seeded(4).regimes(Regime.INTEGERS, Regime.HALF_ZEROS));
    for (GradientChecker checker : checkers) {
      Large large = Large.mlp(new Relu(), new Faulty(faults));
      GradientReport one = timeless(check(checker.threads(1), large));
      assertTrue(one.count(Verdict.FAIL) > 0, one.toString());
      for (int threads : new int[] {2, 3, 8}) {
        assertEquals(one, timeless(check(checker.threads(threads), large)));
      }
    }
  }

  private static GradientReport check(GradientChecker checker, Large large) {
    return checker.check("large", large.inputs(), Large.NO_PARAMETERS, large.function());
  }

  private static void assertNothingFails(GradientReport report) {
    assertEquals(0, report.count(Verdict.FAIL), report.toString());
    assertTrue(report.runs().stream().noneMatch(RunReport::failed), report.toString());
  }

  private static TensorReport tensor(RunReport run, String path) {
    return run.tensors().stream()
        .filter(each -> each.variable().path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> places(TensorReport tensor) {
    return tensor.failures().stream().map(Coordinate::place).toList();
  }

  private static GradientReport timeless(GradientReport report) {
    return new GradientReport(
        report.name(),
        report.reproduction(),
        report.flat(),
        new ArrayList<>(report.runs()),
        report.laws(),
        Duration.ZERO);
  }
}
