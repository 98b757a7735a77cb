package dev.lanewise.layers;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.gradcheck.contract.LayerContract;

class SoftmaxContractTest implements LayerContract {
  @Override
  public Layer layer(Shape input) {
    return Activations.softmax();
  }
}
