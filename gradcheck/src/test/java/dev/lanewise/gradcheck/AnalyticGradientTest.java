package dev.lanewise.gradcheck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.op.Relu;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.numeric.Origin;
import dev.lanewise.gradcheck.problem.Evaluator;
import dev.lanewise.gradcheck.problem.GradientFunction;
import dev.lanewise.gradcheck.problem.Problem;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnalyticGradientTest {
  private static AnalyticGradient of(GradientFunction function, double... x) {
    Problem problem =
        new Problem(
            "f",
            Key.of(1),
            Map.of("x", DoubleTensor.vector(x)),
            new Parameters(Map.of()),
            function);
    try (Evaluator evaluator = problem.open()) {
      double[] y = evaluator.evaluate();
      double[] u = new double[y.length];
      java.util.Arrays.fill(u, 1);
      AnalyticGradient gradient = AnalyticGradient.of(evaluator, Origin.of(y, u, 1));
      assertArrayEquals(x, evaluator.values()[0], "the point is left alone");
      return gradient;
    }
  }

  /// The identity forward; backward gives the upstream plus something that depends on x.
  private static GradientFunction rough(java.util.function.DoubleUnaryOperator extra) {
    return (graph, in) ->
        graph.apply(
            new WrongOp(
                "rough",
                new Relu(),
                call -> {
                  Tensor gradient = call.gradient(0);
                  for (int i = 0; i < gradient.size(); i++) {
                    double x = call.inputs().getFirst().getFlat(i);
                    gradient.setFlat(i, gradient.getFlat(i) + extra.applyAsDouble(x));
                  }
                  call.give(0, gradient);
                }),
            in.get("x"));
  }

  @Test
  void aGoodBackwardHasTheNoiseOfTheFloorAndALittle() {
    AnalyticGradient gradient = of((graph, in) -> graph.apply(new Tanh(), in.get("x")), 0.3, -1.2);
    double largest = gradient.value()[0][0];
    for (int i = 0; i < 2; i++) {
      double a = gradient.value()[0][i];
      double floor = 0x1p-41 * Math.max(Math.abs(a), largest / 8);
      assertTrue(gradient.noise()[0][i] >= floor);
      assertTrue(gradient.noise()[0][i] < floor + 1e-14, gradient.noise()[0][i] + "");
    }
  }

  @Test
  void roundOffOfBackwardIsMeasured() {
    // The last bits of x, blown up: a different error at each of the points.
    AnalyticGradient gradient = of(rough(x -> 1e-11 * Math.sin(1e12 * x)), 0.3, 0.8);
    for (double noise : gradient.noise()[0]) {
      assertTrue(noise > 3e-12 && noise < 5e-10, "noise " + noise);
    }
  }

  @Test
  void aJumpOfBackwardIsNoNoise() {
    double x = 0.3;
    AnalyticGradient gradient = of(rough(at -> at > x * (1 + 0x1p-25) ? 1e-3 : 0), x);
    assertTrue(gradient.noise()[0][0] < 1e-11, "noise " + gradient.noise()[0][0]);
  }

  @Test
  void aGradientThatIsAllRoundOffIsAllNoise() {
    // Right would be 0, as by a shift of what a softmax is taken of; natural is 2 and a is 1e-15.
    GradientFunction cancelling =
        (graph, in) ->
            graph.apply(
                new WrongOp(
                    "cancelling",
                    new Relu(),
                    call -> {
                      Tensor gradient = call.gradient(0);
                      for (int i = 0; i < gradient.size(); i++) {
                        double x = call.inputs().getFirst().getFlat(i);
                        gradient.setFlat(i, 1e-15 * Math.sin(1e12 * x));
                      }
                      call.give(0, gradient);
                    }),
                in.get("x"));
    AnalyticGradient gradient = of(cancelling, 0.3, 0.8);
    for (int i = 0; i < 2; i++) {
      double a = Math.abs(gradient.value()[0][i]);
      assertTrue(gradient.noise()[0][i] > a / 2, a + " ± " + gradient.noise()[0][i]);
    }
  }

  @Test
  void zerosStayZerosSoThatTiesAreKept() {
    AnalyticGradient gradient = of((graph, in) -> graph.apply(new Relu(), in.get("x")), 0, 0, 1);
    assertEquals(0, gradient.value()[0][0]);
    assertTrue(gradient.noise()[0][0] <= 0x1p-44);
  }
}
