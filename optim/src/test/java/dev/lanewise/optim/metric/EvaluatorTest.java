package dev.lanewise.optim.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.OneHot;
import dev.lanewise.data.Provenance;
import dev.lanewise.data.TensorDataset;
import dev.lanewise.layers.Activations;
import dev.lanewise.layers.Initialisers;
import dev.lanewise.layers.Linear;
import dev.lanewise.layers.Sequential;
import dev.lanewise.layers.loss.SoftmaxCrossEntropy;
import dev.lanewise.layers.loss.SquaredError;
import dev.lanewise.optim.Blobs;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatorTest {
  private static final double NAN = Double.NaN;

  private static int correct(Tensor prediction, double... targets) {
    return Scores.correct(prediction, DoubleTensor.vector(targets));
  }

  @Test
  void theClassIsTheLargestOutputAndTheFirstOfEquals() {
    Tensor prediction =
        DoubleTensor.matrix(
            new double[] {1, 3, 2}, new double[] {5, 5, 0}, new double[] {-1, -3, -1});
    assertEquals(3, correct(prediction, 1, 0, 0));
    assertEquals(0, correct(prediction, 0, 1, 2));
  }

  @Test
  void aSingleOutputIsClassOneExactlyIfItIsPositive() {
    assertEquals(4, correct(DoubleTensor.vector(-1, 0, -0.0, 1e-300), 0, 0, 0, 1));
    Tensor column = DoubleTensor.matrix(new double[] {-2}, new double[] {2});
    assertEquals(
        2, Scores.correct(column, DoubleTensor.matrix(new double[] {0}, new double[] {1})));
  }

  @Test
  void nanIsNeverCorrect() {
    Tensor prediction = DoubleTensor.matrix(new double[] {NAN, 1}, new double[] {1, NAN});
    assertEquals(0, correct(prediction, 0, 0) + correct(prediction, 1, 1));
    assertEquals(0, correct(DoubleTensor.vector(NAN), 0) + correct(DoubleTensor.vector(NAN), 1));
  }

  @Test
  void rowsThatDoNotMatchAreRefused() {
    Tensor three = DoubleTensor.matrix(new double[] {1, 2, 3}, new double[] {1, 2, 3});
    assertThrows(ShapeException.class, () -> correct(three, 0, 1, 2));
    Tensor two = DoubleTensor.matrix(new double[] {1, 0}, new double[] {1, 0});
    assertThrows(ShapeException.class, () -> Scores.correct(three, two));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 100})
  void aPartialBatchCountsByItsRows(int batchSize) {
    Dataset rows =
        TensorDataset.regression(
            DoubleTensor.matrix(
                new double[] {1},
                new double[] {2},
                new double[] {3},
                new double[] {4},
                new double[] {5}),
            DoubleTensor.matrix(
                new double[] {0},
                new double[] {0},
                new double[] {0},
                new double[] {0},
                new double[] {0}),
            Provenance.of("numbers"));
    Linear identity =
        new Linear(Parameter.of(DoubleTensor.matrix(new double[] {1})), Optional.empty());
    try (Workspace workspace = Workspace.of(1)) {
      Metrics metrics =
          new Evaluator(identity, new SquaredError(), batchSize).evaluate(rows, workspace);
      assertEquals(5, metrics.examples());
      assertEquals(5.5, metrics.loss(), 1e-15);
      assertEquals(11, metrics.meanSquaredError(), 1e-14);
      assertThrows(NoSuchElementException.class, metrics::accuracy);
    }
  }

  @Test
  void manyThreadsAndShardsGiveTheSameMetrics() {
    Dataset rows = Blobs.of(1000, 12, 4, 5);
    Key key = Key.of(3);
    Sequential model =
        Sequential.of(
            Linear.of(12, 16, Initialisers.heNormal(0), key.with(0)),
            Activations.relu(),
            Linear.of(16, 4, Initialisers.glorotUniform(1), key.with(1)));
    Metrics first;
    try (Workspace workspace = Workspace.of(1)) {
      first = new Evaluator(model, new SoftmaxCrossEntropy()).evaluate(rows, workspace);
    }
    try (Workspace workspace = Workspace.of(4)) {
      Evaluator evaluator = new Evaluator(model, new SoftmaxCrossEntropy());
      assertEquals(first, evaluator.evaluate(rows, workspace));
      assertEquals(first, evaluator.evaluate(rows, workspace));
      assertEquals(first.accuracy(), evaluator.evaluate(OneHot.apply(rows), workspace).accuracy());
    }
    assertTrue(first.accuracy() > 0 && first.accuracy() < 1);
    assertEquals(1 - first.accuracy(), first.zeroOneLoss());
  }

  @Test
  void noRowsHaveNoMean() {
    Linear model =
        new Linear(Parameter.of(DoubleTensor.matrix(new double[] {1})), Optional.empty());
    Dataset none =
        TensorDataset.regression(
                DoubleTensor.matrix(new double[] {1}),
                DoubleTensor.matrix(new double[] {1}),
                Provenance.of("one"))
            .select();
    try (Workspace workspace = Workspace.of(1)) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new Evaluator(model, new SquaredError()).evaluate(none, workspace));
    }
  }
}
