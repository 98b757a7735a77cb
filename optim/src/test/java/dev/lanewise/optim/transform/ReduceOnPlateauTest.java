package dev.lanewise.optim.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.optim.stopping.Direction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Beside `plateau.csv`, which `plateau.py` (in the same folder of resources) makes with PyTorch.
class ReduceOnPlateauTest {
  private static final Parameters WEIGHT =
      new Parameters(Map.of("weight", Parameter.of(DoubleTensor.vector(0))));
  private static final int STEPS = 3;

  private static ReduceOnPlateau transform(String name) {
    return switch (name) {
      case "min-rel" -> new ReduceOnPlateau(Direction.MIN, 0.5, 2, 0.05, true, 0, 0, STEPS);
      case "max-abs" -> new ReduceOnPlateau(Direction.MAX, 0.1, 0, 0.02, false, 0, 0, STEPS);
      case "cooldown" -> new ReduceOnPlateau(Direction.MIN, 0.3, 1, 0, true, 3, 0, STEPS);
      case "least" -> new ReduceOnPlateau(Direction.MIN, 0.2, 1, 1e-4, true, 0, 0.03, STEPS);
      default -> throw new AssertionError(name);
    };
  }

  private static double scale(Bound<?> bound, long number, OptionalDouble monitored) {
    List<Tensor> updates = List.of(DoubleTensor.vector(1));
    bound.apply(updates, WEIGHT, new StepContext(number, 0, monitored, Optional.empty()));
    return updates.getFirst().getFlat(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"min-rel", "max-abs", "cooldown", "least"})
  void theScaleFollowsPyTorchsRate(String name) throws IOException {
    Bound<?> bound = Bound.start(transform(name), WEIGHT);
    List<String[]> lines =
        golden().lines().map(line -> line.split(",")).filter(line -> line[0].equals(name)).toList();
    assertEquals(60, lines.size());
    long number = 0;
    for (int i = 0; i < STEPS; i++) {
      assertEquals(1, scale(bound, ++number, OptionalDouble.empty()));
    }
    for (String[] line : lines) {
      double rate = Double.parseDouble(line[2]);
      for (int i = 0; i < STEPS; i++) {
        OptionalDouble monitored = OptionalDouble.of(Double.parseDouble(line[1]));
        assertEquals(rate, scale(bound, ++number, monitored), 1e-14 * rate, "step " + number);
      }
    }
  }

  @Test
  void nanIsNeverTheBestAndCountsAsWaiting() {
    Bound<?> bound = Bound.start(ReduceOnPlateau.of(Direction.MIN, 0.5, 1, 1), WEIGHT);
    double[] metrics = {Double.NaN, 5, Double.NaN, Double.NEGATIVE_INFINITY, 4};
    double[] scales = {1, 1, 1, 0.5, 0.5};
    for (int i = 0; i < metrics.length; i++) {
      assertEquals(scales[i], scale(bound, i + 1, OptionalDouble.of(metrics[i])), "epoch " + i);
    }
  }

  @Test
  void theStateIsTensorsThatCanBeSaved() {
    ReduceOnPlateau transform = ReduceOnPlateau.of(Direction.MAX, 0.5, 1, 10);
    Map<String, Tensor> tensors = StateTensors.of(transform.init(WEIGHT), WEIGHT);
    assertEquals(List.of("scale", "best", "waited", "cooling"), List.copyOf(tensors.keySet()));
    assertTrue(transform.explain().contains("0.5"), transform.explain());
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    for (double factor : new double[] {0, 1, Double.NaN}) {
      assertThrows(
          IllegalArgumentException.class, () -> ReduceOnPlateau.of(Direction.MIN, factor, 1, 1));
    }
    assertThrows(
        IllegalArgumentException.class, () -> ReduceOnPlateau.of(Direction.MIN, 0.5, -1, 1));
    assertThrows(
        IllegalArgumentException.class, () -> ReduceOnPlateau.of(Direction.MIN, 0.5, 1, 0));
  }

  private static String golden() throws IOException {
    try (InputStream in = ReduceOnPlateauTest.class.getResourceAsStream("plateau.csv")) {
      if (in == null) {
        throw new AssertionError("plateau.csv is not among the test's resources");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
