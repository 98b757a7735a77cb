package dev.lanewise.optim.direct;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.random.Key;
import dev.lanewise.data.Dataset;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Least absolute deviations, against exact arithmetic and by duality.
class LeastAbsoluteDeviationsTest {
  private static final DirectSolver SOLVER = new LeastAbsoluteDeviations();

  private static final Map<String, Dataset> PROBLEMS =
      Map.of(
          "line",
          Sets.numbers(
              new double[][] {{0}, {1}, {2}, {3}, {4}}, new double[][] {{1}, {3}, {4}, {4}, {90}}),
          "plane",
          Sets.numbers(
              new double[][] {{1, 2}, {2, -1}, {0, 5}, {3, 3}, {-4, 1}, {2, 2}, {7, 0}},
              new double[][] {{1}, {2}, {3}, {1}, {0}, {-8}, {5}}),
          "repeated",
          Sets.numbers(
              new double[][] {{0}, {0}, {0}, {1}, {1}, {1}, {1}},
              new double[][] {{1}, {2}, {9}, {4}, {4}, {8}, {0}}));

  /// The file is made by `python3 least_absolute.py` in its folder.
  @Test
  void theObjectiveEqualsTheLeastOfAllVertices() throws IOException {
    List<String> lines = LeastSquaresTest.lines("least_absolute.csv");
    assertEquals(3, lines.size());
    for (String line : lines) {
      String[] parts = line.split(",");
      DirectSolution solution = SOLVER.solve(PROBLEMS.get(parts[0]));
      assertEquals(Double.parseDouble(parts[1]), solution.objective(), 1e-12, line);
      assertEquals(0, solution.optimality(), 1e-12, line);
    }
  }

  @Test
  void oneWildTargetMovesNothing() {
    double[][] x = {{0}, {1}, {2}, {3}, {4}, {5}};
    double[][] t = {{1}, {3}, {5}, {7}, {1e6}, {11}};
    assertArrayEquals(new double[] {2, 1}, Sets.numbers(SOLVER.solve(Sets.numbers(x, t))), 1e-8);
  }

  @Test
  void withoutInformationTheBiasIsTheMedian() {
    double[][] x = {{3}, {3}, {3}};
    double[][] t = {{1}, {2}, {50}};
    assertArrayEquals(new double[] {0, 2}, Sets.numbers(SOLVER.solve(Sets.numbers(x, t))), 1e-12);
  }

  @Test
  void targetsThatAreAllTheSameAreFittedExactly() {
    DirectSolution solution =
        SOLVER.solve(Sets.numbers(Sets.features(1, 9, 2), Sets.map(new double[9][1], r -> SEVEN)));
    assertArrayEquals(new double[] {0, 0, 7}, Sets.numbers(solution), 1e-12);
  }

  private static final double[] SEVEN = {7};

  @Property(tries = 60, seed = "1")
  void noOtherWeightsAreBetter(
      @ForAll @IntRange(max = 1000) int seed,
      @ForAll @IntRange(min = 1, max = 60) int rows,
      @ForAll @IntRange(min = 1, max = 4) int features) {
    double[][] x = Sets.features(seed, rows, features);
    double[][] t = Sets.targets(seed, x, 2);
    DirectSolution best = SOLVER.solve(Sets.numbers(x, t));
    double[] w = Sets.numbers(best);
    assertEquals(objective(x, t, w), best.objective(), 1e-10);
    assertEquals(0, best.optimality(), 1e-10);
    RandomGenerator draws = Key.of(seed).with("other weights").generator();
    for (int i = 0; i < 20; i++) {
      double[] other = w.clone();
      for (int j = 0; j < other.length; j++) {
        other[j] += Math.pow(10, -i / 4.0) * draws.nextGaussian();
      }
      double value = objective(x, t, other);
      assertTrue(value >= best.objective() - 1e-12, () -> value + " < " + best.objective());
    }
  }

  /// Zero is a subgradient: where residuals are zero, signs between −1 and 1 can be chosen so that
  /// all sums vanish. For one feature that is checked by hand: moving bias or weight either way
  /// costs.
  @Property(tries = 40, seed = "1")
  void everyDirectionCosts(@ForAll @IntRange(max = 1000) int seed) {
    double[][] x = Sets.features(seed, 31, 1);
    double[][] t = Sets.targets(seed, x, 1);
    double[] w = Sets.numbers(SOLVER.solve(Sets.numbers(x, t)));
    for (int angle = 0; angle < 360; angle++) {
      double a = Math.cos(Math.toRadians(angle));
      double b = Math.sin(Math.toRadians(angle));
      double slope = 0;
      for (int row = 0; row < x.length; row++) {
        double residual = x[row][0] * w[0] + w[1] - t[row][0];
        double change = a * x[row][0] + b;
        slope += Math.abs(residual) < 1e-9 ? Math.abs(change) : Math.signum(residual) * change;
      }
      double found = slope;
      assertTrue(found >= -1e-9, () -> "the objective falls with slope " + found);
    }
  }

  @Property(tries = 30, seed = "1")
  void theOrderOfTheRowsDoesNotChangeTheObjective(@ForAll @IntRange(max = 1000) int seed) {
    double[][] x = Sets.features(seed, 25, 3);
    Dataset set = Sets.numbers(x, Sets.targets(seed, x, 1));
    int[] backwards = new int[25];
    for (int row = 0; row < 25; row++) {
      backwards[row] = 24 - row;
    }
    assertEquals(
        SOLVER.solve(set).objective(), SOLVER.solve(set.select(backwards)).objective(), 1e-11);
  }

  private static double objective(double[][] x, double[][] t, double[] w) {
    int outputs = t[0].length;
    int features = x[0].length;
    double sum = 0;
    for (int row = 0; row < x.length; row++) {
      for (int output = 0; output < outputs; output++) {
        double y = w[features * outputs + output];
        for (int i = 0; i < features; i++) {
          y += x[row][i] * w[i * outputs + output];
        }
        sum += Math.abs(y - t[row][output]);
      }
    }
    return sum / x.length;
  }
}
