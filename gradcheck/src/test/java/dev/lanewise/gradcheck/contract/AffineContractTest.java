package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Op;
import dev.lanewise.core.op.Affine;
import dev.lanewise.core.tensor.Shape;
import java.util.List;
import net.jqwik.api.Arbitrary;

class AffineContractTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Affine();
  }

  @Override
  public Arbitrary<List<Shape>> shapes() {
    return Shapes.of("[n,k]", "[k,m]", "[m]");
  }
}
