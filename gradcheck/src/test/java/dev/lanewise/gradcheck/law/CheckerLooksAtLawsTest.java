package dev.lanewise.gradcheck.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.gradcheck.CheckInputs;
import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.gradcheck.GradientReport;
import dev.lanewise.gradcheck.Regime;
import dev.lanewise.gradcheck.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What differences cannot see fails a check nevertheless, by a law.
class CheckerLooksAtLawsTest {
  private static final Shape SHAPE = Shape.of(5, 3);

  private static final Square MAGNITUDE =
      new Square() {
        @Override
        double gradient(double x, double u) {
          return 2 * x * u + 1e-14 * Math.abs(2 * x * u);
        }
      };

  private static GradientChecker checker() {
    return GradientChecker.seeded(1).regimes(Regime.NORMAL);
  }

  private static Tensor x() {
    return CheckInputs.normal(SHAPE, Key.of(1));
  }

  private static List<String> names(GradientReport report) {
    return report.laws().stream().map(Finding::law).distinct().toList();
  }

  @Test
  void ofOps() {
    GradientReport report = checker().checkOp(MAGNITUDE, SHAPE);
    assertEquals(Verdict.FAIL, report.verdict());
    assertEquals(List.of("backward is homogeneous in the upstream"), names(report));
    assertTrue(report.toString().contains("law broken: backward is homogeneous"));
  }

  @Test
  void notIfToldSo() {
    GradientReport report = checker().withoutLaws().checkOp(MAGNITUDE, SHAPE);
    assertEquals(Verdict.PASS, report.verdict(), report::toString);
    assertEquals(List.of(), report.laws());
  }

  @Test
  void ofOpsByThemselves() {
    Square readsWhatIsNotThere =
        new Square() {
          @Override
          void forward(Tensor x, Tensor y, Pass pass) {
            super.forward(x, y, pass);
            y.setFlat(0, y.getFlat(0) + 0 * pass.scratch(1).getFlat(0));
          }
        };
    GradientReport report = checker().checkOp(readsWhatIsNotThere, SHAPE);
    assertEquals(List.of("memory of undefined content is not read"), names(report));
  }

  @Test
  void ofRowWiseOps() {
    Square leaks =
        new Square() {
          @Override
          void forward(Tensor x, Tensor y, Pass pass) {
            super.forward(x, y, pass);
            double mean = 1e-6 * TensorMath.sum(x) / x.size();
            for (int i = 0; i < y.size(); i++) {
              y.setFlat(i, y.getFlat(i) + mean);
            }
          }

          @Override
          void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
            double mean = 1e-6 * TensorMath.sum(u) / x.size();
            give(sink, 0, i -> gradient(x.getFlat(i), u.getFlat(i)) + mean);
          }
        };
    GradientReport report = checker().checkOp(leaks, SHAPE);
    assertEquals(0, report.count(Verdict.FAIL), report::toString);
    assertEquals(
        List.of("rows are independent", "shards give what the whole gives"), names(report));
  }

  @Test
  void ofFunctions() {
    GradientReport report =
        checker()
            .check(
                "f",
                Map.of("x", x()),
                new Parameters(Map.of()),
                (graph, inputs) -> graph.apply(MAGNITUDE, inputs.get("x")));
    assertEquals(List.of("backward is homogeneous in the upstream"), names(report));
  }

  /// The mean over the rows at hand is another one in each shard.
  private static final Square BY_ROWS =
      new Square() {
        @Override
        void forward(Tensor x, Tensor y, Pass pass) {
          super.forward(x, y, pass);
          TensorMath.scale(1.0 / x.shape().rows(), y, y);
        }

        @Override
        void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
          give(sink, 0, i -> gradient(x.getFlat(i), u.getFlat(i)) / x.shape().rows());
        }
      };

  @Test
  void ofLayers() {
    GradientReport report = checker().checkLayer("layer", x -> x.graph().apply(BY_ROWS, x), x());
    assertEquals(List.of("shards give what the whole gives"), names(report));
  }

  @Test
  void ofLosses() {
    GradientReport report =
        checker()
            .checkLoss(
                "loss",
                (prediction, target) ->
                    prediction
                        .graph()
                        .apply(new Sum(1), prediction.graph().apply(BY_ROWS, prediction)),
                x(),
                x());
    assertEquals(List.of("shards give what the whole gives"), names(report));
  }
}
