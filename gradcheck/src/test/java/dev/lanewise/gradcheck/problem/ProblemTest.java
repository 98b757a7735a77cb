package dev.lanewise.gradcheck.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.numeric.Origin;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProblemTest {
  private static final GradientFunction TANH = (graph, in) -> graph.apply(new Tanh(), in.get("x"));

  private static Problem problem(Map<String, Tensor> inputs, Parameters parameters) {
    return new Problem("f", Key.of(1), inputs, parameters, TANH);
  }

  private static String refusal(Map<String, Tensor> inputs, Parameters parameters) {
    return assertThrows(IllegalArgumentException.class, () -> problem(inputs, parameters))
        .getMessage();
  }

  private static final Parameters NONE = new Parameters(Map.of());

  @Test
  void float32IsRefusedByASentenceThatSaysWhatToDo() {
    Tensor single = DoubleTensor.vector(1, 2).to(DType.FLOAT32);
    assertEquals(
        "f: the input x is float32, but gradients are checked in float64, because differences of"
            + " float32 have about three digits; convert inputs with Tensor.to and models with"
            + " Parameters.convert.",
        refusal(Map.of("x", single), NONE));
    Parameters parameters = new Parameters(Map.of("weight", Parameter.frozen(single)));
    assertTrue(
        refusal(Map.of("x", DoubleTensor.vector(1)), parameters)
            .startsWith("f: the parameter weight is float32, but"));
  }

  @Test
  void oneNameForTwoThingsIsRefused() {
    Parameters parameters = new Parameters(Map.of("x", Parameter.of(DoubleTensor.vector(1))));
    assertEquals(
        "f: 'x' names both an input and a parameter.",
        refusal(Map.of("x", DoubleTensor.vector(1)), parameters));
  }

  @Test
  void nothingToCheckIsRefused() {
    assertTrue(refusal(Map.of("x", DoubleTensor.vector()), NONE).contains("nothing to check"));
    assertTrue(refusal(Map.of(), NONE).contains("nothing to check"));
  }

  @Test
  void thePointIsACopyBothWays() {
    Tensor x = DoubleTensor.vector(1, 2);
    Problem problem = problem(Map.of("x", x), NONE);
    x.setFlat(0, 9);
    assertArrayEquals(new double[] {1, 2}, problem.point()[0]);
    problem.point()[0][0] = 8;
    assertArrayEquals(new double[] {1, 2}, problem.point()[0]);
    double[][] other = {{3, 4}};
    Problem there = problem.at(other);
    other[0][0] = 7;
    assertArrayEquals(new double[] {3, 4}, there.point()[0]);
    assertArrayEquals(new double[] {1, 2}, problem.point()[0]);
  }

  @Test
  void aPointOfAnotherSizeIsRefused() {
    Problem problem = problem(Map.of("x", DoubleTensor.vector(1, 2)), NONE);
    String message =
        assertThrows(IllegalArgumentException.class, () -> problem.at(new double[][] {{1}}))
            .getMessage();
    assertEquals("f: x has 2 elements, but the point gives 1.", message);
  }

  @Test
  void anInputThatIsNotThereIsNamedWithThoseThatAre() {
    Problem problem =
        new Problem(
            "f", Key.of(1), Map.of("x", DoubleTensor.vector(1)), NONE, (graph, in) -> in.get("y"));
    assertEquals(
        "There is no input y to check: the inputs are [x].",
        assertThrows(IllegalArgumentException.class, problem::open).getMessage());
  }

  @Test
  void aPlaceIsNamedByItsIndexOnEachAxis() {
    Variable matrix = new Variable("weight", Shape.of(3, 4), Variable.Kind.PARAMETER);
    assertEquals(List.of(2, 3), matrix.index(11));
    assertEquals("weight[1,2]", matrix.place(6));
    assertEquals("t", new Variable("t", Shape.SCALAR, Variable.Kind.INPUT).place(0));
  }

  @Test
  void theNumericGradientIsThatOfTanhAndLeavesThePointAlone() {
    Problem problem = problem(Map.of("x", DoubleTensor.vector(0.3, -2, 1e-3)), NONE);
    double[] u = {1, -2, 3};
    try (Evaluator evaluator = problem.open()) {
      NumericGradient numeric = NumericGradient.of(evaluator, u);
      double[] x = problem.point()[0];
      for (int i = 0; i < 3; i++) {
        double truth = u[i] / Math.pow(Math.cosh(x[i]), 2);
        assertEquals(truth, numeric.value()[0][i], 1.5 * numeric.width()[0][i] + 1e-15);
        assertTrue(numeric.width()[0][i] < 1e-9);
      }
      assertArrayEquals(x, evaluator.values()[0]);
    }
  }

  @Test
  void theSizeOfOutputsIsTheirRootMeanSquareWhereThatCanBeComputed() {
    assertEquals(5 / Math.sqrt(2), Origin.rms(new double[] {3, 4}), 1e-15);
    assertEquals(1e149, Origin.rms(new double[] {1e149}), 1e135);
    assertEquals(1, Origin.rms(new double[] {0, 0}));
    assertEquals(1, Origin.rms(new double[] {1e151}));
    assertEquals(1, Origin.rms(new double[] {1e-151}));
    // Σ |u| max(|y|, rms)
    double rms = Math.sqrt(8.5);
    assertEquals(
        2 * 4 + 3 * rms, Origin.of(new double[] {4, 1}, new double[] {-2, 3}, 1).natural(), 1e-14);
  }
}
