package dev.lanewise.gradcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.op.Add;
import dev.lanewise.core.op.Relu;
import dev.lanewise.core.op.Scale;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// A single op must be right where kinks meet; a composition of ops cannot always be.
class StrictnessTest {
  private static final Tensor X = CheckInputs.normal(Shape.of(5, 4), Key.of(2));
  private static final GradientChecker CHECKER =
      GradientChecker.seeded(1)
          .regimes(Regime.HALF_ZEROS)
          .upstreams(Upstream.UNIFORM)
          .coordinatesOnly();

  /// `2x`, with the derivative 0 where x is 0.
  private static final WrongOp WRONG_AT_ZERO =
      new WrongOp(
          "zero at zero",
          new Scale(2),
          call -> {
            Tensor gradient = call.gradient(0);
            for (int i = 0; i < gradient.size(); i++) {
              if (call.inputs().getFirst().getFlat(i) == 0) {
                gradient.setFlat(i, 0);
              }
            }
            call.give(0, gradient);
          });

  @Test
  void aLayerOfOneOpThatIsWrongAtOnePointFails() {
    Layer layer = x -> x.graph().apply(WRONG_AT_ZERO, x);
    assertTrue(CHECKER.checkLayer("one op", layer, X).count(Verdict.FAIL) > 0);
  }

  @Test
  void sumsAndFactorsDoNotMakeAnOpAComposition() {
    Layer layer =
        x ->
            x.graph()
                .apply(
                    new Sum(3), x.graph().apply(WRONG_AT_ZERO, x.graph().apply(new Scale(2), x)));
    assertTrue(CHECKER.checkLayer("loss", layer, X).count(Verdict.FAIL) > 0);
  }

  @Test
  void whereKinksOfACompositionMeetAnyConventionIsRight() {
    Layer layer =
        x -> {
          var graph = x.graph();
          var negative = graph.apply(new Relu(), graph.apply(new Scale(-1), x));
          return graph.apply(
              new Add(), graph.apply(new Relu(), x), graph.apply(new Scale(-1), negative));
        };
    GradientReport report = CHECKER.checkLayer("relu(x) - relu(-x)", layer, X);
    assertEquals(0, report.count(Verdict.FAIL), report.toString());
    assertTrue(report.count(Verdict.CONVENTION) > 0, report.toString());
  }
}
