package dev.lanewise.layers.loss;

import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.contract.LossContract;
import dev.lanewise.gradcheck.contract.Shapes;
import dev.lanewise.gradcheck.contract.Tensors;
import net.jqwik.api.Arbitrary;

class SoftmaxCrossEntropyOfLabelsContractTest implements LossContract {
  @Override
  public Loss loss() {
    return new SoftmaxCrossEntropy();
  }

  @Override
  public Arbitrary<Shape> predictions() {
    return Shapes.matrices();
  }

  @Override
  public Tensor target(Shape prediction, Key key) {
    return Tensors.labels(prediction.rows(), prediction.dim(1), key);
  }
}
