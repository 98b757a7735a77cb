package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Op;
import dev.lanewise.core.op.Scale;
import dev.lanewise.core.tensor.Shape;
import java.util.List;
import net.jqwik.api.Arbitrary;

class ScaleContractTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Scale(-1.75);
  }

  @Override
  public Arbitrary<List<Shape>> shapes() {
    return Shapes.alike(1);
  }
}
