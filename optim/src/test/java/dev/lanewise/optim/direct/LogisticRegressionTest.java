package dev.lanewise.optim.direct;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.OneHot;
import dev.lanewise.data.Provenance;
import dev.lanewise.data.TensorDataset;
import dev.lanewise.layers.Initialisers;
import dev.lanewise.layers.Linear;
import dev.lanewise.layers.loss.BinaryCrossEntropyWithLogits;
import dev.lanewise.layers.loss.SoftmaxCrossEntropy;
import dev.lanewise.optim.Trainer;
import dev.lanewise.optim.optimizer.Sgd;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Softmax and logistic regression, against high precision and gradient descent.
class LogisticRegressionTest {
  private static final double[][] POINTS = {
    {0, 1}, {1, 3}, {2, -1}, {3, 2}, {4, 0}, {5, 1}, {1, 0}, {3, -2}
  };
  private static final Map<String, Dataset> PROBLEMS =
      Map.of(
          "three classes", Sets.classes(POINTS, 0, 0, 1, 1, 2, 2, 2, 0),
          "two classes", Sets.classes(POINTS, 0, 1, 1, 0, 1, 1, 0, 0),
          "yes or no",
              Sets.numbers(
                  new double[][] {{0}, {1}, {2}, {3}, {4}, {5}},
                  new double[][] {{0}, {0}, {1}, {0}, {1}, {1}}));

  /// The file is made by `python3 logistic_regression.py` in its folder.
  @Test
  void weightsEqualThoseOfHighPrecision() throws IOException {
    List<String> lines = LeastSquaresTest.lines("logistic_regression.csv");
    assertEquals(6, lines.size());
    for (String line : lines) {
      String[] parts = line.split(",");
      double l2 = Double.parseDouble(parts[1]);
      double[] expected = Arrays.stream(parts).skip(2).mapToDouble(Double::parseDouble).toArray();
      DirectSolution solution = new LogisticRegression(l2).solve(PROBLEMS.get(parts[0]));
      double[] found = Sets.numbers(solution);
      assertEquals(expected.length, found.length, line);
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], found[i], 1e-12 * Math.max(1, Math.abs(expected[i])), line);
      }
      assertEquals(0, solution.optimality(), 1e-14, line);
      assertTrue(solution.iterations() < 12, solution.explanation());
    }
  }

  @Test
  void gradientDescentEndsAtTheSameWeightsAndMeasuresTheSameObjective() {
    Dataset classes = PROBLEMS.get("three classes");
    assertLimit(classes, new SoftmaxCrossEntropy(), 3);
    assertLimit(OneHot.apply(classes), new BinaryCrossEntropyWithLogits(), 3);
    assertLimit(PROBLEMS.get("yes or no"), new BinaryCrossEntropyWithLogits(), 1);
  }

  private static void assertLimit(Dataset set, Loss loss, int outputs) {
    double l2 = 0.05;
    DirectSolution solution = new LogisticRegression(l2).solve(set);
    Linear trained =
        Parameters.convert(
            Linear.of(set.featureShape().size(), outputs, Initialisers.glorotUniform(1), Key.of(1)),
            DType.FLOAT64);
    Trainer trainer =
        Trainer.of(trained, loss, Sgd.of(0.3)).batchSize(set.size()).epochs(8000).l2(l2).threads(1);
    trainer.fit(set);
    double[] weight = trained.weight().value().toDoubles();
    assertArrayEquals(Sets.weight(solution), weight, 1e-9);
    double penalty = 0.5 * l2 * Arrays.stream(weight).map(w -> w * w).sum();
    assertEquals(trainer.evaluate(set).loss() + penalty, solution.objective(), 1e-12);
  }

  @Test
  void separableClassesHaveNoOptimumWithoutPenaltyAndOneWith() {
    Dataset set = Sets.classes(new double[][] {{0, 0}, {1, 1}, {2, 3}, {4, 3}}, 0, 0, 1, 1);
    assertNoOptimum(set, "the classes are linearly separable");
    DirectSolution solution = new LogisticRegression(1e-6).solve(set);
    assertEquals(0, solution.optimality(), 1e-12);
    assertTrue(solution.objective() > 0);
  }

  @Test
  void severalSeparableClassesHaveNoOptimumEither() {
    double[][] corners = {{0, 0}, {10, 0}, {0, 10}, {1, 0}, {10, 1}, {1, 10}};
    assertNoOptimum(Sets.classes(corners, 0, 1, 2, 0, 1, 2), "the classes are linearly separable");
  }

  @Test
  void classesThatTouchOnlyOnTheBoundaryHaveNoOptimum() {
    // At x = 1 there are both classes, below only one, above only the other.
    double[][] x = {{0}, {1}, {1}, {2}};
    assertNoOptimum(Sets.classes(x, 0, 0, 1, 1), "separable up to rows on the boundary");
    Dataset numbers = Sets.numbers(x, new double[][] {{0}, {0}, {1}, {1}});
    assertNoOptimum(numbers, "the rows of output 0 are linearly separable up to");
    assertEquals(0, new LogisticRegression(1e-3).solve(numbers).optimality(), 1e-13);
  }

  @Test
  void oneRowOnTheWrongSideIsEnoughForAnOptimum() {
    double[][] x = new double[200][1];
    int[] classes = new int[200];
    for (int row = 0; row < 200; row++) {
      x[row][0] = row;
      classes[row] = row < 100 ? 0 : 1;
    }
    classes[99] = 1;
    classes[100] = 0;
    DirectSolution solution = LogisticRegressionTest.plain(Sets.classes(x, classes));
    assertEquals(0, solution.optimality(), 1e-11);
    // By symmetry the boundary is in the middle, at 99.5.
    double[] w = Sets.numbers(solution);
    assertEquals(99.5, -w[3] / w[1], 1e-9);
  }

  @Test
  void probabilitiesAsTargetsAlwaysHaveAnOptimum() {
    // σ(x − 1) exactly: the weights are found again.
    double[][] x = {{-3}, {-1}, {0}, {2}, {5}};
    double[][] t = Sets.map(x, row -> new double[] {1 / (1 + Math.exp(1 - row[0]))});
    assertArrayEquals(new double[] {1, -1}, Sets.numbers(plain(Sets.numbers(x, t))), 1e-12);
  }

  @Test
  void aFeatureThatDependsOnOthersChangesNoPrediction() {
    double[][] wider =
        Sets.map(POINTS, row -> new double[] {row[0], row[1], row[0] - 2 * row[1] + 3});
    DirectSolution narrow = plain(Sets.classes(POINTS, 0, 0, 1, 1, 2, 2, 2, 0));
    DirectSolution solution = plain(Sets.classes(wider, 0, 0, 1, 1, 2, 2, 2, 0));
    assertEquals(narrow.objective(), solution.objective(), 1e-14);
    assertTrue(solution.explanation().contains("rank 2 of 3"), solution.explanation());
    assertFalse(narrow.explanation().contains("rank"), narrow.explanation());
  }

  @Test
  void featuresWithoutInformationLeaveTheShares() {
    Dataset set = Sets.classes(new double[][] {{1}, {1}, {1}, {1}}, 0, 1, 1, 1);
    double[] w = Sets.numbers(plain(set));
    assertArrayEquals(new double[] {0, 0}, Arrays.copyOf(w, 2));
    assertEquals(Math.log(3), w[3] - w[2], 1e-14);
    assertEquals(0, w[2] + w[3], 1e-14);
  }

  @Test
  void whatCannotBeSolvedIsRefusedInASentence() {
    Dataset oneSided =
        TensorDataset.classification(
            DoubleTensor.matrix(new double[] {1}, new double[] {2}),
            DoubleTensor.vector(0, 0),
            List.of("yes", "no"),
            Provenance.of("test"));
    assertRefused(new LogisticRegression(1), oneSided, "no row has the class 'no'");
    assertRefused(
        new LogisticRegression(1),
        Sets.numbers(new double[][] {{1}, {2}}, new double[][] {{1}, {1}}),
        "target 0 is 1 in all rows");
    assertRefused(
        new LogisticRegression(1),
        Sets.numbers(new double[][] {{1}, {2}}, new double[][] {{1}, {2}}),
        "target 0 of row 1 must be between 0 and 1, but it is 2.0");
    assertRefused(
        new LogisticRegression(1),
        Sets.numbers(new double[2][9000], new double[][] {{1}, {0}}),
        "9001 unknowns are too many");
    assertThrows(IllegalArgumentException.class, () -> new LogisticRegression(-1));
  }

  static DirectSolution plain(Dataset set) {
    return new LogisticRegression(0).solve(set);
  }

  private static void assertNoOptimum(Dataset set, String why) {
    assertRefused(new LogisticRegression(0), set, why);
  }

  private static void assertRefused(DirectSolver solver, Dataset set, String why) {
    String message = assertThrows(DataException.class, () -> solver.solve(set)).getMessage();
    assertTrue(message.contains(why), message);
  }
}
