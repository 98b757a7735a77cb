package dev.lanewise.layers;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.gradcheck.contract.LayerContract;

class TiedLayersContractTest implements LayerContract {
  @Override
  public Layer layer(Shape input) {
    int width = input.dim(1);
    Linear tied = Linear.of(width, width, Initialisers.glorotNormal(1), Key.of(3));
    return Sequential.of(tied, Activations.tanh(), tied);
  }
}
