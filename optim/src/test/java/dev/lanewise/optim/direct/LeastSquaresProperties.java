package dev.lanewise.optim.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/// What holds of least squares and ridge regression on all sets.
class LeastSquaresProperties {
  @Property(tries = 100, seed = "1")
  void theNormalEquationsHold(
      @ForAll @IntRange(max = 1000) int seed,
      @ForAll @IntRange(min = 1, max = 60) int rows,
      @ForAll @IntRange(min = 1, max = 6) int features,
      @ForAll @IntRange(min = 1, max = 3) int outputs,
      @ForAll boolean penalised) {
    double l2 = penalised ? 0.25 : 0;
    double[][] x = Sets.features(seed, rows, features);
    double[][] t = Sets.targets(seed, x, outputs);
    DirectSolution solution = new LeastSquares(l2).solve(Sets.numbers(x, t));
    double[] w = Sets.weight(solution);
    double[] b = Sets.bias(solution);
    for (int output = 0; output < outputs; output++) {
      double[] gradient = new double[features + 1];
      for (int row = 0; row < rows; row++) {
        double error = b[output] - t[row][output];
        for (int i = 0; i < features; i++) {
          error += x[row][i] * w[i * outputs + output];
        }
        for (int i = 0; i < features; i++) {
          gradient[i] += x[row][i] * error / rows;
        }
        gradient[features] += error / rows;
      }
      for (int i = 0; i < features; i++) {
        assertEquals(0, gradient[i] + l2 * w[i * outputs + output], 1e-9);
      }
      assertEquals(0, gradient[features], 1e-10);
    }
    assertEquals(0, solution.optimality(), 1e-9);
  }

  @Property(tries = 50, seed = "1")
  void theOrderOfTheRowsDoesNotMatter(@ForAll @IntRange(max = 1000) int seed) {
    double[][] x = Sets.features(seed, 30, 4);
    double[][] t = Sets.targets(seed, x, 2);
    List<double[]> shuffledX = new ArrayList<>(List.of(x));
    List<double[]> shuffledT = new ArrayList<>(List.of(t));
    Collections.shuffle(shuffledX, new Random(seed));
    Collections.shuffle(shuffledT, new Random(seed));
    assertSame(
        LeastSquares.ridge(0.1).solve(Sets.numbers(x, t)),
        LeastSquares.ridge(0.1)
            .solve(
                Sets.numbers(
                    shuffledX.toArray(double[][]::new), shuffledT.toArray(double[][]::new))),
        1e-11);
  }

  @Property(tries = 50, seed = "1")
  void aConstantFeatureChangesNothing(
      @ForAll @IntRange(max = 1000) int seed, @ForAll @DoubleRange(min = -50, max = 50) double c) {
    double[][] x = Sets.features(seed, 25, 3);
    double[][] t = Sets.targets(seed, x, 1);
    double[][] wider = Sets.map(x, row -> new double[] {row[0], row[1], row[2], c});
    double[] plain = Sets.numbers(LeastSquares.plain().solve(Sets.numbers(x, t)));
    double[] found = Sets.numbers(LeastSquares.plain().solve(Sets.numbers(wider, t)));
    for (int i = 0; i < 3; i++) {
      assertEquals(plain[i], found[i], 1e-11);
    }
    assertEquals(0, found[3]);
    assertEquals(plain[3], found[4], 1e-10);
  }

  @Property(tries = 50, seed = "1")
  void aFeatureInOtherUnitsGetsItsWeightInTheInverseUnits(
      @ForAll @IntRange(max = 1000) int seed, @ForAll @IntRange(min = -3, max = 3) int exponent) {
    double unit = Math.pow(10, exponent);
    double[][] x = Sets.features(seed, 25, 3);
    double[][] t = Sets.targets(seed, x, 1);
    double[][] scaled = Sets.map(x, row -> new double[] {row[0], row[1] * unit, row[2]});
    double[] plain = Sets.numbers(LeastSquares.plain().solve(Sets.numbers(x, t)));
    double[] found = Sets.numbers(LeastSquares.plain().solve(Sets.numbers(scaled, t)));
    plain[1] /= unit;
    for (int i = 0; i < plain.length; i++) {
      assertEquals(plain[i], found[i], 1e-9 * Math.max(1, Math.abs(plain[i])));
    }
  }

  @Property(tries = 50, seed = "1")
  void targetsMovedAndScaledMoveAndScaleTheModel(@ForAll @IntRange(max = 1000) int seed) {
    double[][] x = Sets.features(seed, 25, 3);
    double[][] t = Sets.targets(seed, x, 1);
    double[][] moved = Sets.map(t, row -> new double[] {-2 * row[0] + 7});
    double[] plain = Sets.numbers(LeastSquares.ridge(0.2).solve(Sets.numbers(x, t)));
    double[] found = Sets.numbers(LeastSquares.ridge(0.2).solve(Sets.numbers(x, moved)));
    for (int i = 0; i < plain.length; i++) {
      assertEquals(-2 * plain[i] + (i == 3 ? 7 : 0), found[i], 1e-10);
    }
  }

  @Property(tries = 30, seed = "1")
  void moreRidgeNeverMakesWeightsLonger(@ForAll @IntRange(max = 1000) int seed) {
    double[][] x = Sets.features(seed, 20, 4);
    double[][] t = Sets.targets(seed, x, 1);
    double before = Double.POSITIVE_INFINITY;
    for (double l2 : new double[] {0, 1e-3, 0.1, 1, 100, 1e6}) {
      double norm = 0;
      for (double w : Sets.weight(new LeastSquares(l2).solve(Sets.numbers(x, t)))) {
        norm += w * w;
      }
      assertEquals(Math.min(before, norm), norm);
      before = norm;
    }
    assertEquals(0, before, 1e-6);
  }

  static void assertSame(DirectSolution expected, DirectSolution found, double tolerance) {
    double[] left = Sets.numbers(expected);
    double[] right = Sets.numbers(found);
    for (int i = 0; i < left.length; i++) {
      assertEquals(left[i], right[i], tolerance * Math.max(1, Math.abs(left[i])));
    }
  }
}
