package dev.lanewise.layers;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.gradcheck.contract.LayerContract;

class ResidualContractTest implements LayerContract {
  @Override
  public Layer layer(Shape input) {
    int width = input.dim(1);
    Linear inner = Linear.of(width, width, Initialisers.glorotNormal(1), Key.of(1));
    return new Residual(Sequential.of(inner, Activations.logistic()));
  }
}
