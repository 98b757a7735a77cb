package dev.lanewise.layers;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.gradcheck.contract.LayerContract;

class LinearContractTest implements LayerContract {
  @Override
  public Layer layer(Shape input) {
    return Linear.of(input.dim(1), 4, Initialisers.glorotNormal(1), Key.of(1));
  }
}
