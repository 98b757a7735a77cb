package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Provenance;
import dev.lanewise.data.TensorDataset;
import dev.lanewise.layers.Activations;
import dev.lanewise.layers.Dropout;
import dev.lanewise.layers.Initialisers;
import dev.lanewise.layers.Linear;
import dev.lanewise.layers.Sequential;
import dev.lanewise.layers.loss.SoftmaxCrossEntropy;
import dev.lanewise.layers.loss.SquaredError;
import dev.lanewise.optim.optimizer.Adam;
import dev.lanewise.optim.optimizer.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  private static final Dataset BLOBS = Blobs.of(70, 6, 3, 1);

  /// y = 3·relu(−x) + 2·relu(x), the rows x = 1 and 2, and the targets 0.
  private static final Dataset TWO_ROWS =
      TensorDataset.regression(
          Tensor.of(DType.FLOAT64, Shape.of(2, 1), 1, 2),
          Tensor.of(DType.FLOAT64, Shape.of(2, 1), 0, 0),
          Provenance.of("two rows"));

  private static Linear linear(double[]... weights) {
    return new Linear(Parameter.of(DoubleTensor.matrix(weights)), Optional.empty());
  }

  private static Sequential tiny() {
    return Sequential.of(
        linear(new double[] {1, -1}),
        Activations.relu(),
        linear(new double[] {2}, new double[] {3}));
  }

  private static <T> List<T> only(Class<T> kind, List<TrainingEvent> events) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  // h = [1 0; 2 0], y = [2 4], L = ½·(2² + 4²)/2, ∂L/∂y = y/2 = [1 2], ∂L/∂W₂ = hᵀ·∂L/∂y = [5 0],
  // ∂L/∂z = [2 0; 4 0], ∂L/∂W₁ = xᵀ·∂L/∂z = [1·2 + 2·4, 0]; the rate 1/32 makes Δw of it.
  @Test
  void theNumbersOfAStepAreThoseComputedByHand() {
    List<TrainingEvent> events = new ArrayList<>();
    Trainer.of(tiny(), new SquaredError(), Sgd.of(1. / 32))
        .batchSize(2)
        .epochs(1)
        .statistics(1, TWO_ROWS)
        .observer(events::add)
        .fit(TWO_ROWS);
    StepStatistics step = only(TrainingEvent.StepMeasured.class, events).getFirst().statistics();
    assertEquals(
        Map.of(
            "layers.0.weight",
            new StepStatistics.OfParameter(10, Math.sqrt(2), 10. / 32),
            "layers.2.weight",
            new StepStatistics.OfParameter(5, Math.sqrt(13), 5. / 32)),
        step.parameters());
    assertEquals(Math.sqrt(125), step.gradientNorm(), 1e-14);
    assertEquals(
        10. / 32 / Math.sqrt(2), step.parameters().values().iterator().next().updateRatio(), 1e-16);
  }

  // W₁ = [1 − 10/32, −1] after the step: h = [0.6875 0; 1.375 0], whose mean is 0.515625 and whose
  // mean square is 0.5908203125.
  @Test
  void theNumbersOfActivationsAreThoseComputedByHand() {
    List<TrainingEvent> events = new ArrayList<>();
    Trainer.of(tiny(), new SquaredError(), Sgd.of(1. / 32))
        .batchSize(2)
        .epochs(1)
        .statistics(1, TWO_ROWS)
        .observer(events::add)
        .fit(TWO_ROWS);
    TrainingEvent.EpochMeasured measured =
        only(TrainingEvent.EpochMeasured.class, events).getFirst();
    assertEquals(1, measured.epoch());
    assertEquals(1, measured.step());
    assertEquals(1, measured.activations().size());
    ActivationStatistics relu = measured.activations().getFirst();
    assertEquals("Relu", relu.op());
    assertEquals("layers.0.weight", relu.after());
    assertEquals(2, relu.units());
    assertEquals(1, relu.dead());
    assertEquals(0.5, relu.deadShare());
    assertEquals(0.515625, relu.mean(), 1e-15);
    assertEquals(Math.sqrt(0.5908203125 - 0.515625 * 0.515625), relu.deviation(), 1e-15);
  }

  @Test
  void activationsOverSeveralBatchesCountAsOneSample() {
    int rows = 1200; // more than two batches of the evaluator
    double[] x = new double[rows];
    x[rows - 1] = -4; // wakes the second unit in the last batch alone
    Dataset sample =
        TensorDataset.regression(
            Tensor.of(DType.FLOAT64, Shape.of(rows, 1), x),
            Tensor.zeros(DType.FLOAT64, Shape.of(rows, 1)),
            Provenance.of("one row alive"));
    List<TrainingEvent> events = new ArrayList<>();
    Trainer.of(tiny(), new SquaredError(), Sgd.of(1e-300))
        .epochs(1)
        .statistics(1, sample)
        .observer(events::add)
        .fit(TWO_ROWS);
    ActivationStatistics relu =
        only(TrainingEvent.EpochMeasured.class, events).getFirst().activations().getFirst();
    assertEquals(1, relu.dead());
    double mean = 4. / (2 * rows);
    assertEquals(mean, relu.mean(), 1e-15);
    assertEquals(Math.sqrt(16. / (2 * rows) - mean * mean), relu.deviation(), 1e-14);
  }

  private static Sequential network() {
    Key key = Key.of(1);
    return Sequential.of(
        Linear.of(6, 16, Initialisers.heNormal(0), key.with(0)),
        Activations.relu(),
        new Dropout(0.3),
        Linear.of(16, 8, Initialisers.heNormal(0), key.with(1)),
        Activations.tanh(),
        Linear.of(8, 3, Initialisers.glorotUniform(1), key.with(2)));
  }

  private static Trainer trainer(Sequential model) {
    return Trainer.of(model, new SoftmaxCrossEntropy(), Adam.of(0.01))
        .batchSize(10)
        .epochs(3)
        .l2(1e-3)
        .averaging(Averaging.exponential(0.9));
  }

  @Test
  void theBitsAreTheSameWithStatisticsAndWithout() {
    Sequential without = network();
    TrainingResult plain = trainer(without).fit(BLOBS, BLOBS);
    for (int threads : new int[] {1, 3}) {
      Sequential with = network();
      TrainingResult measured =
          trainer(with).threads(threads).workPerThread(1).statistics(2, BLOBS).fit(BLOBS, BLOBS);
      assertEquals(
          plain.best().orElseThrow().validation(), measured.best().orElseThrow().validation());
      List<Parameter> expected = Parameters.of(without).list();
      for (int i = 0; i < expected.size(); i++) {
        assertTrue(
            expected.get(i).value().sameBits(Parameters.of(with).list().get(i).value()),
            "parameter " + i + " with " + threads + " threads");
      }
    }
  }

  @Test
  void theFirstStepAndEverySoManyAreMeasuredBeforeTheyAreToldAsDone() {
    List<TrainingEvent> events = new ArrayList<>();
    trainer(network()).epochs(1).statistics(3, BLOBS).observer(events::add).fit(BLOBS, BLOBS);
    assertEquals(
        List.of(1L, 4L, 7L),
        only(TrainingEvent.StepMeasured.class, events).stream()
            .map(TrainingEvent.StepMeasured::step)
            .toList());
    assertTrue(events.get(1) instanceof TrainingEvent.StepMeasured, events.get(1).toString());
    assertTrue(events.get(2) instanceof TrainingEvent.StepDone, events.get(2).toString());
  }

  @Test
  void dropoutAndTheOutputAreNoActivations() {
    List<TrainingEvent> events = new ArrayList<>();
    trainer(network()).epochs(1).statistics(3, BLOBS).observer(events::add).fit(BLOBS, BLOBS);
    assertEquals(
        List.of("Relu after layers.0.bias", "Tanh after layers.3.bias"),
        only(TrainingEvent.EpochMeasured.class, events).getFirst().activations().stream()
            .map(each -> each.op() + " after " + each.after())
            .toList());
  }

  @Test
  void nothingIsMeasuredUnlessAskedFor() {
    List<TrainingEvent> events = new ArrayList<>();
    trainer(network()).epochs(1).observer(events::add).fit(BLOBS, BLOBS);
    assertEquals(List.of(), only(TrainingEvent.StepMeasured.class, events));
    assertEquals(List.of(), only(TrainingEvent.EpochMeasured.class, events));
  }

  @Test
  void nonsenseIsRefused() {
    Trainer trainer = trainer(network());
    assertThrows(IllegalArgumentException.class, () -> trainer.statistics(0, BLOBS));
    Dataset nothing = BLOBS.select(new int[0]);
    assertThrows(IllegalArgumentException.class, () -> trainer.statistics(1, nothing));
  }
}
