package dev.lanewise.gradcheck.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.op.AddRowVector;
import dev.lanewise.core.op.MatMul;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.CheckInputs;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  /// The identity, which counts how often it is computed, and does something more in each pass.
  private record Watched(AtomicInteger forwards, Consumer<Pass> duringForward, double factor)
      implements Op<@Nullable Void> {
    static Watched counting() {
      return new Watched(new AtomicInteger(), pass -> {}, 1);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inputs.getFirst();
    }

    @Override
    public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
      forwards.incrementAndGet();
      duringForward.accept(pass);
      for (int i = 0; i < output.size(); i++) {
        output.setFlat(i, inputs.getFirst().getFlat(i));
      }
      return null;
    }

    @Override
    public void backward(
        @Nullable Void saved,
        List<Tensor> inputs,
        Tensor output,
        Tensor outputGradient,
        GradientSink sink,
        Pass pass) {
      Tensor buffer = sink.buffer(0);
      for (int i = 0; i < buffer.size(); i++) {
        double g = factor * outputGradient.getFlat(i);
        // With a factor other than 1: adds where it should overwrite.
        buffer.setFlat(i, sink.beta(0) == 1 || factor != 1 ? buffer.getFlat(i) + g : g);
      }
    }
  }

  private static Tensor normal(String purpose, int... dims) {
    return CheckInputs.normal(Shape.of(dims), Key.of(7).with(purpose));
  }

  private static Problem problem(Map<String, Tensor> inputs, GradientFunction function) {
    return new Problem("f", Key.of(3), inputs, new Parameters(Map.of()), function);
  }

  private static Map<String, Tensor> two(Tensor a, Tensor b) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    inputs.put("a", a);
    inputs.put("b", b);
    return inputs;
  }

  @Test
  void onlyWhatDependsOnTheChangedVariableIsComputedAgain() {
    Watched ofA = Watched.counting();
    Watched ofB = Watched.counting();
    Watched ofBoth = Watched.counting();
    Problem problem =
        problem(
            two(normal("a", 2, 3), normal("b", 3, 2)),
            (graph, in) -> {
              Node a = graph.apply(ofA, in.get("a"));
              Node b = graph.apply(ofB, in.get("b"));
              return graph.apply(ofBoth, graph.apply(new MatMul(), a, b));
            });
    try (Evaluator evaluator = problem.open()) {
      evaluator.evaluate();
      evaluator.set(1, 0, 5);
      evaluator.evaluate();
      evaluator.set(1, 0, 6);
      evaluator.evaluate();
      assertEquals(1, ofA.forwards().get());
      assertEquals(3, ofB.forwards().get());
      assertEquals(3, ofBoth.forwards().get());
      assertEquals(3, evaluator.evaluations());
    }
  }

  @Test
  void theOutputIsThatOfTheCurrentValues() {
    Problem problem =
        problem(
            two(normal("a", 2, 3), normal("b", 3, 2)),
            (graph, in) -> graph.apply(new MatMul(), in.get("a"), in.get("b")));
    try (Evaluator evaluator = problem.open()) {
      double[] before = evaluator.evaluate();
      double b = evaluator.get(1, 2);
      evaluator.set(1, 2, b + 1);
      double[] after = evaluator.evaluate();
      // y[i,j] = Σ a[i,k] b[k,j]; element 2 of b is b[1,0], and a[i,1] is its factor.
      for (int row = 0; row < 2; row++) {
        double a = normal("a", 2, 3).get(row, 1);
        assertEquals(before[2 * row] + a, after[2 * row], 1e-14);
        assertEquals(before[2 * row + 1], after[2 * row + 1]);
      }
      evaluator.reset();
      assertArrayEquals(before, evaluator.evaluate());
      assertArrayEquals(problem.point()[1], evaluator.values()[1]);
    }
  }

  @Test
  void gradientsAreThoseOfTheCurrentValuesAndLeaveThemAlone() {
    Problem problem =
        problem(
            two(normal("a", 2, 3), normal("b", 3, 2)),
            (graph, in) -> graph.apply(new MatMul(), in.get("a"), in.get("b")));
    try (Evaluator evaluator = problem.open()) {
      double[] u = {1, 0, 0, 0};
      evaluator.set(1, 0, 42);
      double[][] values = evaluator.values();
      double[][] gradients = evaluator.gradients(u);
      assertEquals(42, gradients[0][0]);
      assertArrayEquals(values[1], evaluator.values()[1]);
      assertArrayEquals(new double[] {1, 0, 0, 0}, u);
    }
  }

  @Test
  void backwardThatAddsWhereItShouldOverwriteGivesNotANumber() {
    Watched adds = new Watched(new AtomicInteger(), pass -> {}, 2);
    Problem problem =
        problem(Map.of("x", normal("x", 3)), (graph, in) -> graph.apply(adds, in.get("x")));
    try (Evaluator evaluator = problem.open()) {
      double[] gradient = evaluator.gradients(new double[] {1, 1, 1})[0];
      assertTrue(Arrays.stream(gradient).allMatch(Double::isNaN), Arrays.toString(gradient));
    }
  }

  @Test
  void drawsAreTheSameInEveryEvaluationAndInBackward() {
    double[][] drawn = new double[3][];
    int[] calls = {0};
    Watched draws =
        new Watched(
            new AtomicInteger(), pass -> drawn[calls[0]++] = pass.random().doubles(4).toArray(), 1);
    Problem problem =
        problem(Map.of("x", normal("x", 3)), (graph, in) -> graph.apply(draws, in.get("x")));
    try (Evaluator evaluator = problem.open()) {
      evaluator.evaluate();
      evaluator.set(0, 0, 1);
      evaluator.evaluate();
    }
    try (Evaluator another = problem.open()) {
      another.evaluate();
    }
    assertArrayEquals(drawn[0], drawn[1]);
    assertArrayEquals(drawn[0], drawn[2]);
  }

  @Test
  void neitherInputsNorParametersAreEverWrittenTo() {
    Tensor x = normal("x", 4, 3);
    Parameter weight = Parameter.of(normal("w", 3, 2));
    Parameter bias = Parameter.frozen(normal("b", 2));
    Parameters parameters = new Parameters(Map.of("weight", weight, "bias", bias));
    List<Tensor> live = List.of(x, weight.value(), bias.value());
    List<Tensor> before = live.stream().map(Tensor::copy).toList();
    Watched breaks =
        new Watched(
            new AtomicInteger(),
            pass -> {
              for (int i = 0; i < live.size(); i++) {
                assertTrue(before.get(i).sameBits(live.get(i)));
              }
            },
            1);
    Problem problem =
        new Problem(
            "affine",
            Key.of(3),
            Map.of("x", x),
            parameters,
            (graph, in) -> {
              Node h = graph.apply(new MatMul(), in.get("x"), graph.parameter(weight));
              return graph.apply(breaks, graph.apply(new AddRowVector(), h, graph.parameter(bias)));
            });
    assertEquals(List.of("x", "weight"), problem.variables().stream().map(Variable::path).toList());
    try (Evaluator evaluator = problem.open()) {
      evaluator.evaluate();
      evaluator.set(0, 0, 9);
      evaluator.set(1, 0, 9);
      evaluator.evaluate();
      evaluator.gradients(new double[8]);
    }
    assertTrue(breaks.forwards().get() >= 4);
    for (int i = 0; i < live.size(); i++) {
      assertTrue(before.get(i).sameBits(live.get(i)));
    }
  }

  @Test
  void afterAnExceptionTheModelIsUntouchedAndTheEvaluatorGoesOn() {
    Tensor x = normal("x", 3);
    Tensor before = x.copy();
    boolean[] broken = {false};
    Watched throwing =
        new Watched(
            new AtomicInteger(),
            pass -> {
              if (broken[0]) {
                throw new IllegalStateException("broken");
              }
            },
            1);
    Problem problem = problem(Map.of("x", x), (graph, in) -> graph.apply(throwing, in.get("x")));
    try (Evaluator evaluator = problem.open()) {
      double[] y = evaluator.evaluate();
      broken[0] = true;
      evaluator.set(0, 1, 8);
      assertThrows(IllegalStateException.class, evaluator::evaluate);
      assertThrows(IllegalStateException.class, () -> evaluator.gradients(new double[3]));
      assertTrue(before.sameBits(x));
      broken[0] = false;
      evaluator.reset();
      assertArrayEquals(y, evaluator.evaluate());
    }
  }

  @Test
  void aFunctionThatThrowsWhileItIsRecordedIsToldToTheCaller() {
    Problem problem =
        problem(
            Map.of("x", normal("x", 3)),
            (graph, in) -> {
              throw new IllegalStateException("cannot record");
            });
    assertThrows(IllegalStateException.class, problem::open);
  }

  @Test
  void whatTheOutputDoesNotDependOnIsNamed() {
    Problem problem =
        problem(
            two(normal("a", 2), normal("b", 2)),
            (graph, in) -> graph.apply(Watched.counting(), in.get("a")));
    try (Evaluator evaluator = problem.open()) {
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class, () -> evaluator.gradients(new double[] {1, 1}));
      assertEquals(
          "f: the output does not depend on b, so there is nothing to check.", error.getMessage());
    }
  }

  @Test
  void aLineKnowsWhereItReallyEvaluates() {
    Problem problem =
        problem(
            Map.of("x", DoubleTensor.vector(1.0 / 3, 5)),
            (graph, in) -> graph.apply(Watched.counting(), in.get("x")));
    try (Evaluator evaluator = problem.open()) {
      CoordinateLine line = CoordinateLine.of(evaluator, 0, 0);
      double[] y = new double[2];
      double realised = line.at(0.1, y);
      assertEquals(1.0 / 3 + 0.1, y[0]);
      assertEquals(y[0] - 1.0 / 3, realised);
      assertFalse(realised == 0.1);
      line.restore();
      assertArrayEquals(new double[] {1.0 / 3, 5}, evaluator.evaluate());
    }
  }

  @Test
  void aDirectionMovesWhatItNamesAndComesBack() {
    Problem problem =
        problem(
            two(normal("a", 2, 3), normal("b", 3, 2)),
            (graph, in) -> graph.apply(new MatMul(), in.get("a"), in.get("b")));
    try (Evaluator evaluator = problem.open()) {
      double[] y = evaluator.evaluate();
      double[][] direction = {{1, 0, 0, 0, 0, 0}, {}};
      DirectionLine line =
          new DirectionLine(
              evaluator, problem.point(), direction, evaluator.gradients(new double[4]));
      double[] moved = new double[4];
      assertEquals(0.5, line.at(0.5, moved));
      double[][] b = {problem.point()[1]};
      assertEquals(y[0] + 0.5 * b[0][0], moved[0], 1e-15);
      assertEquals(y[2], moved[2]);
      line.restore();
      assertArrayEquals(y, evaluator.evaluate());
    }
  }
}
