package dev.lanewise.layers.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Gradients;
import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LossTest {
  private final Workspace workspace = Workspace.of(1);

  @AfterEach
  void close() {
    workspace.close();
  }

  private record Result(double loss, double[] gradient) {}

  private Result compute(Loss loss, Tensor prediction, Tensor target) {
    try (Graph graph = workspace.training(Key.of(1))) {
      Node y = graph.variable(prediction);
      Node value = loss.of(y, graph.constant(target));
      Gradients gradients = graph.backward(value);
      return new Result(value.value().item(), gradients.of(y).toDoubles());
    }
  }

  private String refusal(Loss loss, Shape prediction, Shape target) {
    Tensor y = Tensor.zeros(DType.FLOAT64, prediction);
    Tensor t = Tensor.zeros(DType.FLOAT64, target);
    return assertThrows(ShapeException.class, () -> compute(loss, y, t)).getMessage();
  }

  // By hand: differences (1,−2), (3,0): ½·5 and ½·9, mean 3.5.
  @Test
  void squaredErrorIsHalfTheSquaredDistanceAndTheMeanOverExamples() {
    Tensor y = DoubleTensor.matrix(new double[] {1, 0}, new double[] {5, 7});
    Tensor t = DoubleTensor.matrix(new double[] {0, 2}, new double[] {2, 7});
    Result result = compute(new SquaredError(), y, t);
    assertEquals(3.5, result.loss());
    assertArrayEquals(new double[] {0.5, -1, 1.5, 0}, result.gradient());
  }

  // By hand: (1 + 4 + 9 + 0)/4.
  @Test
  void meanSquaredErrorIsTheMeanOverElements() {
    Tensor y = DoubleTensor.matrix(new double[] {1, 0}, new double[] {5, 7});
    Tensor t = DoubleTensor.matrix(new double[] {0, 2}, new double[] {2, 7});
    Result result = compute(new MeanSquaredError(), y, t);
    assertEquals(3.5, result.loss());
    assertArrayEquals(new double[] {0.5, -1, 1.5, 0}, result.gradient());
    Result vector =
        compute(new MeanSquaredError(), DoubleTensor.vector(3, 1), DoubleTensor.vector(1, 1));
    assertEquals(2, vector.loss());
    assertArrayEquals(new double[] {2, 0}, vector.gradient());
  }

  // At t = 1: log(1 + e^−z), slope −1/(1 + e^z); at t = 0: log(1 + e^z), slope 1/(1 + e^−z). Both
  // by Python's decimal with 50 digits; at ±1000 they are 1000 and e^−1000, which is 0 in double.
  @Test
  void binaryCrossEntropyIsExactFarOut() {
    double[] z = {1000, 1000, -1000, -1000, 40, -40};
    double[] t = {1, 0, 1, 0, 1, 0};
    Result result =
        compute(new BinaryCrossEntropyWithLogits(), DoubleTensor.vector(z), DoubleTensor.vector(t));
    double tiny = 4.248354255291589e-18;
    assertEquals((2000 + 2 * tiny) / 6, result.loss(), 1e-13);
    double[] slopes = {0, 1, -1, 0, -tiny, tiny};
    for (int i = 0; i < z.length; i++) {
      assertEquals(slopes[i] / 6, result.gradient()[i], Math.abs(slopes[i]) * 1e-15, "entry " + i);
    }
  }

  @Test
  void shapesAreStrict() {
    assertTrue(
        refusal(new SquaredError(), Shape.of(3), Shape.of(3, 1)).contains("[3,1]"),
        "names the shape");
    for (Loss loss :
        new Loss[] {
          new SquaredError(), new MeanSquaredError(), new BinaryCrossEntropyWithLogits()
        }) {
      String name = loss.getClass().getSimpleName();
      assertTrue(refusal(loss, Shape.of(3), Shape.of(3, 1)).startsWith(name), name);
      assertTrue(refusal(loss, Shape.of(3, 1), Shape.of(3)).startsWith(name), name);
      assertTrue(refusal(loss, Shape.of(0, 2), Shape.of(0, 2)).startsWith(name), name);
      assertTrue(refusal(loss, Shape.SCALAR, Shape.SCALAR).startsWith(name), name);
    }
    Loss softmax = new SoftmaxCrossEntropy();
    assertTrue(refusal(softmax, Shape.of(3, 2), Shape.of(3, 1)).startsWith("SoftmaxCrossEntropy"));
    assertTrue(refusal(softmax, Shape.of(3, 2), Shape.of(2)).startsWith("SoftmaxCrossEntropy"));
    assertTrue(refusal(softmax, Shape.of(3), Shape.of(3)).startsWith("SoftmaxCrossEntropy"));
    assertTrue(refusal(softmax, Shape.of(0, 2), Shape.of(0)).startsWith("SoftmaxCrossEntropy"));
  }

  // Python's decimal with 60 digits: p = e^z/Σe^z, loss −ln p_t, gradient (p − onehot)/3.
  @Test
  void softmaxCrossEntropyWithLabelsKeepsItsDigitsWhenCertain() {
    Tensor z =
        DoubleTensor.matrix(
            new double[] {1.5, -0.5, 0.25}, new double[] {-2, 3, 1}, new double[] {40, 0, -3});
    Result all = compute(new SoftmaxCrossEntropy(), z, DoubleTensor.vector(0, 2, 0));
    assertEquals((0.3519518638028017 + 2.1328452337275756) / 3, all.loss(), 1e-15);
    double[] expected = {
      -0.09889534132607533,
      0.031727732049725,
      0.06716760927635032,
      0.0019665834673009267,
      0.2918668650210292,
      -0.29383344848833015,
      -1.486622453016899e-18,
      1.4161180850971963e-18,
      7.050436791970269e-20
    };
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], all.gradient()[i], 1e-14 * Math.abs(expected[i]), "entry " + i);
    }
    Result certain = compute(new SoftmaxCrossEntropy(), z.rows(2, 3), DoubleTensor.vector(0));
    assertEquals(4.459867359050697e-18, certain.loss(), 1e-31);
  }

  // Python's decimal with 60 digits, loss −Σ t·ln p, gradient (p − t)/3.
  @Test
  void softmaxCrossEntropyTakesDistributions() {
    Tensor z =
        DoubleTensor.matrix(
            new double[] {1.5, -0.5, 0.25}, new double[] {-2, 3, 1}, new double[] {40, 0, -3});
    Tensor t =
        DoubleTensor.matrix(
            new double[] {0.2, 0.3, 0.5}, new double[] {0, 1, 0}, new double[] {0.25, 0.25, 0.5});
    Result result = compute(new SoftmaxCrossEntropy(), z, t);
    assertEquals(11.069932365843458, result.loss(), 1e-14);
    double[] expected = {
      0.16777132534059133,
      -0.068272267950275,
      -0.09949905739031634,
      0.0019665834673009267,
      -0.04146646831230412,
      0.03949988484500319,
      0.25,
      -0.08333333333333333,
      -0.16666666666666666
    };
    assertArrayEquals(expected, result.gradient(), 1e-15);
  }

  @Test
  void softmaxCrossEntropyIsFiniteAndExactFarOut() {
    Tensor z = DoubleTensor.matrix(new double[] {1000, -1000}, new double[] {1000, -1000});
    Result labels = compute(new SoftmaxCrossEntropy(), z, DoubleTensor.vector(0, 1));
    assertEquals(1000, labels.loss());
    assertArrayEquals(new double[] {-0.0, 0, 0.5, -0.5}, labels.gradient());
    Tensor oneHot = DoubleTensor.matrix(new double[] {1, 0}, new double[] {0, 1});
    Result dense = compute(new SoftmaxCrossEntropy(), z, oneHot);
    assertEquals(1000, dense.loss());
    assertArrayEquals(new double[] {0, 0, 0.5, -0.5}, dense.gradient());
  }

  // Python's decimal with 60 digits.
  @Test
  void binaryCrossEntropyTakesProbabilities() {
    Tensor z = DoubleTensor.vector(0.3, -1.2, 2.5);
    Tensor t = DoubleTensor.vector(0.7, 0.1, 1);
    Result result = compute(new BinaryCrossEntropyWithLogits(), z, t);
    assertEquals(
        (0.6443552444685271 + 0.3832824673380312 + 0.07888973429254963) / 3, result.loss(), 1e-15);
    assertArrayEquals(
        new double[] {-0.041852494396113674, 0.04382507216699412, -0.025286060007081185},
        result.gradient(),
        1e-16);
    Shape matrix = Shape.of(3, 1);
    assertEquals(
        result.loss(),
        compute(new BinaryCrossEntropyWithLogits(), z.reshape(matrix), t.reshape(matrix)).loss());
  }

  @Test
  void targetsThatAreNoProbabilitiesOrClassesAreRefused() {
    Tensor z = DoubleTensor.matrix(new double[] {0, 0});
    assertRefused(new BinaryCrossEntropyWithLogits(), z, "1.5", 0, 1.5);
    assertRefused(new BinaryCrossEntropyWithLogits(), z, "-0.5", 0, -0.5);
    assertRefused(new BinaryCrossEntropyWithLogits(), z, "NaN", 0, Double.NaN);
    assertRefused(new SoftmaxCrossEntropy(), z, "-0.5", 1.5, -0.5);
    assertRefused(new SoftmaxCrossEntropy(), z, "the sum 0.999", 0.5, 0.499);
    assertRefused(new SoftmaxCrossEntropy(), z, "NaN", 1, Double.NaN);
    for (double label : new double[] {2, -1, 0.5, Double.NaN}) {
      Tensor labels = DoubleTensor.vector(label);
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> compute(new SoftmaxCrossEntropy(), z, labels))
              .getMessage();
      assertTrue(message.contains(Double.toString(label)), message);
    }
  }

  private void assertRefused(Loss loss, Tensor prediction, String found, double... target) {
    Tensor t = DoubleTensor.matrix(target);
    String message =
        assertThrows(IllegalArgumentException.class, () -> compute(loss, prediction, t))
            .getMessage();
    assertTrue(message.startsWith(loss.getClass().getSimpleName()), message);
    assertTrue(message.contains(found), message);
  }

  @Test
  void gradientsByTargetsAreRefused() {
    Tensor z = DoubleTensor.matrix(new double[] {0, 0});
    Tensor t = DoubleTensor.matrix(new double[] {0, 1});
    for (Loss loss :
        new Loss[] {
          new SquaredError(),
          new MeanSquaredError(),
          new BinaryCrossEntropyWithLogits(),
          new SoftmaxCrossEntropy()
        }) {
      try (Graph graph = workspace.training(Key.of(1))) {
        Node value = loss.of(graph.constant(z), graph.variable(t));
        String message =
            assertThrows(IllegalArgumentException.class, () -> graph.backward(value)).getMessage();
        assertTrue(message.contains("target"), message);
      }
    }
  }
}
