package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.op.MatMul;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Provenance;
import dev.lanewise.data.TensorDataset;
import dev.lanewise.layers.Activations;
import dev.lanewise.layers.Initialisers;
import dev.lanewise.layers.Linear;
import dev.lanewise.layers.Sequential;
import dev.lanewise.layers.loss.SoftmaxCrossEntropy;
import dev.lanewise.layers.loss.SquaredError;
import dev.lanewise.optim.metric.Metrics;
import dev.lanewise.optim.optimizer.Adam;
import dev.lanewise.optim.optimizer.Sgd;
import dev.lanewise.optim.stopping.EarlyStopping;
import dev.lanewise.optim.stopping.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {
  private static final double[][] XOR = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};

  private static Sequential network(int in, int hidden, int out, long seed) {
    Key key = Key.of(seed).with("weights");
    return Sequential.of(
        Linear.of(in, hidden, Initialisers.heNormal(0), key.with(0)),
        Activations.relu(),
        Linear.of(hidden, out, Initialisers.glorotUniform(1), key.with(1)));
  }

  /// One weight; the loss ½(w·x − t)² is as large as x makes it.
  private static Linear line(double weight) {
    return new Linear(Parameter.of(DoubleTensor.matrix(new double[] {weight})), Optional.empty());
  }

  private static Dataset numbers(double[] x, double[] t) {
    return TensorDataset.regression(
        Tensor.of(DType.FLOAT64, Shape.of(x.length, 1), x),
        Tensor.of(DType.FLOAT64, Shape.of(t.length, 1), t),
        Provenance.of("numbers"));
  }

  private static List<Tensor> weights(Layer model) {
    return Parameters.of(model).list().stream().map(p -> p.value().copy()).toList();
  }

  private static void assertSameBits(List<Tensor> expected, List<Tensor> found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      assertTrue(expected.get(i).sameBits(found.get(i)), "the weights of parameter " + i);
    }
  }

  /// True at the n-th question.
  private static BooleanSupplier atStep(int n) {
    int[] asked = {0};
    return () -> ++asked[0] == n;
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void xorIsLearned(DType dtype) {
    Dataset xor =
        TensorDataset.classification(
            DoubleTensor.matrix(XOR),
            DoubleTensor.vector(0, 1, 1, 0),
            List.of("equal", "different"),
            Provenance.of("xor"));
    Sequential model = Parameters.convert(network(2, 8, 2, 1), dtype);
    Trainer trainer =
        Trainer.of(model, new SoftmaxCrossEntropy(), Adam.of(0.02))
            .batchSize(4)
            .epochs(300)
            .threads(1);
    TrainingResult result = trainer.fit(xor);
    assertEquals(StopReason.EPOCHS, result.stop());
    assertEquals(300, result.steps());
    Metrics metrics = trainer.evaluate(xor);
    assertEquals(1, metrics.accuracy());
    assertTrue(metrics.loss() < 0.05, () -> "the loss is " + metrics.loss());
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void theWeightsAreTheSameBitsWithOneAndFourThreads(DType dtype) {
    Dataset training = Blobs.of(500, 20, 4, 1);
    Dataset validation = Blobs.of(300, 20, 4, 2);
    List<List<Tensor>> found = new ArrayList<>();
    List<Metrics> metrics = new ArrayList<>();
    for (int threads : new int[] {1, 4, 4}) {
      Sequential model = Parameters.convert(network(20, 33, 4, 1), dtype);
      Trainer trainer =
          Trainer.of(model, new SoftmaxCrossEntropy(), Adam.of(1e-2))
              .batchSize(96)
              .epochs(4)
              .l2(1e-3)
              .seed(7)
              .threads(threads)
              .workPerThread(1);
      TrainingResult result = trainer.fit(training, validation);
      found.add(weights(model));
      metrics.add(result.history().getLast().validation().orElseThrow());
    }
    assertSameBits(found.get(0), found.get(1));
    assertSameBits(found.get(0), found.get(2));
    assertEquals(metrics.get(0), metrics.get(1));
  }

  @Test
  void theBestWeightsAreRestoredAndGiveTheRecordedMetricToTheBit() {
    Dataset training = Blobs.of(60, 20, 4, 1);
    Dataset validation = Blobs.of(200, 20, 4, 2);
    Sequential model = network(20, 64, 4, 3);
    Trainer trainer =
        Trainer.of(model, new SoftmaxCrossEntropy(), Adam.of(0.02))
            .batchSize(10)
            .epochs(100)
            .earlyStopping(EarlyStopping.minimising().patience(4), Metrics::loss);
    TrainingResult result = trainer.fit(training, validation);
    assertEquals(StopReason.PATIENCE, result.stop());
    EpochRecord best = result.best().orElseThrow();
    assertTrue(best.best());
    assertEquals(result.history().size(), best.epoch() + 4);
    assertEquals(best.validation().orElseThrow(), trainer.evaluate(validation));
    assertTrue(
        result.history().stream()
            .allMatch(
                epoch ->
                    epoch.validation().orElseThrow().loss()
                        >= best.validation().orElseThrow().loss()));
  }

  @Test
  void otherSeedsGiveOtherOrders() {
    List<List<Tensor>> found = new ArrayList<>();
    for (long seed : new long[] {1, 2}) {
      Sequential model = network(20, 8, 4, 1);
      Trainer.of(model, new SoftmaxCrossEntropy(), Sgd.of(0.1))
          .epochs(1)
          .seed(seed)
          .fit(Blobs.of(100, 20, 4, 1));
      found.add(weights(model));
    }
    assertFalse(found.get(0).getFirst().sameBits(found.get(1).getFirst()));
  }

  @Test
  void aLossThatIsNotFiniteStopsAtItsStepAndKeepsTheInitialWeights() {
    // Far too large a rate: w grows by the factor −999 in each step, until the loss overflows.
    Dataset ones = numbers(new double[] {1, 1, 1}, new double[] {0, 0, 0});
    Linear model = line(1);
    TrainingResult result =
        Trainer.of(model, new SquaredError(), Sgd.of(1000))
            .batchSize(1)
            .epochs(1000)
            .threads(1)
            .fit(ones);
    // Step s has the loss ½·999^(2(s−1)), which is above 1.8e308 from s = 53 on.
    TrainingResult.Divergence divergence = result.divergence().orElseThrow();
    assertEquals(StopReason.DIVERGED, result.stop());
    assertEquals(53, divergence.step());
    assertEquals(18, divergence.epoch());
    assertEquals(52, result.steps());
    // 17 epochs were completed, with the weight −999⁵¹ at their end.
    assertEquals(OptionalInt.of(17), result.bestEpoch());
    assertEquals(-Math.pow(999, 51), model.weight().value().item(), 1e-12 * Math.pow(999, 51));
    assertTrue(result.explanation().contains("step 53 (epoch 18)"), result.explanation());
    assertTrue(result.explanation().contains("Infinity"), result.explanation());
  }

  @Test
  void divergenceKeepsTheWeightsOfTheBestEpoch() {
    Dataset ones = numbers(new double[] {1, 1, 1}, new double[] {0, 0, 0});
    Linear model = line(1);
    TrainingResult result =
        Trainer.of(model, new SquaredError(), Sgd.of(1000))
            .batchSize(1)
            .epochs(1000)
            .threads(1)
            .fit(ones, ones);
    assertEquals(StopReason.DIVERGED, result.stop());
    assertEquals(OptionalInt.of(1), result.bestEpoch());
    assertEquals(-999. * 999 * 999, model.weight().value().item());
  }

  @Test
  void aNanInTheFirstEpochKeepsTheInitialWeights() {
    Dataset broken = numbers(new double[] {1, Double.NaN}, new double[] {0, 0});
    Linear model = line(0.5);
    TrainingResult result =
        Trainer.of(model, new SquaredError(), Adam.of(0.1)).batchSize(1).fit(broken, broken);
    TrainingResult.Divergence divergence = result.divergence().orElseThrow();
    assertEquals(1, divergence.epoch());
    assertEquals(result.steps() + 1, divergence.step());
    assertEquals("the loss is NaN", divergence.what());
    assertTrue(result.bestEpoch().isEmpty());
    assertEquals(0.5, model.weight().value().item());
    assertTrue(result.history().isEmpty());
  }

  @Test
  void aWeightThatIsNotFiniteIsNamed() {
    // The loss is finite and its gradient too, but the step is too long for a double.
    Dataset one = numbers(new double[] {1e100}, new double[] {0});
    Linear model = line(1);
    TrainingResult result =
        Trainer.of(model, new SquaredError(), Sgd.of(1e200)).batchSize(1).fit(one);
    TrainingResult.Divergence divergence = result.divergence().orElseThrow();
    assertEquals(1, divergence.step());
    assertTrue(divergence.what().startsWith("weight has"), divergence.what());
    assertEquals(1, model.weight().value().item());
  }

  @Test
  void anInterruptStopsAfterTheStep() {
    Dataset training = Blobs.of(40, 20, 4, 1);
    Sequential interrupted = network(20, 8, 4, 1);
    List<TrainingEvent> events = new ArrayList<>();
    TrainingResult result =
        Trainer.of(interrupted, new SoftmaxCrossEntropy(), Sgd.of(0.1))
            .batchSize(10)
            .stopWhen(atStep(3))
            .observer(events::add)
            .fit(training, training);
    assertEquals(StopReason.INTERRUPTED, result.stop());
    assertEquals(3, result.steps());
    assertTrue(result.bestEpoch().isEmpty());
    assertEquals(5, events.size(), "started, three steps, stopped");
    assertTrue(result.explanation().contains("step 3 (epoch 1)"), result.explanation());
    assertFalse(weights(network(20, 8, 4, 1)).getFirst().sameBits(weights(interrupted).getFirst()));
  }

  @Test
  void anInterruptInALaterEpochRestoresTheBest() {
    Dataset training = Blobs.of(40, 20, 4, 1);
    Sequential model = network(20, 8, 4, 1);
    Trainer trainer =
        Trainer.of(model, new SoftmaxCrossEntropy(), Sgd.of(0.1)).batchSize(10).stopWhen(atStep(6));
    TrainingResult result = trainer.fit(training, training);
    assertEquals(6, result.steps());
    assertEquals(OptionalInt.of(1), result.bestEpoch());
    assertEquals(
        result.history().getFirst().validation().orElseThrow(), trainer.evaluate(training));
  }

  @Test
  void observersHearEverythingInOrder() {
    List<TrainingEvent> events = new ArrayList<>();
    Sequential model = network(20, 8, 4, 1);
    TrainingResult result =
        Trainer.of(model, new SoftmaxCrossEntropy(), Sgd.of(0.1))
            .batchSize(30)
            .epochs(2)
            .observer(events::add)
            .fit(Blobs.of(100, 20, 4, 1), Blobs.of(50, 20, 4, 2));
    assertEquals(new TrainingEvent.Started(20 * 8 + 8 + 8 * 4 + 4, 100, 4, 2), events.getFirst());
    List<String> kinds = events.stream().map(e -> e.getClass().getSimpleName()).toList();
    List<String> epoch = List.of("StepDone", "StepDone", "StepDone", "StepDone", "EpochDone");
    List<String> expected = new ArrayList<>(List.of("Started"));
    expected.addAll(epoch);
    expected.addAll(epoch);
    expected.add("Stopped");
    assertEquals(expected, kinds);
    TrainingEvent.StepDone last = (TrainingEvent.StepDone) events.get(9);
    assertEquals(2, last.epoch());
    assertEquals(8, last.step());
    assertEquals(10, last.samples());
    assertEquals(new TrainingEvent.Stopped(result), events.getLast());
  }

  @Test
  void theTrainingLossIsTheMeanOverRowsAlsoWithAPartialBatch() {
    // A rate so small that the weight stays 1 to the last digits shown: losses ½, ½, 2.
    Dataset three = numbers(new double[] {1, 1, 2}, new double[] {0, 0, 0});
    TrainingResult result =
        Trainer.of(line(1), new SquaredError(), Sgd.of(1e-300)).batchSize(2).epochs(1).fit(three);
    assertEquals(1, result.history().getFirst().trainingLoss(), 1e-15);
  }

  @Test
  void ridgeRegressionEndsAtTheSolutionOfTheNormalEquations() {
    // Over the 4 rows Σ xxᵀ = [[6,1],[1,2]] and Σ xt = [4,0]; the loss divides both by n = 4, so
    // (XᵀX/4 + λI)w = Xᵀt/4. With λ = 1/4: [[7,1],[1,3]]w = [4,0], w = [0.6,−0.2].
    Dataset rows =
        TensorDataset.regression(
            DoubleTensor.matrix(
                new double[] {1, 1}, new double[] {2, 0}, new double[] {1, 0}, new double[] {0, 1}),
            DoubleTensor.matrix(
                new double[] {1}, new double[] {1}, new double[] {1}, new double[] {-1}),
            Provenance.of("four rows"));
    Linear model =
        new Linear(
            Parameter.of(DoubleTensor.matrix(new double[] {3}, new double[] {-2})),
            Optional.empty());
    TrainingResult result =
        Trainer.of(model, new SquaredError(), Sgd.of(0.4))
            .batchSize(4)
            .epochs(300)
            .l2(0.25)
            .fit(rows);
    assertEquals(0.6, model.weight().value().get(0, 0), 1e-12);
    assertEquals(-0.2, model.weight().value().get(1, 0), 1e-12);
    assertEquals(0.05, result.history().getLast().penalty(), 1e-12);
  }

  @Test
  void whatCannotBeTrainedIsRefused() {
    Dataset one = numbers(new double[] {1}, new double[] {1});
    Layer lambda = x -> x;
    assertThrows(
        IllegalArgumentException.class,
        () -> Trainer.of(lambda, new SquaredError(), Sgd.of(1)).fit(one));
    Linear frozen =
        new Linear(Parameter.frozen(DoubleTensor.matrix(new double[] {1})), Optional.empty());
    assertThrows(
        IllegalArgumentException.class,
        () -> Trainer.of(frozen, new SquaredError(), Sgd.of(1)).fit(one));
    Dataset none = one.select();
    assertThrows(
        IllegalArgumentException.class,
        () -> Trainer.of(line(1), new SquaredError(), Sgd.of(1)).fit(none));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Trainer.of(line(1), new SquaredError(), Sgd.of(1))
                .earlyStopping(EarlyStopping.minimising().patience(1), Metrics::loss)
                .fit(one));
    Trainer trainer = Trainer.of(line(1), new SquaredError(), Sgd.of(1));
    assertThrows(IllegalArgumentException.class, () -> trainer.batchSize(0));
    assertThrows(IllegalArgumentException.class, () -> trainer.epochs(0));
    assertThrows(IllegalArgumentException.class, () -> trainer.threads(0));
  }

  @Test
  void stepsWithLittleToComputeAreLeftToFewerThreads() {
    Trainer small =
        Trainer.of(network(784, 128, 10, 1), new SoftmaxCrossEntropy(), Sgd.of(1)).threads(4);
    assertEquals(1, small.batchSize(32).stepThreads());
    assertEquals(3, small.batchSize(64).stepThreads());
    assertEquals(4, small.batchSize(128).stepThreads());
    assertEquals(2, small.batchSize(128).threads(2).stepThreads());
    Trainer large =
        Trainer.of(network(784, 600, 10, 1), new SoftmaxCrossEntropy(), Sgd.of(1)).threads(4);
    assertEquals(4, large.batchSize(32).stepThreads());
  }

  @Test
  void aParameterThatTheModelHidesIsNotSilentlyLeftUntrained() {
    record Scaled(Linear inner, Map<String, Linear> hidden) implements Layer {
      @Override
      public Node apply(Node x) {
        return Objects.requireNonNull(hidden.get("first")).apply(inner.apply(x));
      }
    }
    Layer model = new Scaled(line(1), Map.of("first", line(1)));
    Dataset one = numbers(new double[] {1}, new double[] {1});
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Trainer.of(model, new SquaredError(), Sgd.of(1e-3)).fit(one));
    assertTrue(refused.getMessage().contains("not in arrays, maps"), refused.getMessage());
  }

  @Test
  void aModelThatComputesWithSomethingElseIsNoticedWhenTheBestIsRestored() {
    record Drifting(Linear inner, int[] calls) implements Layer {
      @Override
      public Node apply(Node x) {
        Tensor factor = DoubleTensor.matrix(new double[] {++calls[0]});
        return x.graph().apply(new MatMul(), inner.apply(x), x.graph().constant(factor));
      }
    }
    Dataset one = numbers(new double[] {1}, new double[] {1});
    Drifting model = new Drifting(line(0.5), new int[1]);
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> Trainer.of(model, new SquaredError(), Sgd.of(1e-3)).epochs(2).fit(one, one));
    assertTrue(refused.getMessage().contains("restored weights"), refused.getMessage());
  }

  /// Passes its input on, and notes one draw of each training step.
  private record Noting(List<Long> draws) implements Op<@Nullable Void> {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inputs.getFirst();
    }

    @Override
    public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
      if (pass.training()) {
        draws.add(pass.random().nextLong());
      }
      TensorMath.copy(inputs.getFirst(), output);
      return null;
    }

    @Override
    public void backward(
        @Nullable Void saved,
        List<Tensor> inputs,
        Tensor output,
        Tensor outputGradient,
        GradientSink sink,
        Pass pass) {
      TensorMath.accumulate(outputGradient, sink.beta(0), sink.buffer(0));
    }
  }

  private static List<Long> drawsOfTraining(long seed) {
    record Noisy(Linear inner, Noting noting) implements Layer {
      @Override
      public Node apply(Node x) {
        return x.graph().apply(noting, inner.apply(x));
      }
    }
    Dataset two = numbers(new double[] {1, 2}, new double[] {1, 2});
    Noting noting = new Noting(new ArrayList<>());
    Trainer.of(new Noisy(line(0.5), noting), new SquaredError(), Sgd.of(0.1))
        .batchSize(1)
        .epochs(2)
        .seed(seed)
        .fit(two, two);
    return noting.draws();
  }

  @Test
  void theDrawsOfAStepDeriveFromSeedAndStep() {
    List<Long> draws = drawsOfTraining(1);
    assertEquals(4, draws.stream().distinct().count(), "two epochs of two steps");
    assertEquals(draws, drawsOfTraining(1));
    assertTrue(drawsOfTraining(2).stream().noneMatch(draws::contains));
  }
}
