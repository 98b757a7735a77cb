package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Op;
import dev.lanewise.core.op.Multiply;
import dev.lanewise.core.tensor.Shape;
import java.util.List;
import net.jqwik.api.Arbitrary;

class MultiplyContractTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Multiply();
  }

  @Override
  public Arbitrary<List<Shape>> shapes() {
    return Shapes.alike(2);
  }
}
