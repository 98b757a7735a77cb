package dev.lanewise.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class InitialisersProperties {
  /// A shape of 120,000 elements whose fans, 300 and 400, tell in from out.
  private static final Shape LARGE = Shape.of(300, 400);

  private static double[] draw(Initialiser initialiser, DType dtype, Shape shape, long seed) {
    Tensor tensor = Tensor.zeros(dtype, shape);
    initialiser.fill(tensor, Key.of(seed));
    return tensor.toDoubles();
  }

  private static double[] draw(Initialiser initialiser) {
    return draw(initialiser, DType.FLOAT64, LARGE, 1);
  }

  /// Mean and variance within five standard errors; a normal's fourth moment is 3σ⁴, a uniform's
  /// 9σ⁴/5.
  private static void assertMoments(
      String name, double[] draws, double mean, double sigma, double kurtosis) {
    double n = draws.length;
    double found = DoubleStream.of(draws).sum() / n;
    assertEquals(mean, found, 5 * sigma / Math.sqrt(n), name + " mean");
    double variance = DoubleStream.of(draws).map(x -> (x - mean) * (x - mean)).sum() / n;
    double error = sigma * sigma * Math.sqrt((kurtosis - 1) / n);
    assertEquals(sigma * sigma, variance, 5 * error, name + " variance");
  }

  private static void assertNormal(String name, double sigma, Initialiser initialiser) {
    double[] draws = draw(initialiser);
    assertMoments(name, draws, 0, sigma, 3);
    double beyond = DoubleStream.of(draws).filter(x -> Math.abs(x) > 2 * sigma).count();
    // P(|x| > 2σ) = 0.0455003, with a standard error of 0.0006 here.
    assertEquals(0.0455003, beyond / draws.length, 0.003, name + " beyond 2σ");
  }

  private static void assertUniform(String name, double bound, Initialiser initialiser) {
    double[] draws = draw(initialiser);
    assertMoments(name, draws, 0, bound / Math.sqrt(3), 1.8);
    double largest = DoubleStream.of(draws).map(Math::abs).max().orElseThrow();
    assertTrue(largest <= bound && largest > 0.999 * bound, name + ": " + largest);
  }

  // The numbers from the table of the class with in = 300, out = 400, by hand: √(6/700) =
  // 0.0925820,
  // √(2/700) = 0.0534522, √(6/300) = 0.1414214, √(2/300) = 0.0816497, √(3/300) = 0.1,
  // √(1/300) = 0.0577350; the gain 5/3 and 1 + a² = 1.25 for a = ½.
  @Example
  void spreadsAreThoseOfThePapers() {
    assertUniform("glorot", 0.09258201, Initialisers.glorotUniform(1));
    assertUniform("glorot, 5/3", 0.15430335, Initialisers.glorotUniform(5.0 / 3));
    assertNormal("glorot", 0.05345225, Initialisers.glorotNormal(1));
    assertNormal("glorot, 5/3", 0.08908708, Initialisers.glorotNormal(5.0 / 3));
    assertUniform("he", 0.14142136, Initialisers.heUniform(0));
    assertUniform("he, 1/2", 0.12649111, Initialisers.heUniform(0.5));
    assertNormal("he", 0.08164966, Initialisers.heNormal(0));
    assertNormal("he, 1/2", 0.07302967, Initialisers.heNormal(0.5));
    assertUniform("lecun", 0.1, Initialisers.lecunUniform());
    assertNormal("lecun", 0.05773503, Initialisers.lecunNormal());
    assertMoments("uniform", draw(Initialisers.uniform(2, 5)), 3.5, 3 / Math.sqrt(12), 1.8);
    assertMoments("normal", draw(Initialisers.normal(-3, 0.5)), -3, 0.5, 3);
  }

  @Example
  void constantsAreConstant() {
    Shape shape = Shape.of(2, 3, 4);
    for (double value : draw(Initialisers.zeros(), DType.FLOAT32, shape, 1)) {
      assertEquals(0, value);
    }
    for (double value : draw(Initialisers.constant(-1.5), DType.FLOAT32, shape, 1)) {
      assertEquals(-1.5, value);
    }
  }

  @Property(tries = 50, seed = "1")
  void float32IsFloat64Rounded(
      @ForAll long seed, @ForAll @IntRange(max = 9) int in, @ForAll @IntRange(max = 9) int out) {
    for (Initialiser initialiser :
        List.of(
            Initialisers.glorotUniform(1),
            Initialisers.heNormal(0),
            Initialisers.uniform(-1, 3),
            Initialisers.constant(0.1))) {
      Shape shape = Shape.of(in, out);
      double[] exact = draw(initialiser, DType.FLOAT64, shape, seed);
      double[] rounded = draw(initialiser, DType.FLOAT32, shape, seed);
      for (int i = 0; i < exact.length; i++) {
        assertEquals((float) exact[i], rounded[i], initialiser + " at " + i);
      }
    }
  }

  @Property(tries = 50, seed = "2")
  void equalKeysGiveEqualDrawsAndOthersDoNot(@ForAll long seed) {
    Shape shape = Shape.of(5, 7);
    for (Initialiser initialiser : List.of(Initialisers.heUniform(0), Initialisers.heNormal(0))) {
      double[] draws = draw(initialiser, DType.FLOAT64, shape, seed);
      assertTrue(Arrays.equals(draws, draw(initialiser, DType.FLOAT64, shape, seed)));
      double[] others = draw(initialiser, DType.FLOAT64, shape, seed + 1);
      assertFalse(Arrays.equals(draws, others));
    }
  }

  @Example
  void equalInitialisersAreEqualValues() {
    assertEquals(Initialisers.heNormal(0), Initialisers.heNormal(0));
    assertFalse(Initialisers.heNormal(0).equals(Initialisers.heUniform(0)));
  }

  @Example
  void whatHasNoFansIsRefused() {
    assertThrows(
        ShapeException.class, () -> draw(Initialisers.heNormal(0), DType.FLOAT32, Shape.of(3), 1));
    assertEquals(0, draw(Initialisers.heNormal(0), DType.FLOAT32, Shape.of(0, 3), 1).length);
  }

  @Example
  void impossibleSettingsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Initialisers.constant(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Initialisers.uniform(1, 0));
    assertThrows(IllegalArgumentException.class, () -> Initialisers.normal(0, -1));
    assertThrows(IllegalArgumentException.class, () -> Initialisers.glorotNormal(-1));
    assertThrows(IllegalArgumentException.class, () -> Initialisers.heUniform(Double.NaN));
    double huge = Double.MAX_VALUE;
    assertThrows(IllegalArgumentException.class, () -> Initialisers.uniform(-huge, huge));
  }
}
