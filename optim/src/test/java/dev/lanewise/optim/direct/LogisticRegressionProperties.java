package dev.lanewise.optim.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.random.Key;
import dev.lanewise.data.Dataset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// What holds of softmax regression on all sets of overlapping classes.
class LogisticRegressionProperties {
  private static final int ROWS = 60;

  @Property(tries = 60, seed = "1")
  void theGradientVanishesAndTheClassesSumToZero(
      @ForAll @IntRange(max = 1000) int seed,
      @ForAll @IntRange(min = 1, max = 4) int features,
      @ForAll @IntRange(min = 2, max = 4) int classes) {
    double[][] x = Sets.features(seed, 40 * classes, features);
    Dataset set = Sets.classes(x, Sets.overlappingClasses(seed, x, classes));
    DirectSolution solution = new LogisticRegression(0.01).solve(set);
    assertEquals(0, solution.optimality(), 1e-11);
    double[] w = Sets.numbers(solution);
    int outputs = Sets.bias(solution).length;
    for (int row = 0; row < w.length; row += outputs) {
      assertEquals(0, IntStream.range(row, row + outputs).mapToDouble(i -> w[i]).sum(), 1e-10);
    }
  }

  @Property(tries = 40, seed = "1")
  void noOtherWeightsAreBetter(@ForAll @IntRange(max = 1000) int seed) {
    double[][] x = Sets.features(seed, ROWS, 2);
    Dataset set = Sets.classes(x, Sets.overlappingClasses(seed, x, 3));
    double l2 = 0.02;
    DirectSolution best = new LogisticRegression(l2).solve(set);
    RandomGenerator draws = Key.of(seed).with("other weights").generator();
    for (int i = 0; i < 20; i++) {
      double size = Math.pow(10, -i / 4.0);
      double[] weight = moved(Sets.weight(best), size, draws);
      double[] bias = moved(Sets.bias(best), size, draws);
      double other =
          Evidence.measure(
                  new Examples("test", set), weight, bias, new RowLoss.SoftmaxOfClass(), l2)
              .objective();
      assertTrue(other >= best.objective() - 1e-14, () -> other + " < " + best.objective());
    }
  }

  @Property(tries = 40, seed = "1")
  void theOrderOfTheRowsDoesNotMatter(@ForAll @IntRange(max = 1000) int seed) {
    double[][] x = Sets.features(seed, ROWS, 3);
    int[] classes = Sets.overlappingClasses(seed, x, 3);
    List<Integer> order = new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    Dataset set = Sets.classes(x, classes);
    LeastSquaresProperties.assertSame(
        new LogisticRegression(0.1).solve(set),
        new LogisticRegression(0.1)
            .solve(set.select(order.stream().mapToInt(Integer::intValue).toArray())),
        1e-11);
  }

  @Property(tries = 40, seed = "1")
  void aFeatureInOtherUnitsGetsItsWeightInTheInverseUnits(
      @ForAll @IntRange(max = 1000) int seed, @ForAll @IntRange(min = -3, max = 3) int exponent) {
    double unit = Math.pow(10, exponent);
    double[][] x = Sets.features(seed, ROWS, 2);
    int[] classes = Sets.overlappingClasses(seed, x, 2);
    double[][] scaled = Sets.map(x, row -> new double[] {row[0], row[1] * unit + 5});
    double[] plain = Sets.numbers(LogisticRegressionTest.plain(Sets.classes(x, classes)));
    double[] found = Sets.numbers(LogisticRegressionTest.plain(Sets.classes(scaled, classes)));
    for (int output = 0; output < 2; output++) {
      assertEquals(plain[output], found[output], 1e-8);
      assertEquals(plain[2 + output], found[2 + output] * unit, 1e-8);
      double bias = found[4 + output] + 5 * found[2 + output];
      assertEquals(plain[4 + output], bias, 1e-8 * Math.max(1, Math.abs(found[2 + output])));
    }
  }

  @Property(tries = 30, seed = "1")
  void twoClassesOfSoftmaxAreOneOutputOfLogisticRegression(@ForAll @IntRange(max = 1000) int seed) {
    double[][] x = Sets.features(seed, ROWS, 2);
    int[] classes = Sets.overlappingClasses(seed, x, 2);
    double[][] t = new double[ROWS][1];
    for (int row = 0; row < ROWS; row++) {
      t[row][0] = classes[row];
    }
    double[] two = Sets.numbers(LogisticRegressionTest.plain(Sets.classes(x, classes)));
    double[] one = Sets.numbers(LogisticRegressionTest.plain(Sets.numbers(x, t)));
    for (int i = 0; i < 3; i++) {
      assertEquals(one[i], two[2 * i + 1] - two[2 * i], 1e-9 * Math.max(1, Math.abs(one[i])));
    }
  }

  private static double[] moved(double[] weights, double size, RandomGenerator draws) {
    double[] moved = weights.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += size * draws.nextGaussian();
    }
    return moved;
  }
}
