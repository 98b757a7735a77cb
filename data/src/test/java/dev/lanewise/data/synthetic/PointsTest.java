package dev.lanewise.data.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.TensorDataset;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PointsTest {
  private static final Key KEY = Key.of(3);

  @Test
  void xorIsItsTruthTable() {
    TensorDataset xor = Xor.table();
    assertArrayEquals(new double[] {0, 0, 0, 1, 1, 0, 1, 1}, features(xor));
    assertArrayEquals(new double[] {0, 1, 1, 0}, targets(xor));
  }

  @Test
  void xorCloudsLieAroundTheirCorners() {
    Dataset clouds = Xor.clouds(500, 0.1, KEY);
    double[] points = features(clouds);
    double[] classes = targets(clouds);
    double squares = 0;
    for (int i = 0; i < 2000; i++) {
      double x = Math.rint(points[2 * i]);
      double y = Math.rint(points[2 * i + 1]);
      assertEquals(((int) x) ^ ((int) y), classes[i]);
      squares += Math.pow(points[2 * i] - x, 2) + Math.pow(points[2 * i + 1] - y, 2);
    }
    assertEquals(0.1, Math.sqrt(squares / 4000), 0.005);
  }

  @Test
  void moonsWithoutNoiseLieOnTheirHalfCircles() {
    double[] points = features(Moons.draw(5, 0, KEY));
    assertArrayEquals(
        new double[] {1, 0, Math.sqrt(.5), Math.sqrt(.5), 0, 1}, Arrays.copyOf(points, 6), 1e-15);
    for (int i = 0; i < 5; i++) {
      assertEquals(1, Math.hypot(points[2 * i], points[2 * i + 1]), 1e-12);
      assertEquals(1, Math.hypot(points[10 + 2 * i] - 1, points[10 + 2 * i + 1] - 0.5), 1e-12);
      assertTrue(points[2 * i + 1] >= 0);
      assertTrue(points[10 + 2 * i + 1] <= 0.5);
    }
  }

  @Test
  void eachSpiralArmIsTheFirstOneTurned() {
    Dataset spirals = Spirals.draw(3, 40, 1.5, 0, KEY);
    assertEquals(List.of("0", "1", "2"), spirals.classLabels());
    double[] points = features(spirals);
    for (int arm = 0; arm < 3; arm++) {
      double cos = Math.cos(2 * Math.PI * arm / 3);
      double sin = Math.sin(2 * Math.PI * arm / 3);
      for (int i = 0; i < 40; i++) {
        double x = points[2 * i];
        double y = points[2 * i + 1];
        int at = 2 * (arm * 40 + i);
        assertEquals((i + 1) / 40.0, Math.hypot(x, y), 1e-12);
        assertEquals(cos * x - sin * y, points[at], 1e-12);
        assertEquals(sin * x + cos * y, points[at + 1], 1e-12);
      }
    }
    assertEquals(-1, points[78], 1e-12); // after one and a half turns, at radius 1
  }

  @Test
  void equalKeysGiveEqualPointsAndOthersGiveOthers() {
    List<Function<Key, Dataset>> generators =
        List.of(
            key -> Xor.clouds(10, 0.1, key),
            key -> Moons.draw(10, 0.1, key),
            key -> Spirals.draw(2, 10, 1, 0.1, key));
    for (Function<Key, Dataset> generator : generators) {
      double[] points = features(generator.apply(KEY));
      assertArrayEquals(points, features(generator.apply(KEY)));
      assertFalse(Arrays.equals(points, features(generator.apply(Key.of(4)))));
    }
  }

  @Test
  void parametersWithoutSenseAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Xor.clouds(0, 0, KEY));
    assertThrows(IllegalArgumentException.class, () -> Moons.draw(1, -1, KEY));
    assertThrows(IllegalArgumentException.class, () -> Moons.draw(1, Double.NaN, KEY));
    assertThrows(IllegalArgumentException.class, () -> Spirals.draw(1, 1, 1, 0, KEY));
    assertThrows(IllegalArgumentException.class, () -> Spirals.draw(2, 1, Double.NaN, 0, KEY));
  }

  private static double[] features(Dataset dataset) {
    Tensor features = Tensor.zeros(DType.FLOAT64, dataset.featureBatch(dataset.size()));
    dataset.copyFeatures(IntStream.range(0, dataset.size()).toArray(), features);
    return features.toDoubles();
  }

  private static double[] targets(Dataset dataset) {
    Tensor targets = Tensor.zeros(DType.FLOAT64, dataset.targetBatch(dataset.size()));
    dataset.copyTargets(IntStream.range(0, dataset.size()).toArray(), targets);
    return targets.toDoubles();
  }
}
