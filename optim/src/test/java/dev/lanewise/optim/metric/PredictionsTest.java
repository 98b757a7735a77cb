package dev.lanewise.optim.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.data.Dataset;
import dev.lanewise.layers.Initialisers;
import dev.lanewise.layers.Linear;
import dev.lanewise.layers.loss.SoftmaxCrossEntropy;
import dev.lanewise.optim.Blobs;
import dev.lanewise.optim.metric.ConfusionMatrix.Average;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The conventions for ties, empty classes, NaN and ends.
class PredictionsTest {
  private static final double NAN = Double.NaN;

  private static Predictions of(double[] labels, double[]... outputs) {
    return new Predictions(
        DoubleTensor.matrix(outputs), DoubleTensor.vector(labels), outputs[0].length);
  }

  private static double[] row(double... outputs) {
    return outputs;
  }

  @Test
  void ofEqualOutputsTheFirstIsTheAnswer() {
    Predictions tie = of(row(0, 1, 2), row(5, 5, 5), row(5, 5, 5), row(5, 5, 5));
    assertArrayEquals(new boolean[] {true, false, false}, tie.correct());
    assertEquals(1 / 3.0, tie.topK(1).estimate());
    assertEquals(2 / 3.0, tie.topK(2).estimate());
    assertEquals(1, tie.topK(3).estimate());
  }

  @Test
  void aRowWithNanHasNoAnswerAndIsNeverRight() {
    Predictions broken = of(row(0, 1, 1), row(NAN, 1), row(1, NAN), row(0, 1));
    assertArrayEquals(new boolean[] {false, false, true}, broken.correct());
    assertEquals(1 / 3.0, broken.topK(2).estimate());
    ConfusionMatrix matrix = ConfusionMatrix.of(broken);
    assertEquals(2, matrix.of(1).support());
    assertEquals(0.5, matrix.of(1).recall());
    assertEquals(1, matrix.average(Average.MICRO).precision());
    assertEquals(1 / 3.0, matrix.average(Average.MICRO).recall());
    assertEquals(1, Calibration.of(broken, 10).bins().stream().mapToLong(b -> b.rows()).sum());
  }

  @Test
  void aSingleOutputStandsForTwoClasses() {
    Predictions single =
        new Predictions(
            DoubleTensor.matrix(row(-2), row(0), row(3)), DoubleTensor.vector(0, 0, 1), 2);
    Predictions two = of(row(0, 0, 1), row(0, -2), row(0, 0), row(0, 3));
    assertArrayEquals(two.correct(), single.correct());
    assertArrayEquals(two.probabilities(1), single.probabilities(1));
    assertEquals(1 / (1 + Math.exp(2)), single.probabilities(1)[0], 1e-16);
    assertArrayEquals(two.logLosses(), single.logLosses());
    assertArrayEquals(two.brierScores(), single.brierScores());
  }

  @Test
  void nothingIsCutOffTheLogLoss() {
    Predictions sure = of(row(0, 1), row(1000, 0), row(1000, 0));
    assertArrayEquals(row(0, 1000), sure.logLosses(), 1e-12);
    Predictions impossible = of(row(0, 0), row(Double.NEGATIVE_INFINITY, 0), row(0, 0));
    assertEquals(Double.POSITIVE_INFINITY, impossible.logLosses()[0]);
  }

  @Test
  void whatIsNotDefinedIsNan() {
    double[] scores = {1, 2};
    assertEquals(NAN, Ranking.rocAuc(scores, new boolean[] {true, true}));
    assertEquals(NAN, Ranking.rocAuc(scores, new boolean[] {false, false}));
    assertEquals(NAN, Ranking.averagePrecision(scores, new boolean[] {false, false}));
    assertEquals(1, Ranking.averagePrecision(scores, new boolean[] {true, true}));
    assertEquals(NAN, Ranking.rocAuc(row(NAN, 1), new boolean[] {true, false}));
    assertEquals(NAN, Ranking.averagePrecision(row(1, NAN), new boolean[] {true, false}));
    Predictions constant = new Predictions(DoubleTensor.vector(1, 2), DoubleTensor.vector(5, 5), 0);
    assertEquals(NAN, new RegressionErrors(constant).determination(Bootstrap.of(1)).estimate());
  }

  @Test
  void scoresThatAreAllEqualRankLikeChance() {
    assertEquals(0.5, Ranking.rocAuc(row(1, 1, 1, 1), new boolean[] {true, false, false, true}));
    assertEquals(
        0.25, Ranking.averagePrecision(row(1, 1, 1, 1), new boolean[] {true, false, false, false}));
    assertEquals(1, Ranking.rocAuc(row(0.1, 0.9, 0.8), new boolean[] {false, true, true}));
    assertEquals(0, Ranking.rocAuc(row(0.1, 0.9, 0.8), new boolean[] {true, false, false}));
  }

  @Test
  void wilsonsIntervalStaysWithinZeroAndOneAndHasAWidthAtTheEnds() {
    Interval none = Interval.wilson(0, 10);
    assertEquals(0, none.low());
    assertEquals(0.2775, none.high(), 1e-4);
    Interval all = Interval.wilson(10, 10);
    assertEquals(1, all.high());
    assertEquals(1 - 0.2775, all.low(), 1e-4);
    assertThrows(IllegalArgumentException.class, () -> Interval.wilson(1, 0));
    assertThrows(IllegalArgumentException.class, () -> Interval.wilson(3, 2));
  }

  @Test
  void theBootstrapOfAMeanIsNearTheNormalIntervalAndRepeatsItself() {
    RandomGenerator random = Key.of(9).generator();
    double[] values = random.doubles(400).toArray();
    Interval found = Bootstrap.of(1).ofMean(values);
    double mean = Arrays.stream(values).average().orElseThrow();
    double half = 1.96 * Math.sqrt(1 / 12.0 / 400);
    assertEquals(mean, found.estimate(), 1e-12);
    assertEquals(mean - half, found.low(), 0.15 * half);
    assertEquals(mean + half, found.high(), 0.15 * half);
    assertEquals(found, Bootstrap.of(1).ofMean(values));
    assertTrue(found.low() != Bootstrap.of(2).ofMean(values).low());
    assertThrows(IllegalArgumentException.class, () -> new Bootstrap(39, Key.of(1)));
  }

  @Test
  void aDifferenceThatIsClearExcludesZeroAndOneThatIsNotIncludesIt() {
    Interval clear = new McNemar(1000, 80, 20).difference();
    assertEquals(0.06, clear.estimate());
    assertTrue(clear.low() > 0 && clear.high() < 0.1, clear.toString());
    Interval unclear = new McNemar(1000, 22, 20).difference();
    assertTrue(unclear.low() < 0 && unclear.high() > 0, unclear.toString());
    McNemar swapped = new McNemar(1000, 20, 80);
    assertEquals(new McNemar(1000, 80, 20).exactP(), swapped.exactP());
    assertEquals(-clear.low(), swapped.difference().high(), 1e-15);
  }

  @Test
  void modelsAreComparedRowByRow() {
    boolean[] first = {true, true, false, false, true};
    boolean[] second = {true, false, false, true, false};
    assertEquals(new McNemar(5, 2, 1), McNemar.of(first, second));
    assertThrows(
        IllegalArgumentException.class, () -> McNemar.of(first, new boolean[] {true, false}));
    assertThrows(IllegalArgumentException.class, () -> new McNemar(5, 3, 3));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Tensor three = DoubleTensor.matrix(row(1, 2, 3));
    assertThrows(ShapeException.class, () -> new Predictions(three, DoubleTensor.vector(0, 1), 3));
    assertThrows(ShapeException.class, () -> new Predictions(three, DoubleTensor.vector(0), 2));
    for (double label : new double[] {-1, 3, 0.5, NAN}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new Predictions(three, DoubleTensor.vector(label), 3));
    }
    assertThrows(ShapeException.class, () -> new Predictions(three, DoubleTensor.vector(0), 0));
    assertThrows(IllegalArgumentException.class, () -> of(row(0), row(1, 2)).topK(0));
    assertThrows(IllegalArgumentException.class, () -> new RegressionErrors(of(row(0), row(1, 2))));
  }

  @Test
  void theEvaluatorsPredictionsGiveTheEvaluatorsMetrics() {
    Dataset rows = Blobs.of(1000, 12, 4, 5);
    Linear model = Linear.of(12, 4, Initialisers.glorotUniform(1), Key.of(3));
    try (Workspace workspace = Workspace.of(2)) {
      Evaluator evaluator = new Evaluator(model, new SoftmaxCrossEntropy(), 300);
      Metrics metrics = evaluator.evaluate(rows, workspace);
      Predictions predictions = evaluator.predict(rows, workspace);
      assertEquals(1000, predictions.rows());
      assertEquals(metrics.accuracy(), predictions.accuracy().estimate());
      double logLoss = Arrays.stream(predictions.logLosses()).average().orElseThrow();
      assertEquals(metrics.loss(), logLoss, 1e-6 * logLoss);
      assertThrows(
          IllegalArgumentException.class, () -> evaluator.predict(rows.select(), workspace));
    }
  }
}
