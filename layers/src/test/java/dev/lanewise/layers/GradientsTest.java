package dev.lanewise.layers;

import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.op.Add;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.CheckInputs;
import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.layers.loss.BinaryCrossEntropyWithLogits;
import dev.lanewise.layers.loss.MeanSquaredError;
import dev.lanewise.layers.loss.SoftmaxCrossEntropy;
import dev.lanewise.layers.loss.SquaredError;
import org.junit.jupiter.api.Test;

/// Every layer and every loss against central differences, in one piece and in shards.
class GradientsTest {
  private static Linear linear(int in, int out, long seed) {
    Key key = Key.of(seed);
    Linear drawn = Linear.of(in, out, Initialisers.glorotNormal(1), key.with("weight"));
    Initialisers.normal(0, 1).fill(drawn.bias().orElseThrow().value(), key.with("bias"));
    return Parameters.convert(drawn, DType.FLOAT64);
  }

  private static Tensor input(int... dims) {
    return CheckInputs.normal(Shape.of(dims), Key.of(1).with("input"));
  }

  private static void check(String name, Layer layer) {
    GradientChecker.seeded(1).checkLayer(name, layer, input(7, 5)).requirePass();
  }

  private static void check(String name, Loss loss, Tensor prediction, Tensor target) {
    GradientChecker checker = GradientChecker.seeded(1);
    checker.checkLoss(name, loss, prediction, target).requirePass();
    checker.checkLoss(name + " twice", new Twice(loss), prediction, target).requirePass();
  }

  /// A loss whose prediction is used twice, so that its op must add to a gradient as well.
  private record Twice(Loss loss) implements Loss {
    @Override
    public Node of(Node prediction, Node target) {
      Graph graph = prediction.graph();
      return graph.apply(new Add(), loss.of(prediction, target), loss.of(prediction, target));
    }
  }

  private static Tensor targets(int... dims) {
    return CheckInputs.normal(Shape.of(dims), Key.of(2).with("target"));
  }

  @Test
  void linear() {
    check("Linear", linear(5, 3, 1));
    Linear drawn = Linear.withoutBias(5, 3, Initialisers.lecunNormal(), Key.of(1));
    check("Linear without bias", Parameters.convert(drawn, DType.FLOAT64));
  }

  @Test
  void activations() {
    for (Activation activation : Activations.all()) {
      check(activation.name(), activation);
    }
    Activation cube = Activations.of("cube", x -> x * x * x, x -> 3 * x * x);
    check("cube", cube);
    check("cube added to its input", new Residual(cube));
  }

  @Test
  void compositions() {
    check(
        "Sequential",
        Sequential.of(
            linear(5, 4, 1), Activations.tanh(), linear(4, 3, 2), Activations.softplus()));
    check("Residual", new Residual(Sequential.of(linear(5, 5, 3), Activations.logistic())));
    Linear tied = linear(5, 5, 4);
    check("Sequential with a tied layer", Sequential.of(tied, Activations.tanh(), tied));
  }

  @Test
  void squaredErrors() {
    for (int[] dims : new int[][] {{7}, {7, 3}, {5, 2, 3}}) {
      check("SquaredError", new SquaredError(), input(dims), targets(dims));
      check("MeanSquaredError", new MeanSquaredError(), input(dims), targets(dims));
    }
  }

  @Test
  void binaryCrossEntropy() {
    Loss loss = new BinaryCrossEntropyWithLogits();
    check("vector", loss, input(5), DoubleTensor.vector(0, 1, 0.3, 1, 0));
    double[] elements = {0, 1, 0.2, 0.9, 1, 0};
    check("matrix", loss, input(3, 2), Tensor.of(DType.FLOAT64, Shape.of(3, 2), elements));
  }

  @Test
  void softmaxCrossEntropy() {
    Loss loss = new SoftmaxCrossEntropy();
    check("labels", loss, input(5, 3), DoubleTensor.vector(0, 2, 1, 1, 0));
    Tensor distributions =
        DoubleTensor.matrix(
            new double[] {0.2, 0.3, 0.5},
            new double[] {0, 1, 0},
            new double[] {0.25, 0.25, 0.5},
            new double[] {1, 0, 0},
            // Not quite a distribution: the derivative knows the sum.
            new double[] {0.33335, 0.33332, 0.3333});
    check("distributions", loss, input(5, 3), distributions);
  }

  @Test
  void softmaxCrossEntropyOfACertainClass() {
    Tensor z = input(5, 3);
    for (int row = 0; row < 5; row++) {
      z.set(z.get(row, 1) + 12, row, 1);
    }
    check("certain", new SoftmaxCrossEntropy(), z, DoubleTensor.vector(1, 1, 1, 1, 1));
  }
}
