package dev.lanewise.gradcheck.large;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.gradcheck.problem.Variable;
import java.util.Arrays;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {
  private static final Key KEY = Key.of(5);
  private static final Variable CUBE =
      new Variable("w", Shape.of(10, 20, 30), Variable.Kind.PARAMETER);

  @Test
  void aSmallTensorIsLookedAtWhole() {
    Variable small = new Variable("b", Shape.of(8, 8), Variable.Kind.PARAMETER);
    Sample sample = Sample.of(small, new double[64], KEY);
    assertArrayEquals(IntStream.range(0, 64).toArray(), sample.positions());
  }

  @Test
  void theSampleHasDistinctPositionsInOrderHalfOfThemRandom() {
    Sample sample = sample(gradient());
    assertEquals(Sample.SIZE, sample.positions().length);
    assertArrayEquals(
        IntStream.of(sample.positions()).sorted().distinct().toArray(), sample.positions());
    assertEquals(Sample.SIZE / 2, sample.random().length);
    assertTrue(positions(sample).containsAll(IntStream.of(sample.random()).boxed().toList()));
  }

  @Test
  void extremesAndZerosAreInIt() {
    double[] gradient = gradient();
    gradient[777] = -1e3;
    gradient[888] = 1e-9;
    gradient[999] = 0;
    gradient[1111] = Double.NaN;
    assertTrue(positions(sample(gradient)).containsAll(Set.of(777, 888, 999, 1111)));
  }

  @Test
  void theEdgesOfEachAxisAreInIt() {
    Sample sample = sample(gradient());
    for (int axis = 0; axis < 3; axis++) {
      int at = axis;
      int last = CUBE.shape().dim(axis) - 1;
      assertTrue(any(sample, i -> CUBE.index(i).get(at) == 0 && i != 0), "first of " + axis);
      assertTrue(any(sample, i -> CUBE.index(i).get(at) == last && i != 5999), "last of " + axis);
    }
    assertTrue(positions(sample).containsAll(Set.of(0, 5999)));
  }

  @Test
  void aGradientOfZerosHasASampleAsWell() {
    assertEquals(Sample.SIZE, sample(new double[6000]).positions().length);
  }

  private static Sample sample(double[] gradient) {
    return Sample.of(CUBE, gradient, KEY);
  }

  private static double[] gradient() {
    return KEY.with("gradient").generator().doubles(6000, 0.5, 1.5).toArray();
  }

  private static boolean any(Sample sample, IntPredicate condition) {
    return Arrays.stream(sample.positions()).anyMatch(condition);
  }

  private static Set<Integer> positions(Sample sample) {
    return IntStream.of(sample.positions()).boxed().collect(Collectors.toSet());
  }
}
