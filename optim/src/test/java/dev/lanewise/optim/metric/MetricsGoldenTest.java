package dev.lanewise.optim.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.optim.metric.ConfusionMatrix.Average;
import dev.lanewise.optim.metric.ConfusionMatrix.ClassScores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Beside `metrics.csv`, which `metrics.py` (in the same folder of resources) makes with
/// scikit-learn and SciPy.
class MetricsGoldenTest {
  private List<String[]> lines = List.of();
  private final Map<String, Double> golden = new HashMap<>();

  @BeforeEach
  void read() throws IOException {
    try (InputStream in = MetricsGoldenTest.class.getResourceAsStream("metrics.csv")) {
      if (in == null) {
        throw new AssertionError("metrics.csv is not among the test's resources");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      lines = text.lines().map(line -> line.split(",")).toList();
    }
    lines.stream()
        .filter(line -> line[0].equals("value"))
        .forEach(line -> golden.put(line[1], Double.parseDouble(line[2])));
  }

  /// The numbers of the lines of a kind, one row for each.
  private double[][] data(String kind) {
    return lines.stream()
        .filter(line -> line[0].equals(kind))
        .map(line -> Arrays.stream(line).skip(1).mapToDouble(Double::parseDouble).toArray())
        .toArray(double[][]::new);
  }

  private void check(String name, double found) {
    double expected = golden.getOrDefault(name, Double.NaN);
    assertEquals(expected, found, 1e-12 * Math.abs(expected), name);
  }

  private Predictions classes() {
    double[][] rows = data("classes");
    double[][] outputs =
        Arrays.stream(rows)
            .map(row -> Arrays.copyOfRange(row, 1, row.length))
            .toArray(double[][]::new);
    double[] labels = Arrays.stream(rows).mapToDouble(row -> row[0]).toArray();
    return new Predictions(DoubleTensor.matrix(outputs), DoubleTensor.vector(labels), 5);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  @Test
  void accuracyAndTopKWithWilsonsInterval() {
    Predictions predictions = classes();
    check("accuracy", predictions.accuracy().estimate());
    check("wilson-low", predictions.accuracy().low());
    check("wilson-high", predictions.accuracy().high());
    check("top-2", predictions.topK(2).estimate());
    check("top-3", predictions.topK(3).estimate());
    assertEquals(1, predictions.topK(5).estimate());
  }

  @Test
  void theConfusionMatrixAndWhatFollows() {
    ConfusionMatrix matrix = ConfusionMatrix.of(classes());
    for (int label = 0; label < 5; label++) {
      for (int answer = 0; answer < 5; answer++) {
        check("confusion-" + label + "-" + answer, matrix.count(label, answer));
      }
      checkScores(Integer.toString(label), matrix.of(label));
    }
    for (Average how : Average.values()) {
      checkScores(how.name().toLowerCase(Locale.ROOT), matrix.average(how));
    }
    assertEquals(0, matrix.of(4).precision(), "the last class is never answered");
  }

  private void checkScores(String name, ClassScores scores) {
    check("precision-" + name, scores.precision());
    check("recall-" + name, scores.recall());
    check("f1-" + name, scores.f1());
  }

  @Test
  void probabilitiesAreScored() {
    Predictions predictions = classes();
    check("log-loss", mean(predictions.logLosses()));
    check("brier", mean(predictions.brierScores()));
    check("ece", Calibration.of(predictions, 15).expectedError());
    check("mce", Calibration.of(predictions, 15).largestError());
  }

  @Test
  void rankingsOfClassesAndOfScoresWithTies() {
    Predictions predictions = classes();
    check("roc-auc", Ranking.oneAgainstRest(predictions, Ranking::rocAuc));
    check("average-precision", Ranking.oneAgainstRest(predictions, Ranking::averagePrecision));
    double[][] rows = data("scores");
    double[] scores = Arrays.stream(rows).mapToDouble(row -> row[1]).toArray();
    boolean[] positive = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      positive[i] = rows[i][0] == 1;
    }
    check("binary-roc-auc", Ranking.rocAuc(scores, positive));
    check("binary-average-precision", Ranking.averagePrecision(scores, positive));
  }

  @Test
  void errorsOfNumbers() {
    double[][] rows = data("numbers");
    Predictions predictions =
        new Predictions(
            DoubleTensor.matrix(
                Arrays.stream(rows)
                    .map(row -> Arrays.copyOfRange(row, 2, 4))
                    .toArray(double[][]::new)),
            DoubleTensor.matrix(
                Arrays.stream(rows)
                    .map(row -> Arrays.copyOfRange(row, 0, 2))
                    .toArray(double[][]::new)),
            0);
    RegressionErrors errors = new RegressionErrors(predictions);
    Bootstrap bootstrap = Bootstrap.of(1);
    check("mse", errors.meanSquared(bootstrap).estimate());
    check("mae", errors.meanAbsolute(bootstrap).estimate());
    check("r2", errors.determination(bootstrap).estimate());
    assertEquals(
        Math.sqrt(golden.getOrDefault("mse", 0.0)),
        errors.rootMeanSquared(bootstrap).estimate(),
        1e-14);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", "5, 5", "10, 3", "15, 40", "200, 150", "1200, 1000"})
  void mcNemarsTest(int onlyFirst, int onlySecond) {
    McNemar test = new McNemar(5000, onlyFirst, onlySecond);
    String name = "mcnemar-" + onlyFirst + "-" + onlySecond;
    assertEquals(golden.getOrDefault(name + "-exact", -1.0), test.exactP(), 1e-11 * test.exactP());
    check(name + "-chi2", test.chiSquared());
    double p = golden.getOrDefault(name + "-p", -1.0);
    assertEquals(p, test.chiSquaredP(), 1e-13 + 1e-12 * p);
  }
}
