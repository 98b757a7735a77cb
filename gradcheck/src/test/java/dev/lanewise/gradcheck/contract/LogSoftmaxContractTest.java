package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Op;
import dev.lanewise.core.op.LogSoftmax;
import dev.lanewise.core.tensor.Shape;
import java.util.List;
import net.jqwik.api.Arbitrary;

class LogSoftmaxContractTest implements OpContract {
  @Override
  public Op<?> op() {
    return new LogSoftmax();
  }

  @Override
  public Arbitrary<List<Shape>> shapes() {
    return Shapes.of("[n,k]");
  }
}
