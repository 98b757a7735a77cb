package dev.lanewise.gradcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.tensor.Shape;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTableTest {
  private static TensorReport tensor(String check, double numeric) {
    List<Coordinate> coordinates =
        List.of(
            new Coordinate("x", List.of(0), 0.5, 1, 1, 6e-6, 0),
            new Coordinate("x", List.of(1), 0.5, 1, numeric, 6e-6, 0),
            new Coordinate("x", List.of(2), 0.5, 0, 1e-12, 6e-6, 2e-12));
    return TensorReport.of(check, "x", Shape.of(3), coordinates);
  }

  @Test
  void oneRowForEachReport() {
    GradientReport tanh =
        new GradientReport("Tanh", List.of(tensor("Tanh", 1)), 9, Duration.ofMillis(3));
    GradientReport loss =
        new GradientReport(
            "Loss",
            List.of(tensor("Loss", 1), tensor("Loss in shards", 3)),
            18,
            Duration.ofMillis(5));
    assertEquals(
        """
        kind  name  coordinates  undecided  worst relative error  where                   evaluations  verdict
        ----  ----  -----------  ---------  --------------------  ----------------------  -----------  -------
        op    Tanh            3          1               0.0e+00  x[0]                              9  PASS
        loss  Loss            6          2               5.0e-01  x[1] in Loss in shards           18  FAIL
        """,
        ReportTable.of(
            List.of(
                new ReportTable.Row(GradientCase.Kind.OP, tanh),
                new ReportTable.Row(GradientCase.Kind.LOSS, loss))));
  }

  @Test
  void reportsTogetherAddUp() {
    GradientReport one = new GradientReport("a", List.of(tensor("a", 3)), 9, Duration.ofMillis(3));
    GradientReport two = new GradientReport("b", List.of(tensor("b", 1)), 8, Duration.ofMillis(5));
    GradientReport both = GradientReport.together("both", List.of(one, two));
    assertEquals(6, both.coordinates());
    assertEquals(1, both.failures());
    assertEquals(2, both.belowResolution());
    assertEquals(17, both.evaluations());
    assertEquals(Duration.ofMillis(8), both.time());
    assertEquals("a", both.worstTensor().check());
    assertEquals("x[1]", both.worst().place());
    assertEquals(Verdict.FAIL, both.verdict());
  }
}
