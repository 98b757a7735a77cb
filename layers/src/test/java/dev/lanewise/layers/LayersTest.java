package dev.lanewise.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.FloatTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LayersTest {
  private final Workspace workspace = Workspace.of(1);

  @AfterEach
  void close() {
    workspace.close();
  }

  private double[] output(Layer layer, Tensor x) {
    try (Graph graph = workspace.inference()) {
      return layer.apply(graph.batch(x)).value().toDoubles();
    }
  }

  private static Linear byHand() {
    return new Linear(
        Parameter.of(DoubleTensor.matrix(new double[] {1, 2, 3}, new double[] {4, 5, 6})),
        Optional.of(Parameter.of(DoubleTensor.vector(10, 20, 30))));
  }

  // By hand: (1,−1)·W = (−3,−3,−3); (0,2)·W = (8,10,12).
  @Test
  void linearIsTheProductPlusTheBias() {
    Tensor x = DoubleTensor.matrix(new double[] {1, -1}, new double[] {0, 2});
    assertArrayEquals(new double[] {7, 17, 27, 18, 30, 42}, output(byHand(), x));
    Linear withoutBias = new Linear(byHand().weight(), Optional.empty());
    assertArrayEquals(new double[] {-3, -3, -3, 8, 10, 12}, output(withoutBias, x));
  }

  @Test
  void linearAcceptsNoExamplesAtAll() {
    assertEquals(0, output(byHand(), Tensor.zeros(DType.FLOAT64, Shape.of(0, 2))).length);
  }

  @Test
  void linearStartsFromItsInitialiserAndABiasOfZeros() {
    Linear layer = Linear.of(3, 2, Initialisers.constant(0.5), Key.of(1));
    assertEquals(
        List.of("weight", "bias"), List.copyOf(Parameters.of(layer).byPath().keySet()), "paths");
    assertTrue(
        layer
            .weight()
            .value()
            .sameBits(
                FloatTensor.matrix(
                    new float[] {0.5f, 0.5f}, new float[] {0.5f, 0.5f}, new float[] {0.5f, 0.5f})));
    assertTrue(layer.bias().orElseThrow().value().sameBits(FloatTensor.vector(0, 0)));
    assertTrue(Linear.withoutBias(3, 2, Initialisers.zeros(), Key.of(1)).bias().isEmpty());
  }

  @Test
  void linearRefusesShapesByName() {
    ShapeException wrongInput =
        assertThrows(
            ShapeException.class,
            () -> output(byHand(), Tensor.zeros(DType.FLOAT64, Shape.of(4, 3))));
    assertEquals(
        "Linear: axis 1 of the input [4,3] must equal axis 0 of the weight [2,3], but 3 is not 2.",
        wrongInput.getMessage());
    assertThrows(
        ShapeException.class, () -> output(byHand(), Tensor.zeros(DType.FLOAT64, Shape.of(2))));
    Parameter weight = byHand().weight();
    assertThrows(
        ShapeException.class,
        () -> new Linear(weight, Optional.of(Parameter.of(DoubleTensor.vector(1, 2)))));
    assertThrows(
        ShapeException.class,
        () -> new Linear(Parameter.of(DoubleTensor.vector(1)), Optional.empty()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Linear(weight, Optional.of(Parameter.of(FloatTensor.vector(1, 2, 3)))));
  }

  @Test
  void aFloat32LayerRefusesFloat64DataUntilConverted() {
    Linear layer = Linear.of(2, 2, Initialisers.constant(1), Key.of(1));
    Tensor x = DoubleTensor.matrix(new double[] {1, 2});
    assertThrows(IllegalArgumentException.class, () -> output(layer, x));
    assertArrayEquals(new double[] {3, 3}, output(Parameters.convert(layer, DType.FLOAT64), x));
  }

  @Test
  void sequentialAppliesInOrder() {
    Layer scaleThenCut =
        Sequential.of(
            Activations.of("minus", x -> -x, x -> -1), Activations.relu(), Activations.identity());
    assertArrayEquals(new double[] {0, 2}, output(scaleThenCut, DoubleTensor.vector(1, -2)));
    assertArrayEquals(new double[] {1, -2}, output(Sequential.of(), DoubleTensor.vector(1, -2)));
  }

  @Test
  void sequentialKeepsItsLayersWhateverHappensToTheList() {
    List<Layer> layers = new ArrayList<>(List.of(Activations.relu()));
    Sequential model = new Sequential(layers);
    layers.clear();
    assertEquals(1, model.layers().size());
  }

  @Test
  void residualAddsWhatIsInside() {
    Layer layer = new Residual(Activations.relu());
    assertArrayEquals(new double[] {2, -2}, output(layer, DoubleTensor.vector(1, -2)));
    ShapeException refused =
        assertThrows(
            ShapeException.class,
            () -> output(new Residual(byHand()), Tensor.zeros(DType.FLOAT64, Shape.of(4, 2))));
    assertTrue(refused.getMessage().startsWith("Residual"), refused.getMessage());
  }

  // Values at −1 and 2 from Python's decimal with 40 digits.
  @Test
  void activationsAreWhatTheirNamesSay() {
    assertActivation("identity", -1, 2);
    assertActivation("relu", 0, 2);
    assertActivation("softplus", 0.3132616875182228, 2.1269280110429727);
    assertActivation("hard_threshold", 0, 1);
    assertActivation("logistic", 0.2689414213699951, 0.8807970779778824);
    assertActivation("tanh", -0.7615941559557649, 0.9640275800758169);
    Tensor row = DoubleTensor.matrix(new double[] {-1, 2});
    double[] softmax = {0.04742587317756678, 0.9525741268224333};
    assertArrayEquals(softmax, output(Activations.byName("softmax"), row), 1e-15);
    assertArrayEquals(
        new double[] {-3.048587351573742, -0.04858735157374206},
        output(Activations.byName("log_softmax"), row),
        1e-15);
  }

  private void assertActivation(String name, double... expected) {
    Activation activation = Activations.byName(name);
    assertEquals(name, activation.name());
    assertArrayEquals(expected, output(activation, DoubleTensor.vector(-1, 2)), 1e-15, name);
  }

  @Test
  void anUnknownActivationIsAnsweredWithTheKnownOnes() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Activations.byName("rleu")).getMessage();
    assertEquals(
        "There is no activation 'rleu': expected one of identity, relu, softplus, hard_threshold,"
            + " logistic, tanh, softmax, log_softmax.",
        message);
  }

  @Test
  void aNewActivationIsOneLineAndEqualByNameAndFunctions() {
    DoubleUnaryOperator square = x -> x * x;
    DoubleUnaryOperator twice = x -> 2 * x;
    Activation activation = Activations.of("square", square, twice);
    assertEquals(activation, Activations.of("square", square, twice));
    assertNotEquals(activation, Activations.of("cube", square, twice));
    assertNotEquals(activation, Activations.of("square", twice, twice));
    try (Graph graph = workspace.training(Key.of(1))) {
      Node x = graph.variable(DoubleTensor.vector(3, -5));
      Node y = activation.apply(x);
      assertArrayEquals(new double[] {9, 25}, y.value().toDoubles());
      Tensor upstream = DoubleTensor.vector(1, 10);
      assertArrayEquals(
          new double[] {6, -100}, graph.backward(y, upstream).of(x).toDoubles(), "2x·dy");
    }
  }
}
