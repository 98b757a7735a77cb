package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Op;
import dev.lanewise.core.op.AddRowVector;
import dev.lanewise.core.tensor.Shape;
import java.util.List;
import net.jqwik.api.Arbitrary;

class AddRowVectorContractTest implements OpContract {
  @Override
  public Op<?> op() {
    return new AddRowVector();
  }

  @Override
  public Arbitrary<List<Shape>> shapes() {
    return Shapes.of("[n,k]", "[k]");
  }
}
