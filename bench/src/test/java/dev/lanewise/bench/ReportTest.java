package dev.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void aRowHasTheMedianRateTheMostGarbageAndEveryForksFractionOfThePeak() {
    String row = Report.lines(List.of(result(0.88, 0.9, 0.8))).get(1);
    assertEquals(
        List.of("Gemm.product", "NN", "1,234", "ops/s", "88.0", "88%", "24", "88%", "90%", "80%"),
        List.of(row.split("\\s+")));
  }

  @Test
  void theMedianOfTwoForksIsTheirMiddle() {
    assertEquals(0.85, result(0.9, 0.8).medianFraction(), 1e-15);
  }

  @Test
  void forksThatDifferByMoreThan15PercentAreWarnedOf() {
    assertFalse(result(1.00, 0.86).isTorn());
    assertTrue(result(0.84, 1.00).isTorn());
    assertTrue(Report.lines(List.of(result(0.84, 1.00))).get(1).endsWith("the forks disagree"));
  }

  private static Result result(Double... fractions) {
    List<Double> gflops = List.of(fractions).stream().map(fraction -> 100 * fraction).toList();
    Garbage garbage = new Garbage(List.of(0.0, 24.1, 8.0), 1);
    return new Result("Gemm.product", "NN", 1234.4, "ops/s", gflops, List.of(fractions), garbage);
  }
}
