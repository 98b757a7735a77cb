package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Op;
import dev.lanewise.core.op.Logistic;
import dev.lanewise.core.tensor.Shape;
import java.util.List;
import net.jqwik.api.Arbitrary;

class LogisticContractTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Logistic();
  }

  @Override
  public Arbitrary<List<Shape>> shapes() {
    return Shapes.alike(1);
  }
}
