package dev.lanewise.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelSummaryTest {
  private static Linear linear(int in, int out) {
    return Linear.of(in, out, Initialisers.zeros(), Key.of(1));
  }

  private static Layer model() {
    Linear tied = linear(512, 512);
    return Sequential.of(
        linear(784, 512),
        Activations.relu(),
        new Residual(Sequential.of(tied, Activations.tanh(), tied)),
        linear(512, 10));
  }

  // Counted by hand: 784·512 + 512 = 401,920; 512·512 + 512 = 262,656; 512·10 + 10 = 5,130.
  @Test
  void theTableShowsPathsShapesAndCounts() {
    assertEquals(
        """
        path                     layer     output     parameters
        layers.0                 Linear    [128,512]     401,920  weight [784,512], bias [512]
        layers.1                 relu      [128,512]           0
        layers.2.inner.layers.0  Linear    [128,512]     262,656  weight [512,512], bias [512]
        layers.2.inner.layers.1  tanh      [128,512]           0
        layers.2.inner.layers.2  Linear    [128,512]           0
        layers.2                 Residual  [128,512]           0
        layers.3                 Linear    [128,10]        5,130  weight [512,10], bias [10]
        total                                            669,706
        """,
        ModelSummary.of(model(), Shape.of(128, 784)).toString());
  }

  @Test
  void countsAreThoseOfTheParameters() {
    assertEquals(Parameters.of(model()).count(), ModelSummary.of(model()).parameterCount());
  }

  @Test
  void withoutAnInputShapeThereAreNoOutputShapes() {
    for (ModelSummary.Row row : ModelSummary.of(model()).rows()) {
      assertEquals(Optional.empty(), row.output(), row.path());
    }
  }

  private record Twice(Linear first, Linear second) implements Layer {
    @Override
    public Node apply(Node x) {
      return second.apply(first.apply(x));
    }
  }

  @Test
  void aLayerOfOnesOwnIsOneRowWithAllItsParameters() {
    Twice model = Parameters.convert(new Twice(linear(2, 3), linear(3, 1)), DType.FLOAT64);
    ModelSummary summary = ModelSummary.of(model, Shape.of(5, 2));
    assertEquals(1, summary.rows().size());
    ModelSummary.Row row = summary.rows().getFirst();
    assertEquals("Twice", row.name());
    assertEquals("", row.path());
    assertEquals(Optional.of(Shape.of(5, 1)), row.output());
    assertEquals(
        Map.of(
            "first.weight", Shape.of(2, 3),
            "first.bias", Shape.of(3),
            "second.weight", Shape.of(3, 1),
            "second.bias", Shape.of(1)),
        row.parameters());
    assertEquals(13, row.parameterCount());
  }

  @Test
  void aShapeThatDoesNotFitIsRefused() {
    assertThrows(ShapeException.class, () -> ModelSummary.of(model(), Shape.of(128, 783)));
  }
}
