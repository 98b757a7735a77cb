package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.data.Dataset;
import dev.lanewise.layers.Activations;
import dev.lanewise.layers.Initialisers;
import dev.lanewise.layers.Linear;
import dev.lanewise.layers.Sequential;
import dev.lanewise.layers.loss.SoftmaxCrossEntropy;
import dev.lanewise.optim.metric.Metrics;
import dev.lanewise.optim.optimizer.Sgd;
import dev.lanewise.optim.stopping.EarlyStopping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AveragingTest {
  private static final int EPOCHS = 3;
  private static final Dataset ROWS = Blobs.of(70, 5, 3, 1);

  /// The weights after each step, and those of the trained model.
  private record Trained(List<double[]> steps, List<Double> losses, double[] model) {}

  private static Trained train(Trainer trainer, Sequential model, Dataset validation) {
    List<double[]> steps = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    trainer
        .observer(
            event -> {
              if (event instanceof TrainingEvent.StepDone step) {
                steps.add(weights(model));
                losses.add(step.loss());
              }
            })
        .fit(ROWS, validation);
    return new Trained(steps, losses, weights(model));
  }

  private static double[] weights(Sequential model) {
    return Parameters.of(model).list().stream()
        .map(parameter -> parameter.value())
        .map(Tensor::toDoubles)
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  private static Sequential model(int hidden) {
    Key key = Key.of(1);
    return Parameters.convert(
        Sequential.of(
            Linear.of(5, hidden, Initialisers.heNormal(0), key.with(0)),
            Activations.relu(),
            Linear.of(hidden, 3, Initialisers.glorotUniform(1), key.with(1))),
        DType.FLOAT64);
  }

  private static Trainer trainer(Sequential model, int threads) {
    return Trainer.of(model, new SoftmaxCrossEntropy(), Sgd.of(0.3))
        .batchSize(16)
        .epochs(EPOCHS)
        .threads(threads)
        .workPerThread(1);
  }

  private static Trained train(Averaging averaging, int threads) {
    Sequential model = model(7);
    return train(trainer(model, threads).averaging(averaging), model, ROWS.select());
  }

  @Test
  void theMeanIsTheMeanOfTheWeightsItLookedAt() {
    Trained trained = train(new Averaging(new Averaging.Mean(7), 2), 1);
    double[] mean = new double[trained.model().length];
    int count = 0;
    for (int step = 8; step <= trained.steps().size(); step += 2) {
      double[] weights = trained.steps().get(step - 1);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += weights[i];
      }
      count++;
    }
    assertTrue(count > 2, "the training is too short to tell");
    for (int i = 0; i < mean.length; i++) {
      assertEquals(mean[i] / count, trained.model()[i], 1e-12);
    }
  }

  @Test
  void theExponentialAverageForgetsByAge() {
    Trained trained = train(new Averaging(new Averaging.Exponential(0.75), 1), 1);
    double[] average =
        Parameters.of(model(7)).list().stream()
            .flatMapToDouble(each -> Arrays.stream(each.value().toDoubles()))
            .toArray();
    for (int step = 1; step <= trained.steps().size(); step++) {
      double rate = Math.max(0.25, 9.0 / (10 + step));
      double[] weights = trained.steps().get(step - 1);
      for (int i = 0; i < average.length; i++) {
        average[i] += rate * (weights[i] - average[i]);
      }
    }
    assertArrayEquals(average, trained.model(), 1e-12);
  }

  @Test
  void trainingItselfGoesOnWithTheWeights() {
    Sequential plain = model(7);
    Trained without = train(trainer(plain, 1), plain, ROWS.select());
    Trained with = train(Averaging.exponential(0.9), 1);
    assertEquals(without.losses(), with.losses());
    assertArrayEquals(without.model(), with.steps().getLast());
    assertNotEquals(without.model()[0], with.model()[0]);
  }

  @Test
  void theBestEpochIsTheAveragesAndIsWhatWasMeasured() {
    Sequential model = model(7);
    Trainer trainer =
        trainer(model, 1)
            .averaging(Averaging.exponential(0.9))
            .earlyStopping(EarlyStopping.minimising(), Metrics::loss);
    TrainingResult result = trainer.fit(ROWS, ROWS);
    int best = result.bestEpoch().orElseThrow();
    Metrics recorded = result.history().get(best - 1).validation().orElseThrow();
    assertEquals(recorded, trainer.evaluate(ROWS));
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    List<double[]> found = new ArrayList<>();
    for (int threads : new int[] {1, 4}) {
      Sequential model = model(9000);
      found.add(
          train(trainer(model, threads).averaging(Averaging.exponential(0.9)), model, ROWS.select())
              .model());
    }
    assertArrayEquals(found.getFirst(), found.getLast());
  }

  @Property(tries = 200)
  void theRateNeverExceedsOneAndForgetsNoSlowerThanAsked(
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double decay,
      @ForAll @IntRange(min = 1, max = 20) int every,
      @ForAll @IntRange(min = 1, max = 100_000) int step) {
    double rate = new Averaging(new Averaging.Exponential(decay), every).rate(step);
    if (step % every == 0) {
      assertTrue(rate >= 1 - Math.pow(decay, every) - 1e-12 && rate <= 1, "rate " + rate);
    } else {
      assertTrue(rate == 0 || step < every && rate == 1, "rate " + rate);
    }
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Averaging.exponential(1));
    assertThrows(IllegalArgumentException.class, () -> Averaging.exponential(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Averaging.mean(0));
    assertThrows(
        IllegalArgumentException.class, () -> new Averaging(new Averaging.Exponential(0.5), 0));
  }
}
