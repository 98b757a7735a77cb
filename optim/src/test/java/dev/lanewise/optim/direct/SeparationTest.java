package dev.lanewise.optim.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.random.Key;
import dev.lanewise.data.DataException;
import dev.lanewise.data.synthetic.Xor;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Linear separability, whose proofs are checked.
class SeparationTest {
  @Test
  void exclusiveOrIsInseparableBecauseItsDiagonalsCross() {
    Separation.Inseparable proof =
        assertInstanceOf(Separation.Inseparable.class, Separation.of(Xor.table()));
    assertEquals(0.5, proof.common()[0], 1e-12);
    assertEquals(0.5, proof.common()[1], 1e-12);
    for (double weight : proof.weights()) {
      assertEquals(0.5, weight, 1e-12);
    }
  }

  @Test
  void andIsSeparable() {
    double[][] x = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
    int[] classes = {0, 0, 0, 1};
    assertSeparates(assertSeparable(x, classes), x, classes);
  }

  @Test
  void aPointThatBothClassesShareMakesThemInseparable() {
    double[][] x = {{0}, {1}, {1}, {2}};
    Separation.Inseparable proof = assertInseparable(x, 0, 0, 1, 1);
    assertEquals(1, proof.common()[0], 1e-12);
  }

  @Test
  void aNarrowGapFarFromZeroIsFound() {
    double[][] x = {{1e6}, {1e6 + 1}, {1e6 + 1.0001}, {1e6 + 2}};
    int[] classes = {0, 0, 1, 1};
    Separation.Separable proof = assertSeparable(x, classes);
    assertSeparates(proof, x, classes);
    assertTrue(proof.margin() > 0 && proof.margin() <= 0.5001e-4, () -> "" + proof.margin());
  }

  @Test
  void sameFeaturesAreInseparable() {
    assertInseparable(new double[][] {{3, 4}, {3, 4}}, 0, 1);
  }

  @Test
  void otherThanTwoClassesWithRowsAreRefused() {
    double[][] x = {{0}, {1}, {2}};
    assertThrows(DataException.class, () -> Separation.of(Sets.classes(x, 0, 1, 2)));
    assertThrows(DataException.class, () -> Separation.of(Sets.classes(x, 1, 1, 1)));
    assertThrows(DataException.class, () -> Separation.of(Sets.numbers(x, x)));
  }

  /// Whole numbers, so that rows often lie on a common plane and classes often touch.
  @Property(tries = 300, seed = "1")
  void everySetIsProvedToBeOneOrTheOther(
      @ForAll @IntRange(max = 100_000) int seed,
      @ForAll @IntRange(min = 2, max = 14) int rows,
      @ForAll @IntRange(min = 1, max = 4) int features) {
    RandomGenerator draws = Key.of(seed).with("rows").generator();
    double[][] x = new double[rows][features];
    int[] classes = new int[rows];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < features; i++) {
        x[row][i] = draws.nextInt(4);
      }
      classes[row] = row < 2 ? row : draws.nextInt(2);
    }
    switch (Separation.of(Sets.classes(x, classes))) {
      case Separation.Separable proof -> assertSeparates(proof, x, classes);
      case Separation.Inseparable proof -> assertCommonPoint(proof, x, classes);
    }
  }

  @Property(tries = 60, seed = "1")
  void whatAPlaneMadeAPlaneSeparates(@ForAll @IntRange(max = 1000) int seed) {
    double[][] x = Sets.features(seed, 40, 3);
    int[] classes = new int[40];
    for (int row = 0; row < 40; row++) {
      classes[row] = x[row][0] - 2 * x[row][1] + x[row][2] > 0 ? 1 : 0;
    }
    classes[0] = 0;
    x[0] = new double[] {-100, 0, 0};
    classes[1] = 1;
    x[1] = new double[] {100, 0, 0};
    assertSeparates(assertSeparable(x, classes), x, classes);
  }

  private static Separation.Separable assertSeparable(double[][] x, int... classes) {
    return assertInstanceOf(Separation.Separable.class, Separation.of(Sets.classes(x, classes)));
  }

  private static Separation.Inseparable assertInseparable(double[][] x, int... classes) {
    Separation.Inseparable proof =
        assertInstanceOf(Separation.Inseparable.class, Separation.of(Sets.classes(x, classes)));
    assertCommonPoint(proof, x, classes);
    return proof;
  }

  private static void assertSeparates(Separation.Separable proof, double[][] x, int[] classes) {
    double[] w = proof.plane().weight().value().toDoubles();
    double b = proof.plane().bias().orElseThrow().value().item();
    double norm = 0;
    double nearest = Double.POSITIVE_INFINITY;
    for (double each : w) {
      norm += each * each;
    }
    for (int row = 0; row < x.length; row++) {
      double y = b;
      for (int i = 0; i < w.length; i++) {
        y += x[row][i] * w[i];
      }
      double side = classes[row] == 1 ? y : -y;
      assertTrue(side > 0, "a row is on the wrong side");
      nearest = Math.min(nearest, side);
    }
    assertEquals(nearest / Math.sqrt(norm), proof.margin(), 1e-9 * proof.margin());
  }

  private static void assertCommonPoint(Separation.Inseparable proof, double[][] x, int[] classes) {
    double[] sums = new double[2];
    double[][] points = new double[2][x[0].length];
    for (int row = 0; row < x.length; row++) {
      double weight = proof.weights()[row];
      assertTrue(weight >= 0);
      sums[classes[row]] += weight;
      for (int i = 0; i < x[0].length; i++) {
        points[classes[row]][i] += weight * x[row][i];
      }
    }
    assertEquals(1, sums[0], 1e-12);
    assertEquals(1, sums[1], 1e-12);
    for (int i = 0; i < x[0].length; i++) {
      assertEquals(points[0][i], points[1][i], 1e-9);
      assertEquals(points[0][i], proof.common()[i], 1e-12);
    }
  }
}
