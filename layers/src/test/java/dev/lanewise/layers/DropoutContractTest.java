package dev.lanewise.layers;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.gradcheck.contract.LayerContract;
import dev.lanewise.gradcheck.contract.Shapes;
import net.jqwik.api.Arbitrary;

class DropoutContractTest implements LayerContract {
  @Override
  public Layer layer(Shape input) {
    return new Dropout(0.4);
  }

  @Override
  public Arbitrary<Shape> inputs() {
    return Shapes.batches();
  }
}
