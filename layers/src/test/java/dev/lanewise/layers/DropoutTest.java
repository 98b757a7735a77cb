package dev.lanewise.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {
  private static final int ELEMENTS = 200_000;

  private static Tensor ones() {
    Tensor ones = Tensor.zeros(DType.FLOAT64, Shape.of(100, ELEMENTS / 100));
    TensorMath.fill(1, ones);
    return ones;
  }

  private static double[] trained(double rate, Key key, int threads) {
    try (Workspace workspace = Workspace.of(threads);
        Graph graph = workspace.training(key)) {
      return new Dropout(rate).apply(graph.batch(ones())).value().toDoubles();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.9})
  void dropsThatShareAndKeepsTheMean(double rate) {
    double[] y = trained(rate, Key.of(1), 1);
    long dropped = Arrays.stream(y).filter(each -> each == 0).count();
    double deviation = Math.sqrt(rate * (1 - rate) / ELEMENTS);
    assertEquals(rate, (double) dropped / ELEMENTS, 4 * deviation);
    assertEquals(1, Arrays.stream(y).average().orElseThrow(), 4 * deviation / (1 - rate));
  }

  @Test
  void anotherStepDropsOthersAndAnotherNumberOfThreadsTheSame() {
    double[] first = trained(0.5, Key.of(1).with(1), 1);
    assertArrayEquals(first, trained(0.5, Key.of(1).with(1), 4));
    assertFalse(Arrays.equals(first, trained(0.5, Key.of(1).with(2), 1)));
  }

  @Test
  void inInferenceNothingIsDropped() {
    try (Workspace workspace = Workspace.of(1);
        Graph graph = workspace.inference()) {
      Tensor x = ones();
      Tensor y = new Dropout(0.5).apply(graph.batch(x)).value();
      assertArrayEquals(x.toDoubles(), y.toDoubles());
    }
  }

  @Test
  void ratesOutOfRangeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Dropout(1));
    assertThrows(IllegalArgumentException.class, () -> new Dropout(-0.1));
    assertThrows(IllegalArgumentException.class, () -> new Dropout(Double.NaN));
  }
}
