package dev.lanewise.layers.loss;

import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.contract.LossContract;
import dev.lanewise.gradcheck.contract.Tensors;

class BinaryCrossEntropyWithLogitsContractTest implements LossContract {
  @Override
  public Loss loss() {
    return new BinaryCrossEntropyWithLogits();
  }

  @Override
  public Tensor target(Shape prediction, Key key) {
    return Tensors.probabilities(prediction, key);
  }
}
