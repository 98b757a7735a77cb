package dev.lanewise.layers.loss;

import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.CheckInputs;
import dev.lanewise.gradcheck.contract.LossContract;

class MeanSquaredErrorContractTest implements LossContract {
  @Override
  public Loss loss() {
    return new MeanSquaredError();
  }

  @Override
  public Tensor target(Shape prediction, Key key) {
    return CheckInputs.normal(prediction, key);
  }
}
