package dev.lanewise.optim.direct;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.OneHot;
import dev.lanewise.data.PolynomialFeatures;
import dev.lanewise.data.Provenance;
import dev.lanewise.data.TensorDataset;
import dev.lanewise.layers.Initialisers;
import dev.lanewise.layers.Linear;
import dev.lanewise.layers.loss.SquaredError;
import dev.lanewise.optim.Trainer;
import dev.lanewise.optim.metric.Evaluator;
import dev.lanewise.optim.metric.Metrics;
import dev.lanewise.optim.optimizer.Sgd;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Least squares and ridge regression, against exact arithmetic and gradient descent.
class LeastSquaresTest {
  private static final Map<String, Dataset> PROBLEMS =
      Map.of(
          "line",
          Sets.numbers(new double[][] {{0}, {1}, {2}, {3}}, new double[][] {{1}, {3}, {4}, {4}}),
          "two outputs",
          Sets.numbers(
              new double[][] {{1, 2}, {2, -1}, {0, 5}, {3, 3}, {-4, 1}},
              new double[][] {{1, 0}, {2, 5}, {3, -1}, {1, 1}, {0, 7}}),
          "scales",
          Sets.numbers(
              new double[][] {
                {1000001, 1 / 1024.0, 3},
                {1000003, 5 / 1024.0, -2},
                {1000002, -7 / 1024.0, 8},
                {1000009, 2 / 1024.0, 1},
                {999998, 9 / 1024.0, 0},
                {1000000, 4 / 1024.0, 5}
              },
              new double[][] {{1}, {-2}, {8}, {3}, {0}, {5}}),
          "exact",
          Sets.numbers(
              new double[][] {{1, 0}, {0, 1}, {1, 1}, {2, 3}},
              new double[][] {{3}, {4}, {6}, {13}}));

  /// The file is made by `python3 least_squares.py` in its folder.
  @Test
  void weightsEqualThoseOfExactArithmetic() throws IOException {
    List<String> lines = lines("least_squares.csv");
    assertEquals(12, lines.size());
    for (String line : lines) {
      String[] parts = line.split(",");
      double l2 = Double.parseDouble(parts[1]);
      double[] expected = Arrays.stream(parts).skip(2).mapToDouble(Double::parseDouble).toArray();
      double[] found = Sets.numbers(new LeastSquares(l2).solve(PROBLEMS.get(parts[0])));
      assertEquals(expected.length, found.length, line);
      for (int i = 0; i < expected.length; i++) {
        // A bias of a million times a weight has the weight's rounding a million times.
        double scale = parts[0].equals("scales") ? 1e6 : 1;
        assertEquals(
            expected[i], found[i], 1e-14 * scale * Math.max(1, Math.abs(expected[i])), line);
      }
    }
  }

  @Test
  void gradientDescentEndsAtTheSameWeightsAndMeasuresTheSameObjective() {
    for (double l2 : new double[] {0, 0.3}) {
      Dataset set = PROBLEMS.get("two outputs");
      DirectSolution solution = new LeastSquares(l2).solve(set);
      Linear trained =
          Parameters.convert(
              Linear.of(2, 2, Initialisers.glorotUniform(1), Key.of(1)), DType.FLOAT64);
      Trainer trainer =
          Trainer.of(trained, new SquaredError(), Sgd.of(0.1)).batchSize(5).epochs(3000).l2(l2);
      trainer.threads(1).fit(set);
      assertArrayEquals(
          Sets.weight(solution), trained.weight().value().toDoubles(), 1e-10, "weight");
      assertArrayEquals(
          Sets.bias(solution), trained.bias().orElseThrow().value().toDoubles(), 1e-10, "bias");
      double penalty = 0.5 * l2 * Arrays.stream(Sets.weight(solution)).map(w -> w * w).sum();
      assertEquals(trainer.evaluate(set).loss() + penalty, solution.objective(), 1e-9);
    }
  }

  @Test
  void theSolutionIsAModelLikeAnyOther() {
    DirectSolution solution = LeastSquares.plain().solve(PROBLEMS.get("line"));
    try (Workspace workspace = Workspace.of(1)) {
      Metrics metrics =
          new Evaluator(solution.model(), new SquaredError())
              .evaluate(PROBLEMS.get("line"), workspace);
      assertEquals(metrics.loss(), solution.objective(), 1e-15);
      assertEquals(metrics.meanSquaredError(), 2 * solution.objective(), 1e-15);
    }
  }

  @Test
  void ofManyBestWeightsThoseOfLeastNormAreReturnedAndSaidToBe() {
    // The second feature is twice the first: w = (1, 2)/5 is the shortest with w₁ + 2w₂ = 1.
    Dataset set =
        Sets.numbers(new double[][] {{1, 2}, {2, 4}, {5, 10}}, new double[][] {{11}, {12}, {15}});
    DirectSolution solution = LeastSquares.plain().solve(set);
    assertArrayEquals(new double[] {0.2, 0.4, 10}, Sets.numbers(solution), 1e-14);
    assertTrue(solution.explanation().contains("rank 1 of 2"), solution.explanation());
    assertTrue(solution.explanation().contains("least norm"), solution.explanation());
  }

  @Test
  void fewerRowsThanFeaturesAreFittedExactly() {
    double[][] x = Sets.features(3, 4, 9);
    DirectSolution solution = LeastSquares.plain().solve(Sets.numbers(x, Sets.targets(3, x, 2)));
    assertEquals(0, solution.objective(), 1e-24);
    assertTrue(solution.explanation().contains("rank 3 of 9"), solution.explanation());
  }

  @Test
  void aConstantFeatureGetsNoWeight() {
    double[][] x = {{0.1, 1}, {0.1, 2}, {0.1, 4}};
    DirectSolution solution =
        LeastSquares.plain().solve(Sets.numbers(x, new double[][] {{1}, {2}, {4}}));
    assertArrayEquals(new double[] {0, 1, 0}, Sets.numbers(solution), 1e-14);
  }

  @Test
  void onlyConstantFeaturesLeaveTheMean() {
    double[][] x = {{0.1}, {0.1}, {0.1}};
    DirectSolution solution =
        LeastSquares.plain().solve(Sets.numbers(x, new double[][] {{1}, {2}, {6}}));
    assertArrayEquals(new double[] {0, 3}, Sets.numbers(solution), 1e-15);
    assertTrue(solution.condition().isEmpty());
  }

  @Test
  void rowsOfSeveralBlocksAreSolvedAsOne() {
    double[][] x = Sets.features(5, 2500, 4);
    DirectSolution solution = LeastSquares.plain().solve(Sets.numbers(x, Sets.targets(5, x, 3)));
    assertEquals(0, solution.optimality(), 1e-10);
  }

  @Test
  void polynomialFeaturesMakeAPolynomialOfALinearModel() {
    double[][] x = {{-2}, {-1}, {0}, {1}, {2}, {3}};
    double[][] t = Sets.map(x, row -> new double[] {1 - row[0] + 2 * Math.pow(row[0], 3)});
    Dataset cubic = new PolynomialFeatures(3, true).apply(Sets.numbers(x, t));
    assertArrayEquals(
        new double[] {-1, 0, 2, 1}, Sets.numbers(LeastSquares.plain().solve(cubic)), 1e-12);
  }

  @Test
  void theConditionIsThatOfTheCentredFeatures() {
    double[][] x = {{1, 0}, {-1, 0}, {0, 10}, {0, -10}};
    Dataset set = Sets.numbers(x, new double[][] {{1}, {2}, {3}, {4}});
    assertEquals(10, LeastSquares.plain().solve(set).condition().orElseThrow(), 1e-13);
    double ridge = Math.sqrt((200 + 4 * 0.5) / (2 + 4 * 0.5));
    assertEquals(ridge, LeastSquares.ridge(0.5).solve(set).condition().orElseThrow(), 1e-13);
  }

  @Test
  void whatCannotBeSolvedIsRefusedInASentence() {
    Dataset classes = Sets.classes(new double[][] {{1}, {2}}, 0, 1);
    String message =
        assertThrows(ShapeException.class, () -> LeastSquares.plain().solve(classes)).getMessage();
    assertTrue(message.contains("OneHot.apply"), message);
    assertEquals(
        2, LeastSquares.plain().solve(OneHot.apply(classes)).model().weight().shape().dim(1));

    Dataset broken = Sets.numbers(new double[][] {{1}, {2}}, new double[][] {{1}, {Double.NaN}});
    message =
        assertThrows(DataException.class, () -> LeastSquares.plain().solve(broken)).getMessage();
    assertTrue(message.contains("target 0 of row 1 must be finite"), message);
    assertThrows(
        DataException.class, () -> LeastSquares.plain().solve(PROBLEMS.get("line").select()));
    for (double l2 : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new LeastSquares(l2));
    }
    assertThrows(IllegalArgumentException.class, () -> LeastSquares.ridge(0));
  }

  static List<String> lines(String name) throws IOException {
    try (InputStream in = LeastSquaresTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }

  @Test
  void columnsOfZerosAmongManyHideNothing() {
    int rows = 400;
    int features = 120;
    Tensor x = Tensor.zeros(DType.FLOAT64, Shape.of(rows, features));
    Tensor t = Tensor.zeros(DType.FLOAT64, Shape.of(rows, 1));
    var random = Key.of(1).generator();
    for (int row = 0; row < rows; row++) {
      for (int feature = 15; feature < features; feature++) {
        x.setFlat(row * features + feature, random.nextGaussian());
      }
      t.setFlat(row, 3 * x.getFlat(row * features + 20) - 2 * x.getFlat(row * features + 99) + 1);
    }
    DirectSolution solution =
        LeastSquares.plain().solve(TensorDataset.regression(x, t, Provenance.of("zeros")));
    assertEquals(0, solution.objective(), 1e-24);
    assertEquals(0, solution.optimality(), 1e-12);
    assertEquals(3, solution.model().weight().value().getFlat(20), 1e-12);
    assertEquals(0, solution.model().weight().value().getFlat(3), 0);
  }
}
