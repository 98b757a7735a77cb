package dev.lanewise.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private record Affine(Parameter weight, Optional<Parameter> bias) {}

  private record Net(String name, List<Affine> layers, Parameter scale, Affine tied) {}

  private record Positive(Parameter value) {
    Positive {
      if (value.dtype() != DType.FLOAT64) {
        throw new IllegalArgumentException("only float64");
      }
    }
  }

  private static Parameter parameter(double... elements) {
    return Parameter.of(DoubleTensor.vector(elements));
  }

  private static Net net() {
    Affine first = new Affine(parameter(1, 2, 3), Optional.of(parameter(4)));
    Affine second = new Affine(parameter(5), Optional.empty());
    return new Net(
        "a setting", List.of(first, second), Parameter.frozen(DoubleTensor.vector(0.1)), first);
  }

  @Test
  void pathsFollowTheRecordsAndATiedParameterHasItsFirst() {
    Parameters parameters = Parameters.of(net());
    assertEquals(
        List.of("layers.0.weight", "layers.0.bias", "layers.1.weight", "scale"),
        List.copyOf(parameters.byPath().keySet()));
    assertEquals(6, parameters.count());
    assertEquals(3, parameters.trainable().list().size());
    assertEquals(
        List.of("layers.0.bias"),
        List.copyOf(parameters.where((path, p) -> path.endsWith("bias")).byPath().keySet()));
  }

  @Test
  void convertRebuildsTheModelAndKeepsTies() {
    Net net = net();
    Net converted = Parameters.convert(net, DType.FLOAT32);
    assertSame(converted.layers().get(0).weight(), converted.tied().weight());
    assertNotSame(net.scale(), converted.scale());
    assertTrue(converted.scale().isFrozen());
    assertEquals((float) 0.1, converted.scale().value().item());
    assertEquals(DType.FLOAT32, converted.layers().get(1).weight().dtype());
    assertEquals(Optional.empty(), converted.layers().get(1).bias());
    assertSame(net.name(), converted.name());
    assertEquals(Parameters.of(net).byPath().keySet(), Parameters.of(converted).byPath().keySet());
  }

  @Test
  void aRecordThatRefusesTheNewTypeIsNamed() {
    Positive model = new Positive(parameter(1));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Parameters.convert(model, DType.FLOAT32))
            .getMessage();
    assertTrue(message.contains("Positive") && message.contains("float32"), message);
  }
}
