package dev.lanewise.gradcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import dev.lanewise.core.op.Scale;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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
      Node y = g.apply(new Tanh(), g.apply(new AddRowVector(), h, g.parameter(bias)));
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

  private static List<String> paths(GradientReport report) {
    return report.runs().getFirst().tensors().stream().map(each -> each.variable().path()).toList();
  }

  @Test
  void aLayerIsCheckedByItsInputAndItsTrainedParametersInAllRegimesAndInShards() {
    GradientReport report = CHECKER.checkLayer("Affine", Affine.random(), normal("x", 4, 5));
    report.requirePass();
    assertEquals(List.of("x", "weight", "bias"), paths(report));
    int runs = Regime.values().length * Upstream.values().length + 1;
    assertEquals(runs, report.runs().size());
    assertEquals(runs * (20 + 15 + 3), report.coordinates());
    assertEquals("in shards", report.runs().getLast().variant());
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
    assertEquals(List.of("prediction"), paths(report));
  }

  @Test
  void aLossThatIgnoresTheUpstreamIsCaught() {
    WrongOp.Backward ones = call -> call.give(0, call.gradient(0, Tensor.scalar(DType.FLOAT64, 1)));
    Loss loss =
        (prediction, target) -> {
          Graph g = prediction.graph();
          Node product = g.apply(new Multiply(), prediction, target);
          return g.apply(new WrongOp("upstream ignored", Sum.plain(), ones), product);
        };
    GradientReport report =
        CHECKER.withoutLaws().checkLoss("loss", loss, normal("p", 3, 2), normal("t", 3, 2));
    assertEquals(Verdict.FAIL, report.verdict(), report::toString);
    assertEquals(0, report.count(Verdict.PASS), report::toString);
  }

  @Test
  void sharedNodesPass() {
    CHECKER
        .check(
            "shared",
            Map.of("x", normal("x", 3, 3)),
            NONE,
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
    assertEquals(List.of("x", "first"), paths(report));
  }

  @Test
  void theSameSeedGivesTheSameReportWithAnyNumberOfThreadsAndAnotherSeedAnother() {
    Affine affine = Affine.random();
    Tensor x = normal("x", 4, 5);
    List<RunReport> first = CHECKER.threads(1).checkLayer("Affine", affine, x).runs();
    assertEquals(first, CHECKER.threads(1).checkLayer("Affine", affine, x).runs());
    assertEquals(first, CHECKER.threads(3).checkLayer("Affine", affine, x).runs());
    assertNotEquals(first, GradientChecker.seeded(2).checkLayer("Affine", affine, x).runs());
  }

  @Test
  void inputsAndParametersAreNeverTouched() {
    Affine affine = Affine.random();
    affine.weight().value().setFlat(0, -0.0);
    affine.weight().value().setFlat(1, 0.1 + 0.2);
    Tensor x = normal("x", 4, 5);
    List<Tensor> before = tensors(affine, x).map(Tensor::copy).toList();
    CHECKER.checkLayer("Affine", affine, x);
    assertSameBits(before, affine, x);
  }

  @Test
  void inputsAndParametersAreUntouchedIfTheFunctionThrowsInTheMiddle() {
    Affine affine = Affine.random();
    Tensor x = normal("x", 4, 5);
    List<Tensor> before = tensors(affine, x).map(Tensor::copy).toList();
    AtomicInteger recordings = new AtomicInteger();
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                CHECKER
                    .withoutLaws()
                    .threads(1)
                    .check(
                        "failing",
                        Map.of("x", x),
                        Parameters.of(affine),
                        (g, in) -> {
                          if (recordings.incrementAndGet() == 40) {
                            throw new IllegalStateException("broken");
                          }
                          return affine.apply(in.get("x"));
                        }));
    assertEquals("broken", thrown.getMessage());
    assertSameBits(before, affine, x);
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
  void whatTheOutputDoesNotDependOnIsRefusedByName() {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    inputs.put("used", normal("used", 2));
    inputs.put("unused", normal("unused", 2));
    assertTrue(refusal(inputs, NONE).contains("does not depend on unused"), refusal(inputs, NONE));
    Parameters forgotten = new Parameters(Map.of("bias", Parameter.of(normal("bias", 2))));
    Map<String, Tensor> used = Map.of("used", normal("used", 2));
    assertTrue(
        refusal(used, forgotten).contains("does not depend on bias"), refusal(used, forgotten));
  }

  @Test
  void anInputAndAParameterOfTheSameNameAreRefused() {
    Parameters parameters = new Parameters(Map.of("used", Parameter.of(normal("p", 2))));
    assertEquals(
        "f: 'used' names both an input and a parameter.",
        refusal(Map.of("used", normal("used", 2)), parameters));
  }

  @Test
  void float32IsRefused() {
    Tensor single = normal("used", 2).to(DType.FLOAT32);
    assertTrue(
        refusal(Map.of("used", single), NONE).startsWith("f: the input used is float32, but"));
    Affine affine = Parameters.convert(Affine.random(), DType.FLOAT32);
    IllegalArgumentException parameter =
        assertThrows(
            IllegalArgumentException.class,
            () -> CHECKER.checkLayer("Affine", affine, normal("x", 4, 5)));
    assertTrue(
        parameter.getMessage().startsWith("Affine: the parameter weight is float32, but"),
        parameter::getMessage);
  }

  private static String refusal(Map<String, Tensor> inputs, Parameters parameters) {
    return assertThrows(
            IllegalArgumentException.class,
            () ->
                CHECKER.check(
                    "f", inputs, parameters, (g, in) -> g.apply(new Tanh(), in.get("used"))))
        .getMessage();
  }

  @Test
  void aCheckWithoutARegimeOrAnUpstreamIsRefused() {
    Regime[] noRegimes = {};
    Upstream[] noUpstreams = {};
    assertThrows(IllegalArgumentException.class, () -> CHECKER.regimes(noRegimes));
    assertThrows(IllegalArgumentException.class, () -> CHECKER.upstreams(noUpstreams));
  }
}
