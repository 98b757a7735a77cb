package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Op;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.core.tensor.Shape;
import java.util.List;
import net.jqwik.api.Arbitrary;

class TanhContractTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Tanh();
  }

  @Override
  public Arbitrary<List<Shape>> shapes() {
    return Shapes.alike(1);
  }
}
