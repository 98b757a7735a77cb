package dev.lanewise.gradcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.op.Add;
import dev.lanewise.core.op.Multiply;
import dev.lanewise.core.op.Relu;
import dev.lanewise.core.op.Scale;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.problem.GradientFunction;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Each verdict at a point that deserves it.
class VerdictTest {
  private static final GradientChecker CHECKER =
      GradientChecker.seeded(1).regimes(Regime.NORMAL).withoutLaws();

  private static GradientReport check(GradientFunction function, double... x) {
    return CHECKER.check(
        "f", Map.of("x", DoubleTensor.vector(x)), new Parameters(Map.of()), function);
  }

  private static GradientReport coordinates(GradientFunction function, double... x) {
    return CHECKER
        .coordinatesOnly()
        .check("f", Map.of("x", DoubleTensor.vector(x)), new Parameters(Map.of()), function);
  }

  private static GradientFunction wrongRelu(WrongOp.Backward backward) {
    return (graph, in) -> graph.apply(new WrongOp("wrong", new Relu(), backward), in.get("x"));
  }

  /// Relu's backward with another derivative where x is 0, and 1 elsewhere.
  private static WrongOp.Backward atZero(double derivative) {
    return call -> {
      Tensor gradient = call.gradient(0);
      for (int i = 0; i < gradient.size(); i++) {
        if (call.inputs().getFirst().getFlat(i) == 0) {
          gradient.setFlat(i, derivative * call.upstream().getFlat(i));
        }
      }
      call.give(0, gradient);
    };
  }

  @Test
  void aDerivativeWithinASmallErrorPasses() {
    GradientReport report = check((graph, in) -> graph.apply(new Tanh(), in.get("x")), 0.3, -1, 2);
    assertEquals(Verdict.PASS, report.verdict(), report::toString);
    assertEquals(6, report.count(Verdict.PASS));
  }

  @Test
  void aKinkIsAcceptedBetweenTheOneSidedSlopesAndBesideSomethingThatPasses() {
    for (double legal : new double[] {0, 0.5, 1}) {
      GradientReport report = check(wrongRelu(atZero(legal)), 0, 0.7, -0.4);
      assertEquals(Verdict.PASS, report.verdict(), report::toString);
      assertEquals(2, report.count(Verdict.KINK), report::toString);
    }
  }

  @Test
  void aKinkOutsideTheOneSidedSlopesFails() {
    for (double illegal : new double[] {-1, 2, 100}) {
      GradientReport report = coordinates(wrongRelu(atZero(illegal)), 0, 0.7, -0.4);
      assertEquals(Verdict.FAIL, report.verdict(), illegal + ": " + report);
      assertEquals(2, report.count(Verdict.FAIL), report::toString);
    }
  }

  @Test
  void aDerivativeBelowTheResolutionOfTheFunctionIsWeak() {
    // tanh'(17) = 7e-15 of a value of 1.
    GradientReport report = check((graph, in) -> graph.apply(new Tanh(), in.get("x")), 17);
    assertEquals(2, report.count(Verdict.WEAK), report::toString);
    assertEquals(Verdict.VACUOUS, report.verdict(), report::toString);
  }

  @Test
  void besideALargeDerivativeATinyOneNeedsNoDigits() {
    GradientReport report = check((graph, in) -> graph.apply(new Tanh(), in.get("x")), 17, 0.3);
    assertEquals(Verdict.PASS, report.verdict(), report::toString);
  }

  @Test
  void aSumOfKinksHasNoRightDerivative() {
    // relu(x) − relu(−x) = x, but backward at 0 gives 0 + 0.
    GradientReport report =
        coordinates(
            (graph, in) -> {
              var x = in.get("x");
              var left = graph.apply(new Relu(), graph.apply(new Scale(-1), x));
              return graph.apply(
                  new Add(), graph.apply(new Relu(), x), graph.apply(new Scale(-1), left));
            },
            0,
            0.7,
            -0.4);
    assertEquals(2, report.count(Verdict.CONVENTION), report::toString);
    assertEquals(4, report.count(Verdict.PASS), report::toString);
  }

  @Test
  void manyConventionsAreNoFailures() {
    double[] x = new double[40];
    x[0] = 1;
    GradientReport report =
        coordinates(
            (graph, in) -> {
              var left = graph.apply(new Relu(), graph.apply(new Scale(-1), in.get("x")));
              return graph.apply(
                  new Add(),
                  graph.apply(new Relu(), in.get("x")),
                  graph.apply(new Scale(-1), left));
            },
            x);
    assertEquals(78, report.count(Verdict.CONVENTION), report::toString);
    assertEquals(0, report.count(Verdict.FAIL), report::toString);
  }

  @Test
  void whatLiesOutsideTheErrorFailsHoweverSmallTheDifference() {
    for (double error : new double[] {1, -2, 1e-3, 1e-6, 1e-9, -1e-10}) {
      GradientReport report =
          check(
              (graph, in) ->
                  graph.apply(
                      new WrongOp(
                          "off by a factor",
                          new Tanh(),
                          call -> {
                            Tensor gradient = call.gradient(0);
                            gradient.setFlat(1, (1 + error) * gradient.getFlat(1));
                            call.give(0, gradient);
                          }),
                      in.get("x")),
              0.3,
              -0.8,
              0.5);
      assertEquals(Verdict.FAIL, report.verdict(), error + ": " + report);
      assertEquals(2, report.count(Verdict.FAIL), report::toString);
      assertEquals(4, report.count(Verdict.PASS), report::toString);
    }
  }

  @Test
  void aDerivativeThatIsNoNumberFailsEvenWhereItIsOneNearby() {
    // In a composition, where a number that is wrong at this point only would be a convention.
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      GradientReport report =
          coordinates(
              (graph, in) ->
                  graph.apply(
                      new Tanh(),
                      graph.apply(new WrongOp("0/0", new Relu(), atZero(bad)), in.get("x"))),
              0,
              0.7,
              -0.4);
      assertEquals(2, report.count(Verdict.FAIL), bad + ": " + report);
    }
  }

  @Test
  void aFunctionThatIsNotFiniteIsInvalidAndNeitherRightNorWrong() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e100}) {
      GradientReport report =
          check((graph, in) -> graph.apply(new Multiply(), in.get("x"), in.get("x")), 1, bad);
      assertEquals(Verdict.INVALID, report.verdict(), report::toString);
      assertEquals(0, report.coordinates());
    }
  }

  @Test
  void aCheckThatConfirmedOnlyZerosIsVacuous() {
    GradientReport report = check((graph, in) -> graph.apply(new Relu(), in.get("x")), -1, -2, -3);
    assertEquals(Verdict.VACUOUS, report.verdict(), report::toString);
    assertTrue(report.toString().contains("no derivative by x"), report::toString);
  }
}
