package dev.lanewise.layers;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.gradcheck.contract.LayerContract;
import dev.lanewise.gradcheck.contract.Shapes;
import net.jqwik.api.Arbitrary;

class ActivationOfFunctionsContractTest implements LayerContract {
  private static final Activation CUBE = Activations.of("cube", x -> x * x * x, x -> 3 * x * x);

  @Override
  public Layer layer(Shape input) {
    return CUBE;
  }

  @Override
  public Arbitrary<Shape> inputs() {
    return Shapes.batches();
  }
}
