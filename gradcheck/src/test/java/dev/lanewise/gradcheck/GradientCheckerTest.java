package dev.lanewise.gradcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.op.Add;
import dev.lanewise.core.op.AddRowVector;
import dev.lanewise.core.op.LogSoftmax;
import dev.lanewise.core.op.MatMul;
import dev.lanewise.core.op.Multiply;
import dev.lanewise.core.op.Relu;
import dev.lanewise.core.op.Scale;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GradientCheckerTest {
  private static final GradientChecker CHECKER = GradientChecker.seeded(1);
  private static final Parameters NONE = new Parameters(Map.of());

  /// A layer with a trained weight, a trained bias and a frozen scale.
  private record Affine(Parameter weight, Parameter bias, Parameter scale) implements Layer {
    static Affine random() {
      return new Affine(
          Parameter.of(normal("weight", 5, 3)),
          Parameter.of(normal("bias", 3)),
          Parameter.frozen(normal("scale", 3, 3)));
    }

    @Override
    public Node apply(Node x) {
      Graph g = x.graph();
      Node h = g.apply(new MatMul(), x, g.parameter(weight));
      Node y = g.apply(new AddRowVector(), h, g.parameter(bias));
      return g.apply(new MatMul(), y, g.parameter(scale));
    }
  }

  private record CrossEntropy() implements Loss {
    @Override
    public Node of(Node prediction, Node target) {
      Graph g = prediction.graph();
      Node logs = g.apply(new LogSoftmax(), prediction);
      return g.apply(new Sum(-4), g.apply(new Multiply(), logs, target));
    }
  }

  private static Tensor normal(String purpose, int... dims) {
    return CheckInputs.normal(Shape.of(dims), Key.of(7).with(purpose));
  }

  private static GradientReport checkX(Tensor x, GradientFunction function) {
    return CHECKER.check("function", Map.of("x", x), NONE, function);
  }

  @Test
  void aLayerIsCheckedByItsInputAndItsTrainableParametersWholeAndInShards() {
    GradientReport report = CHECKER.checkLayer("Affine", Affine.random(), normal("x", 4, 5));
    report.requirePass();
    assertEquals(
        List.of("x", "weight", "bias", "x", "weight", "bias"),
        report.tensors().stream().map(TensorReport::path).toList());
    assertEquals(2 * (20 + 15 + 3), report.coordinates());
    assertEquals(
        List.of("Affine", "Affine in shards"),
        report.tensors().stream().map(TensorReport::check).distinct().toList());
    // The upstream's size, two backward passes, and two evaluations for each coordinate.
    assertEquals(2 * (1 + 2 + 2 * 38), report.evaluations());
  }

  @Test
  void aLossIsCheckedByItsPrediction() {
    Tensor target = Tensor.zeros(DType.FLOAT64, Shape.of(4, 3));
    for (int row = 0; row < 4; row++) {
      target.set(1, row, row % 3);
    }
    GradientReport report =
        CHECKER.checkLoss("CrossEntropy", new CrossEntropy(), normal("logits", 4, 3), target);
    report.requirePass();
    assertEquals(24, report.coordinates());
  }

  @Test
  void aLossThatIgnoresTheUpstreamIsCaught() {
    WrongOp.Backward ones =
        call -> {
          Tensor one = Tensor.scalar(DType.FLOAT64, 1);
          call.give(0, call.gradient(0, one));
        };
    Loss loss =
        (prediction, target) -> {
          Graph g = prediction.graph();
          Node product = g.apply(new Multiply(), prediction, target);
          return g.apply(new WrongOp("upstream ignored", Sum.plain(), ones), product);
        };
    GradientReport report = CHECKER.checkLoss("loss", loss, normal("p", 3, 2), normal("t", 3, 2));
    assertEquals(12, report.failures(), report::toString);
  }

  @Test
  void sharedNodesPass() {
    checkX(
            normal("x", 3, 3),
            (g, in) -> {
              Node x = in.get("x");
              Node shared = g.apply(new Tanh(), x);
              Node square = g.apply(new Multiply(), shared, shared);
              Node product = g.apply(new MatMul(), shared, g.apply(new Add(), square, x));
              return g.apply(new Add(), product, g.apply(new Scale(-3), shared));
            })
        .requirePass();
  }

  @Test
  void aTiedParameterIsCheckedOnce() {
    record Tied(Parameter first, Parameter second) implements Layer {
      @Override
      public Node apply(Node x) {
        Graph g = x.graph();
        Node h = g.apply(new Tanh(), g.apply(new MatMul(), x, g.parameter(first)));
        return g.apply(new MatMul(), h, g.parameter(second));
      }
    }
    Parameter weight = Parameter.of(normal("tied", 4, 4));
    GradientReport report = CHECKER.checkLayer("Tied", new Tied(weight, weight), normal("x", 3, 4));
    report.requirePass();
    assertEquals(2 * (12 + 16), report.coordinates());
  }

  @Test
  void eachOutputIsSubtractedFromItselfBeforeTheContraction() {
    // 10¹² beside x² would swallow its change if the outputs were summed first.
    Tensor x = DoubleTensor.vector(0.5, 1e6);
    GradientReport report = checkX(x, (g, in) -> g.apply(new Multiply(), in.get("x"), in.get("x")));
    report.requirePass();
    assertTrue(report.worst().relativeError() < 1e-9, report::toString);
  }

  @Test
  void theStepIsTheCubeRootOfTheSpacingTimesTheSize() {
    for (double x : new double[] {0, 0.3, -3, 1e8}) {
      Coordinate only =
          checkX(DoubleTensor.vector(x), (g, in) -> g.apply(new Scale(2), in.get("x"))).worst();
      double expected = Math.cbrt(Math.ulp(1.0)) * Math.max(Math.abs(x), 1);
      assertEquals(expected, only.step(), 1e-9 * expected);
      assertEquals(x, only.x());
    }
  }

  @Test
  void float32IsRefusedBySentence() {
    Tensor x = normal("x", 3).to(DType.FLOAT32);
    IllegalArgumentException input =
        assertThrows(
            IllegalArgumentException.class,
            () -> checkX(x, (g, in) -> g.apply(new Tanh(), in.get("x"))));
    assertTrue(
        input.getMessage().startsWith("function: the input x is float32, but"), input::getMessage);
    Affine affine = Parameters.convert(Affine.random(), DType.FLOAT32);
    IllegalArgumentException parameter =
        assertThrows(
            IllegalArgumentException.class,
            () -> CHECKER.checkLayer("Affine", affine, normal("x", 4, 5)));
    assertTrue(
        parameter.getMessage().startsWith("Affine: the parameter weight is float32, but"),
        parameter::getMessage);
  }

  @Test
  void valuesAreRestoredBitForBit() {
    Affine affine = Affine.random();
    affine.weight().value().setFlat(0, -0.0);
    affine.weight().value().setFlat(1, 0.1 + 0.2);
    Tensor x = normal("x", 4, 5);
    List<Tensor> before = copies(affine, x);
    CHECKER.checkLayer("Affine", affine, x);
    assertSameBits(before, affine, x);
  }

  @Test
  void valuesAreRestoredBitForBitIfTheFunctionThrows() {
    Affine affine = Affine.random();
    Tensor x = normal("x", 4, 5);
    List<Tensor> before = copies(affine, x);
    int[] calls = {0};
    Layer failing =
        input -> {
          // In the middle of the weight's coordinates, at a point above x and then at one below.
          if (++calls[0] >= 60) {
            throw new ShapeException("broken at call " + calls[0]);
          }
          return affine.apply(input);
        };
    for (int i = 0; i < 2; i++) {
      calls[0] = i;
      ShapeException thrown =
          assertThrows(
              ShapeException.class,
              () ->
                  CHECKER.check(
                      "failing",
                      Map.of("x", x),
                      Parameters.of(affine),
                      (g, in) -> failing.apply(in.get("x"))));
      assertEquals("broken at call 60", thrown.getMessage());
      assertSameBits(before, affine, x);
    }
  }

  private static List<Tensor> copies(Affine affine, Tensor x) {
    return tensors(affine, x).map(Tensor::copy).toList();
  }

  private static void assertSameBits(List<Tensor> before, Affine affine, Tensor x) {
    List<Tensor> after = tensors(affine, x).toList();
    for (int i = 0; i < after.size(); i++) {
      assertTrue(before.get(i).sameBits(after.get(i)), before.get(i) + " became " + after.get(i));
    }
  }

  private static Stream<Tensor> tensors(Affine affine, Tensor x) {
    return Stream.concat(Stream.of(x), Parameters.of(affine).list().stream().map(Parameter::value));
  }

  @Test
  void whatTheOutputDoesNotDependOnIsAnError() {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    inputs.put("used", normal("used", 2));
    inputs.put("unused", normal("unused", 2));
    IllegalArgumentException input =
        assertThrows(
            IllegalArgumentException.class,
            () -> CHECKER.check("f", inputs, NONE, (g, in) -> g.apply(new Tanh(), in.get("used"))));
    assertEquals(
        "f: the output does not depend on the input unused, so there is nothing to check.",
        input.getMessage());
    Parameters forgotten = new Parameters(Map.of("bias", Parameter.of(normal("bias", 2))));
    IllegalArgumentException parameter =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                CHECKER.check(
                    "f",
                    Map.of("x", normal("x", 2)),
                    forgotten,
                    (g, in) -> g.apply(new Tanh(), in.get("x"))));
    assertEquals(
        "f: the output does not depend on the parameter bias, so there is nothing to check.",
        parameter.getMessage());
  }

  @Test
  void anInputAndAParameterOfTheSameNameAreAnError() {
    Parameters parameters = new Parameters(Map.of("x", Parameter.of(normal("p", 2))));
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                CHECKER.check(
                    "f",
                    Map.of("x", normal("x", 2)),
                    parameters,
                    (g, in) -> g.apply(new Tanh(), in.get("x"))));
    assertEquals("f: 'x' names both an input and a parameter.", error.getMessage());
  }

  @Test
  void aCheckOfNothingIsAnErrorAndNotAPass() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> checkX(DoubleTensor.vector(), (g, in) -> g.apply(new Tanh(), in.get("x"))));
    assertTrue(error.getMessage().contains("nothing to check"), error::getMessage);
  }

  @Test
  void anOutputThatIsNotFiniteIsAnErrorThatNamesIt() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                checkX(
                    DoubleTensor.vector(1, Double.NaN),
                    (g, in) -> g.apply(new Tanh(), in.get("x"))));
    assertTrue(
        error.getMessage().startsWith("function: element 1 of the output is NaN"),
        error::getMessage);
  }

  @Test
  void derivativesBelowTheRoundOffAreUndecidedAndAreReportedSo() {
    // tanh'(14) = 2.8e-12, but the values are near 1: their difference over 2h resolves 1e-10.
    GradientReport both =
        checkX(DoubleTensor.vector(0.3, 14), (g, in) -> g.apply(new Tanh(), in.get("x")));
    assertEquals(Verdict.PASS, both.verdict(), both::toString);
    assertEquals(1, both.belowResolution(), both::toString);
    assertEquals(List.of(0), both.worst().index(), both::toString);
    assertTrue(both.toString().contains("1 below the resolution"), both::toString);

    GradientReport alone =
        checkX(DoubleTensor.vector(14), (g, in) -> g.apply(new Tanh(), in.get("x")));
    assertEquals(Verdict.VACUOUS, alone.verdict(), alone::toString);
    assertThrows(AssertionError.class, alone::requirePass);
  }

  @Test
  void aKinkWithinTheStepFails() {
    GradientReport report =
        checkX(DoubleTensor.vector(1e-7), (g, in) -> g.apply(new Relu(), in.get("x")));
    assertEquals(Verdict.FAIL, report.verdict(), report::toString);
  }

  @Test
  void theSameKeyGivesTheSameNumbersAndAnotherKeyOthers() {
    GradientFunction function = (g, in) -> g.apply(new Tanh(), in.get("x"));
    Map<String, Tensor> inputs = Map.of("x", normal("x", 3, 4));
    List<TensorReport> first = CHECKER.check("f", inputs, NONE, function).tensors();
    assertEquals(first, CHECKER.check("f", inputs, NONE, function).tensors());
    assertFalse(
        first.equals(GradientChecker.seeded(2).check("f", inputs, NONE, function).tensors()));
  }
}
