package dev.lanewise.gradcheck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.op.AddRowVector;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LayersProperties {
  private record Biased(Parameter bias) implements Layer {
    @Override
    public Node apply(Node x) {
      return x.graph().apply(new AddRowVector(), x, x.graph().parameter(bias));
    }
  }

  private final Biased layer = new Biased(Parameter.of(Tensor.zeros(DType.FLOAT32, Shape.of(3))));

  @Provide
  Arbitrary<Layer> layers() {
    return Layers.at(layer);
  }

  @Property(tries = 20, seed = "1")
  void aLayerIsACopyWithOtherParameters(@ForAll("layers") Layer moved) {
    Tensor bias = Parameters.of(moved).byPath().get("bias").value();
    assertEquals(DType.FLOAT64, bias.dtype());
    for (int i = 0; i < 3; i++) {
      assertNotEquals(0, bias.getFlat(i));
      assertEquals(0, layer.bias().value().getFlat(i));
    }
  }

  @Example
  void parametersAreGivenByPath() {
    Tensor value = DoubleTensor.vector(1, 2, 3);
    Layer with = Layers.with(layer, Map.of("bias", value));
    assertTrue(Parameters.of(with).byPath().get("bias").value().sameBits(value));
    assertThrows(
        ShapeException.class, () -> Layers.with(layer, Map.of("bias", DoubleTensor.vector(1, 2))));
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> Layers.with(layer, Map.of("weight", value)));
    assertTrue(error.getMessage().contains("weight"), error::getMessage);
  }
}
