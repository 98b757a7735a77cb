package dev.lanewise.layers;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.gradcheck.contract.LayerContract;

class SequentialContractTest implements LayerContract {
  @Override
  public Layer layer(Shape input) {
    Linear first = Linear.of(input.dim(1), 4, Initialisers.glorotNormal(1), Key.of(1));
    Linear second = Linear.of(4, 3, Initialisers.glorotNormal(1), Key.of(2));
    return Sequential.of(first, Activations.tanh(), second, Activations.softplus());
  }
}
