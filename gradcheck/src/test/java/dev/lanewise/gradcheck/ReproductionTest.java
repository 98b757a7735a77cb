package dev.lanewise.gradcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.op.MatMul;
import dev.lanewise.core.op.Scale;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A report says in Java how to repeat it.
class ReproductionTest {
  private static final GradientChecker QUICK =
      GradientChecker.seeded(3).regimes(Regime.NORMAL).upstreams(Upstream.BALANCED);

  @Test
  void anOpByItsShapes() {
    assertEquals(
        "GradientChecker.seeded(3).regimes(Regime.NORMAL).upstreams(Upstream.BALANCED)"
            + ".checkOp(new MatMul(), Shape.of(2, 3), Shape.of(3, 1))",
        QUICK.checkOp(new MatMul(), Shape.of(2, 3), Shape.of(3, 1)).reproduction());
  }

  @Test
  void anOpByItsInputs() {
    assertEquals(
        "GradientChecker.seeded(3).regimes(Regime.NORMAL).upstreams(Upstream.BALANCED)"
            + ".coordinatesOnly().withoutLaws()"
            + ".checkOp(new Scale(2.5), DoubleTensor.vector(0.5, -1.0))",
        QUICK
            .coordinatesOnly()
            .withoutLaws()
            .checkOp(new Scale(2.5), DoubleTensor.vector(0.5, -1))
            .reproduction());
  }

  @Test
  void whatIsLargeByItsName() {
    assertEquals(
        "GradientChecker.seeded(3).regimes(Regime.NORMAL).upstreams(Upstream.BALANCED)"
            + ".checkLayer(\"tanh\", layer, x)",
        QUICK
            .checkLayer(
                "tanh",
                x -> x.graph().apply(new Tanh(), x),
                CheckInputs.normal(Shape.of(5, 7), Key.of(1).with("x")))
            .reproduction());
  }

  @Test
  void anyFunctionByItsName() {
    assertEquals(
        "GradientChecker.seeded(1).check(\"sum\", inputs, parameters, function)",
        GradientChecker.seeded(1)
            .check(
                "sum",
                Map.of("x", DoubleTensor.vector(1, 2)),
                new Parameters(Map.of()),
                (graph, inputs) -> graph.apply(Sum.plain(), inputs.get("x")))
            .reproduction());
  }
}
