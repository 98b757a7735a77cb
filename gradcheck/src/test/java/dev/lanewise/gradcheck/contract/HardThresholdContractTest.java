package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Op;
import dev.lanewise.core.op.HardThreshold;
import dev.lanewise.core.tensor.Shape;
import java.util.List;
import net.jqwik.api.Arbitrary;

class HardThresholdContractTest implements OpContract {
  @Override
  public Op<?> op() {
    return new HardThreshold();
  }

  @Override
  public Arbitrary<List<Shape>> shapes() {
    return Shapes.alike(1);
  }

  @Override
  public boolean flat() {
    return true;
  }
}
