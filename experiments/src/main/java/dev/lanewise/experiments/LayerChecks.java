package dev.lanewise.experiments;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.gradcheck.CheckInputs;
import dev.lanewise.gradcheck.GradientCase;
import dev.lanewise.layers.Activation;
import dev.lanewise.layers.Activations;
import dev.lanewise.layers.Dropout;
import dev.lanewise.layers.Initialisers;
import dev.lanewise.layers.Linear;
import dev.lanewise.layers.Residual;
import dev.lanewise.layers.Sequential;
import dev.lanewise.layers.loss.BinaryCrossEntropyWithLogits;
import dev.lanewise.layers.loss.MeanSquaredError;
import dev.lanewise.layers.loss.SoftmaxCrossEntropy;
import dev.lanewise.layers.loss.SquaredError;
import java.util.ArrayList;
import java.util.List;

/// The gradient checks of all built-in layers and losses.
final class LayerChecks {
  private static final Key KEY = Key.of(1).with("layer checks");
  private static final int ROWS = 5;
  private static final int COLUMNS = 3;

  private LayerChecks() {}

  static List<GradientCase> all() {
    List<GradientCase> cases = new ArrayList<>();
    cases.add(layer("Linear", linear(2)));
    cases.add(
        layer(
            "Linear without bias", Linear.withoutBias(COLUMNS, 2, Initialisers.heNormal(0), KEY)));
    for (Activation activation : Activations.all()) {
      String name = "Activation " + activation.name();
      cases.add(
          activation.equals(Activations.hardThreshold())
              ? GradientCase.flatLayer(name, activation, input())
              : layer(name, activation));
    }
    Layer hidden = Sequential.of(linear(4), Activations.tanh(), linear(4, COLUMNS));
    cases.add(layer("Sequential", hidden));
    cases.add(layer("Residual", new Residual(hidden)));
    cases.add(layer("Dropout", new Dropout(0.3)));

    Tensor prediction = CheckInputs.normal(Shape.of(ROWS, COLUMNS), KEY.with("prediction"));
    Tensor numbers = CheckInputs.normal(Shape.of(ROWS, COLUMNS), KEY.with("target"));
    Tensor classes = DoubleTensor.vector(0, 2, 1, 1, 0);
    Tensor distributions = Tensor.zeros(DType.FLOAT64, numbers.shape());
    TensorMath.softmaxRows(numbers, distributions);
    cases.add(GradientCase.loss("SquaredError", new SquaredError(), prediction, numbers));
    cases.add(GradientCase.loss("MeanSquaredError", new MeanSquaredError(), prediction, numbers));
    cases.add(
        GradientCase.loss(
            "BinaryCrossEntropyWithLogits",
            new BinaryCrossEntropyWithLogits(),
            prediction,
            distributions));
    cases.add(
        GradientCase.loss(
            "SoftmaxCrossEntropy of classes", new SoftmaxCrossEntropy(), prediction, classes));
    cases.add(
        GradientCase.loss(
            "SoftmaxCrossEntropy of distributions",
            new SoftmaxCrossEntropy(),
            prediction,
            distributions));
    return cases;
  }

  private static Linear linear(int units) {
    return linear(COLUMNS, units);
  }

  private static Linear linear(int in, int out) {
    return Linear.of(in, out, Initialisers.glorotUniform(1), KEY.with(in).with(out));
  }

  private static GradientCase layer(String name, Layer layer) {
    return GradientCase.layer(name, Parameters.convert(layer, DType.FLOAT64), input());
  }

  private static Tensor input() {
    return CheckInputs.normal(Shape.of(ROWS, COLUMNS), KEY.with("x"));
  }
}
