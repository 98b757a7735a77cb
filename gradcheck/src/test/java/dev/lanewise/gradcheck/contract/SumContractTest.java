package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Op;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.tensor.Shape;
import java.util.List;
import net.jqwik.api.Arbitrary;

class SumContractTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Sum(3);
  }

  @Override
  public Arbitrary<List<Shape>> shapes() {
    return Shapes.alike(1);
  }
}
