package dev.lanewise.gradcheck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.op.Multiply;
import dev.lanewise.core.op.Relu;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.problem.GradientFunction;
import dev.lanewise.gradcheck.problem.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwoSidedRuleTest {
  private static final TwoSidedRule RULE = TwoSidedRule.textbook();

  private static Problem problem(GradientFunction function, double... x) {
    return new Problem(
        "f", Key.of(1), Map.of("x", DoubleTensor.vector(x)), new Parameters(Map.of()), function);
  }

  private static Problem tanh(double... x) {
    return problem((graph, in) -> graph.apply(new Tanh(), in.get("x")), x);
  }

  private static Problem wrongTanh(double factor, double... x) {
    WrongOp.Backward backward =
        call -> {
          Tensor gradient = call.gradient(0);
          for (int i = 0; i < gradient.size(); i++) {
            gradient.setFlat(i, factor * gradient.getFlat(i));
          }
          call.give(0, gradient);
        };
    return problem(
        (graph, in) -> graph.apply(new WrongOp("wrong", new Tanh(), backward), in.get("x")), x);
  }

  private static long failures(List<Coordinate> found) {
    return found.stream().filter(each -> each.verdict() == Verdict.FAIL).count();
  }

  @Test
  void rightDerivativesPassWithTheDifferenceQuotientAsNumericValue() {
    double[] u = {2, -1};
    List<Coordinate> found = RULE.step(1e-5).check(tanh(0.3, -1.2), u);
    assertEquals(0, failures(found));
    for (Coordinate each : found) {
      double x = each.x();
      double n = u[each.position()] * (Math.tanh(x + 1e-5) - Math.tanh(x - 1e-5)) / 2e-5;
      assertEquals(n, each.numeric(), 2e-11);
      assertEquals(1e-5, each.step());
    }
  }

  @Test
  void theTextbookStepIsTheCubeRootOfTheSpacingTimesTheSize() {
    double[] x = {0, 0.3, -3, 1e8};
    for (Coordinate each : RULE.check(tanh(x), new double[] {1, 1, 1, 1})) {
      double expected = Math.cbrt(Math.ulp(1.0)) * Math.max(Math.abs(each.x()), 1);
      assertEquals(expected, each.step(), 1e-9 * expected);
    }
  }

  @Test
  void errorsAboveTheToleranceFailAndThoseBelowPass() {
    double[] u = {1, 1};
    assertEquals(2, failures(RULE.check(wrongTanh(-1, 0.3, 0.5), u)));
    assertEquals(2, failures(RULE.check(wrongTanh(1 + 1e-5, 0.3, 0.5), u)));
    assertEquals(0, failures(RULE.check(wrongTanh(1 + 1e-7, 0.3, 0.5), u)));
    assertEquals(0, failures(RULE.tolerance(1e-3).check(wrongTanh(1 + 1e-5, 0.3, 0.5), u)));
  }

  @Test
  void twoZerosAgreeAndNoNumberDoesNot() {
    Problem dead = problem((graph, in) -> graph.apply(new Relu(), in.get("x")), -1, -2);
    assertEquals(0, failures(RULE.check(dead, new double[] {1, 1})));
    Problem infinite =
        problem((graph, in) -> graph.apply(new Multiply(), in.get("x"), in.get("x")), 1e200);
    assertEquals(1, failures(RULE.check(infinite, new double[] {1})));
  }

  @Test
  void aRightDerivativeBesideAKinkIsCalledWrongWhichTheCheckerDoesNot() {
    Problem problem = problem((graph, in) -> graph.apply(new Relu(), in.get("x")), 1e-7);
    assertEquals(1, failures(RULE.check(problem, new double[] {1})));
    GradientReport report =
        GradientChecker.seeded(1)
            .regimes(Regime.NORMAL)
            .check(
                "f",
                Map.of("x", DoubleTensor.vector(1e-7)),
                new Parameters(Map.of()),
                problem.function());
    assertEquals(Verdict.PASS, report.verdict(), report::toString);
  }

  @Test
  void thePointIsLeftAlone() {
    Problem problem = tanh(0.3, -1.2);
    RULE.check(problem, new double[] {1, 1});
    assertArrayEquals(new double[] {0.3, -1.2}, problem.point()[0]);
  }

  @Test
  void aStepOrToleranceThatIsNotPositiveIsRefused() {
    for (double bad : new double[] {0, -1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> RULE.step(bad));
      String message =
          assertThrows(IllegalArgumentException.class, () -> RULE.tolerance(bad)).getMessage();
      assertTrue(message.endsWith("the tolerance " + bad + "."), message);
    }
  }
}
