package dev.lanewise.gradcheck.large;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.op.Relu;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.core.random.Key;
import dev.lanewise.gradcheck.numeric.Differentiator;
import dev.lanewise.gradcheck.numeric.Estimate;
import dev.lanewise.gradcheck.numeric.Origin;
import dev.lanewise.gradcheck.problem.CoordinateLine;
import dev.lanewise.gradcheck.problem.DirectionLine;
import dev.lanewise.gradcheck.problem.Evaluator;
import dev.lanewise.gradcheck.problem.NumericGradient;
import dev.lanewise.gradcheck.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocaliserTest {
  private static final Key KEY = Key.of(11);

  /// The promise of the gradient checker, after the screen.
  private static final int FEW = 50;

  private static final Function<Faulty, Large> MILLION = Large::million;
  private static final Function<Faulty, Large> TANH = faulty -> Large.mlp(new Tanh(), faulty);
  private static final Function<Faulty, Large> RELU = faulty -> Large.mlp(new Relu(), faulty);

  @ParameterizedTest
  @ValueSource(doubles = {2, -1, 0, 1 + 1e-2, 1 + 1e-3, 1 - 1e-3})
  void oneWrongCoordinateOfAMillionIsNamedByFewEvaluations(double factor) {
    assertNamedByFew(MILLION, 1, factor, 0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, -1, 0, 1 + 1e-3, 1 - 1e-5})
  void oneWrongWeightOfANetworkIsNamedByFewEvaluations(double factor) {
    assertNamedByFew(TANH, 10, factor, 0.1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, -1, 0, 1 + 1e-3})
  void oneWrongWeightAmongKinksIsNamedByFewEvaluations(double factor) {
    assertNamedByFew(RELU, 10, factor, 0.1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 16})
  void severalWrongCoordinatesAreFoundAndNoneWronglyAccused(int count) {
    for (Function<Faulty, Large> function : List.of(TANH, RELU, MILLION)) {
      for (int seed = 0; seed < (function == MILLION ? 1 : 5); seed++) {
        Trial trial = Trial.of(function, count, -1, 0.1, seed);
        Localisation found = trial.locate();
        assertEquals(trial.wrong(), found.positions(), trial.toString());
        assertTrue(found.complete(), trial.toString());
        // Halving costs six evaluations for each of about 20 levels, had nothing been decoded.
        assertTrue(found.evaluations() <= 100L * count, trial + ": " + found);
      }
    }
  }

  @Test
  void nothingIsAccusedWhereNothingIsWrong() {
    for (Function<Faulty, Large> function : List.of(TANH, RELU, MILLION)) {
      Trial trial = Trial.of(function, 0, 1, 0, 1);
      Localisation found = trial.locate();
      assertAll(
          () -> assertEquals(List.of(), found.positions()), () -> assertTrue(found.complete()));
    }
  }

  @Test
  void whatIsNotFiniteIsNamed() {
    Trial trial = Trial.of(TANH, 2, Double.NaN, 0.1, 3);
    assertEquals(trial.wrong(), trial.locate().positions());
  }

  @Test
  void moreThanTheLimitIsNotCalledComplete() {
    Trial trial = Trial.of(TANH, 100, -1, 0.1, 3);
    Localisation found = trial.locate();
    assertEquals(Localiser.LIMIT, found.positions().size());
    assertTrue(trial.wrong().containsAll(found.positions()), found.toString());
    assertTrue(!found.complete());
  }

  private static void assertNamedByFew(
      Function<Faulty, Large> function, int seeds, double factor, double least) {
    for (int seed = 0; seed < seeds; seed++) {
      Trial trial = Trial.of(function, 1, factor, least, seed);
      Localisation found = trial.locate();
      assertEquals(trial.wrong(), found.positions(), trial.toString());
      assertTrue(found.evaluations() <= FEW, trial + ": " + found);
    }
  }

  /// A function with wrong derivatives by its first variable.
  private record Trial(Large large, List<Integer> wrong, int seed) {
    /// Derivatives are wrong by a factor at random coordinates.
    ///
    /// @param least of the gradient's root mean square: coordinates with less are spared, as a
    ///     factor is no mistake where the derivative is zero
    static Trial of(
        Function<Faulty, Large> function, int count, double factor, double least, int seed) {
      double[] right = gradient(function.apply(new Faulty(Map.of())));
      double enough = least * Origin.rms(right);
      RandomGenerator draws = KEY.with("faults").with(count).with(seed).generator();
      Map<Integer, Double> faults = new TreeMap<>();
      while (faults.size() < count) {
        int position = draws.nextInt(right.length);
        if (Math.abs(right[position]) > enough) {
          faults.put(position, factor);
        }
      }
      return new Trial(function.apply(new Faulty(faults)), List.copyOf(faults.keySet()), seed);
    }

    private static double[] gradient(Large large) {
      try (Evaluator evaluator = open(large)) {
        return evaluator.gradients(upstream(evaluator))[0];
      }
    }

    Localisation locate() {
      try (Evaluator evaluator = open(large)) {
        return Localiser.find(suspect(evaluator), KEY.with("locate").with(seed));
      }
    }

    /// What the screens of a check know before the search.
    private Suspect suspect(Evaluator evaluator) {
      double[] upstream = upstream(evaluator);
      double[][] point = evaluator.values();
      double[][] gradient = evaluator.gradients(upstream);
      double[][] noise = new double[point.length][];
      for (int t = 0; t < point.length; t++) {
        noise[t] = Arrays.stream(gradient[t]).map(a -> 0x1p-41 * Math.abs(a)).toArray();
      }
      double scale = Math.scalb(1.0, Math.getExponent(Origin.rms(point[0])));
      double[] scales = new double[point[0].length];
      Arrays.fill(scales, scale);
      Origin origin = Origin.of(evaluator.evaluate(), upstream, NumericGradient.largest(point));

      RandomGenerator draws = KEY.with("suspect").with(seed).generator();
      double[][] direction = new double[point.length][0];
      direction[0] = new double[scales.length];
      for (int i = 0; i < scales.length; i++) {
        direction[0][i] = (draws.nextBoolean() ? scale : -scale) / Math.sqrt(scales.length);
      }
      DirectionLine line = new DirectionLine(evaluator, point, direction, gradient);
      Estimate tuned = Differentiator.thorough(line, origin, 1);
      line.restore();
      int any = draws.nextInt(scales.length);
      CoordinateLine one = CoordinateLine.of(evaluator, 0, any);
      double coordinateStep = Differentiator.thorough(one, origin, scale).step() / scale;
      one.restore();
      return new Suspect(evaluator, origin, gradient, noise, 0, scales, tuned, coordinateStep);
    }

    private static Evaluator open(Large large) {
      return new Problem("large", KEY, large.inputs(), Large.NO_PARAMETERS, large.function())
          .open();
    }

    private static double[] upstream(Evaluator evaluator) {
      RandomGenerator draws = KEY.with("upstream").generator();
      return draws.doubles(evaluator.evaluate().length, 0.5, 1.5).toArray();
    }

    @Override
    public String toString() {
      return "wrong at " + wrong + ", seed " + seed;
    }
  }
}
