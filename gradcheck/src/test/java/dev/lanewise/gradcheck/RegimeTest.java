package dev.lanewise.gradcheck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegimeTest {
  private static final double[] POINT =
      CheckInputs.normal(Shape.of(2000), Key.of(5).with("x")).toDoubles();

  private static double[] at(Regime regime) {
    return regime.apply(POINT, Key.of(1));
  }

  private static double[] ratios(Regime regime) {
    double[] changed = at(regime);
    double[] ratios = new double[changed.length];
    Arrays.setAll(ratios, i -> changed[i] / POINT[i]);
    return ratios;
  }

  @ParameterizedTest
  @EnumSource
  void sameKeySameNumbersAndThePointIsLeftAlone(Regime regime) {
    double[] point = POINT.clone();
    assertArrayEquals(regime.apply(point, Key.of(2)), regime.apply(point, Key.of(2)));
    assertArrayEquals(POINT, point);
  }

  @Test
  void factorsAreTheDocumentedOnes() {
    assertArrayEquals(POINT, at(Regime.NORMAL));
    for (int i = 0; i < 20; i++) {
      assertEquals(0.05 * POINT[i], at(Regime.SMALL)[i]);
      assertEquals(10 * POINT[i], at(Regime.TIMES_10)[i]);
      assertEquals(40 * POINT[i], at(Regime.TIMES_40)[i]);
    }
  }

  @Test
  void integersAreThreeSoThatManyAreEqualAndSomeZeroAndNoneIsMinusZero() {
    double[] integers = at(Regime.INTEGERS);
    Set<Double> distinct = Arrays.stream(integers).boxed().collect(Collectors.toSet());
    assertEquals(Set.of(-1.0, 0.0, 1.0), distinct);
  }

  @Test
  void badScalesReachFromTenThousandthsToTenThousand() {
    double[] ratios = Arrays.stream(ratios(Regime.BAD_SCALE)).sorted().toArray();
    assertTrue(ratios[0] >= 1e-4 && ratios[0] < 2e-4);
    assertTrue(ratios[ratios.length - 1] <= 1e4 && ratios[ratios.length - 1] > 5e3);
    assertTrue(ratios[ratios.length / 2] > 0.5 && ratios[ratios.length / 2] < 2);
  }

  @Test
  void aboutHalfAreZeroAndTheOthersAreAsTheyWere() {
    double[] ratios = ratios(Regime.HALF_ZEROS);
    long zeros = Arrays.stream(ratios).filter(ratio -> ratio == 0).count();
    assertTrue(zeros > 900 && zeros < 1100, zeros + " zeros");
    assertTrue(Arrays.stream(ratios).allMatch(ratio -> ratio == 0 || ratio == 1));
  }

  @Test
  void logUniformMagnitudesHaveAllOrdersAlikeAndKeepTheirSigns() {
    double[] changed = at(Regime.LOG_UNIFORM);
    int[] perDecade = new int[11];
    for (int i = 0; i < changed.length; i++) {
      assertEquals(Math.signum(POINT[i]), Math.signum(changed[i]));
      perDecade[(int) Math.floor(Math.log10(Math.abs(changed[i])) + 10)]++;
    }
    for (int count : perDecade) {
      assertTrue(count > 120 && count < 250, Arrays.toString(perDecade));
    }
  }

  @Test
  void labelsAreWords() {
    assertEquals("times 10", Regime.TIMES_10.label());
    assertNotEquals(Regime.SMALL.label(), Regime.NORMAL.label());
  }
}
