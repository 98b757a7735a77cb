package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import dev.lanewise.layers.Safetensors;
import dev.lanewise.layers.Sequential;
import dev.lanewise.layers.loss.SoftmaxCrossEntropy;
import dev.lanewise.layers.loss.SquaredError;
import dev.lanewise.optim.checkpoint.CheckpointException;
import dev.lanewise.optim.checkpoint.CheckpointFolder;
import dev.lanewise.optim.checkpoint.Checkpoints;
import dev.lanewise.optim.checkpoint.Environment;
import dev.lanewise.optim.metric.Metrics;
import dev.lanewise.optim.optimizer.Adam;
import dev.lanewise.optim.optimizer.Optimizers;
import dev.lanewise.optim.stopping.EarlyStopping;
import dev.lanewise.optim.stopping.StopReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {
  private static final Dataset TRAINING = Blobs.of(70, 20, 4, 1);
  private static final Dataset VALIDATION = Blobs.of(50, 20, 4, 2);
  private static final int STEPS = 12;

  @TempDir private Path folder;

  private static Sequential network(long seed) {
    Key key = Key.of(seed);
    return Parameters.convert(
        Sequential.of(
            Linear.of(20, 16, Initialisers.heNormal(0), key.with(0)),
            Activations.relu(),
            Linear.of(16, 4, Initialisers.glorotUniform(1), key.with(1))),
        DType.FLOAT32);
  }

  /// Four epochs of three steps.
  private static Trainer trainer(Sequential model, String optimizer) {
    return Trainer.of(model, new SoftmaxCrossEntropy(), Optimizers.byName(optimizer, 0.02))
        .batchSize(30)
        .epochs(4)
        .earlyStopping(EarlyStopping.minimising().patience(3), Metrics::loss)
        .averaging(new Averaging(new Averaging.Exponential(0.6), 2))
        .l2(1e-3)
        .seed(5)
        .threads(2)
        .workPerThread(1);
  }

  private static Trainer trainer(Sequential model) {
    return trainer(model, "adam");
  }

  private Checkpoints everyStep() {
    return Checkpoints.in(folder).everySteps(1).keepLast(1000);
  }

  /// What a training came to, without times.
  private record Outcome(
      List<EpochRecord> history, OptionalInt best, StopReason stop, long steps, String words) {
    static Outcome of(TrainingResult result) {
      return new Outcome(
          result.history().stream()
              .map(
                  e ->
                      new EpochRecord(
                          e.epoch(),
                          e.steps(),
                          e.trainingLoss(),
                          e.penalty(),
                          e.validation(),
                          e.samples(),
                          0,
                          e.best()))
              .toList(),
          result.bestEpoch(),
          result.stop(),
          result.steps(),
          result.explanation());
    }
  }

  private static void assertSameWeights(Sequential expected, Sequential found, String where) {
    List<Tensor> wanted = weights(expected);
    List<Tensor> got = weights(found);
    for (int i = 0; i < wanted.size(); i++) {
      assertTrue(wanted.get(i).sameBits(got.get(i)), where + ", parameter " + i);
    }
  }

  private static List<Tensor> weights(Sequential model) {
    return Parameters.of(model).list().stream().map(p -> p.value()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"momentum", "adam"})
  void fromEveryStepOnTheWeightsAndTheHistoryAreThoseOfAnUninterruptedTraining(String optimizer) {
    Sequential expected = network(1);
    Outcome uninterrupted =
        Outcome.of(trainer(expected, optimizer).checkpoints(everyStep()).fit(TRAINING, VALIDATION));
    assertEquals(STEPS, uninterrupted.steps());
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    assertEquals(STEPS + 1, checkpoints.steps().size(), "one at step 0 and one after each");
    for (long step = STEPS; step >= 0; step--) {
      Sequential found = network(99);
      TrainingResult resumed = trainer(found, optimizer).resume(folder, TRAINING, VALIDATION);
      assertEquals(uninterrupted, Outcome.of(resumed), "from step " + step);
      assertSameWeights(expected, found, "from step " + step);
      checkpoints.keepOnly(Set.copyOf(checkpoints.steps().subList(0, (int) step)));
    }
  }

  static List<String> optimizers() {
    return Optimizers.names();
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void everyOptimizerRemembersWhatItMust(String optimizer) {
    Sequential expected = network(1);
    trainer(expected, optimizer)
        .checkpoints(Checkpoints.in(folder).everySteps(5).keepLast(10))
        .fit(TRAINING, VALIDATION);
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    checkpoints.keepOnly(Set.of(5L));
    Sequential found = network(2);
    trainer(found, optimizer).resume(folder, TRAINING, VALIDATION);
    assertSameWeights(expected, found, optimizer + " from step 5");
  }

  @Test
  void withoutValidationToo() {
    UnaryOperator<Trainer> plain =
        t -> t.earlyStopping(EarlyStopping.minimising(), Metrics::loss).checkpoints(everyStep());
    Sequential expected = network(1);
    plain.apply(trainer(expected)).fit(TRAINING);
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    checkpoints.keepOnly(Set.of(0L, 3L, 7L));
    Sequential found = network(2);
    plain.apply(trainer(found)).resume(folder, TRAINING);
    assertSameWeights(expected, found, "from step 7");
  }

  @Test
  void anInterruptedTrainingGoesOnWhereItWas() {
    Sequential expected = network(1);
    Outcome uninterrupted = Outcome.of(trainer(expected).fit(TRAINING, VALIDATION));
    for (int at : new int[] {1, 3, 4, 11}) {
      Checkpoints policy = Checkpoints.in(folder.resolve("at" + at));
      int[] asked = {0};
      TrainingResult interrupted =
          trainer(network(1))
              .checkpoints(policy)
              .stopWhen(() -> ++asked[0] == at)
              .fit(TRAINING, VALIDATION);
      assertEquals(StopReason.INTERRUPTED, interrupted.stop());
      assertEquals(at, new CheckpointFolder(policy.folder()).steps().getLast());
      Sequential found = network(7);
      List<TrainingEvent> events = new ArrayList<>();
      TrainingResult resumed =
          trainer(found)
              .checkpoints(policy)
              .observer(events::add)
              .resume(policy.folder(), TRAINING, VALIDATION);
      assertEquals(uninterrupted, Outcome.of(resumed));
      assertSameWeights(expected, found, "after an interrupt at step " + at);
      assertEquals(new TrainingEvent.Resumed(at / 3, at), events.get(1));
      assertEquals(
          STEPS - at, events.stream().filter(e -> e instanceof TrainingEvent.StepDone).count());
    }
  }

  @Test
  void aDamagedCheckpointIsPassedOver() throws IOException {
    Sequential expected = network(1);
    trainer(expected).checkpoints(everyStep()).fit(TRAINING, VALIDATION);
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    checkpoints.keepOnly(Set.of(4L, 5L));
    Path file = checkpoints.of(5).resolve("tensors.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 64;
    Files.write(file, bytes);
    Sequential found = network(3);
    List<TrainingEvent> events = new ArrayList<>();
    trainer(found)
        .checkpoints(everyStep())
        .observer(events::add)
        .resume(folder, TRAINING, VALIDATION);
    assertEquals(new TrainingEvent.Resumed(1, 4), events.get(1));
    assertSameWeights(expected, found, "from step 4");
    assertEquals(List.of(4L, 5L), checkpoints.steps().subList(0, 2), "the fifth is written anew");
  }

  @Test
  void anotherTrainingIsRefusedAndNothingIsChanged() {
    trainer(network(1)).checkpoints(everyStep()).fit(TRAINING, VALIDATION);
    Sequential model = network(2);
    assertRefused(model, trainer(model).seed(6), "seed: was '5', is '6'");
    assertRefused(model, trainer(model).batchSize(31), "batch size: was '30', is '31'");
    assertRefused(model, trainer(model).epochs(5), "early stopping: was ", "maxEpochs=5");
    assertRefused(model, trainer(model).l2(1e-4), "optimizer: was ", "1.0E-4");
    assertRefused(model, trainer(model, "adamw"), "optimizer: was ");
    assertRefused(model, trainer(model).averaging(Averaging.exponential(0.9)), "average: was ");
    CheckpointException rows =
        assertThrows(
            CheckpointException.class, () -> trainer(model).resume(folder, VALIDATION, VALIDATION));
    assertTrue(rows.getMessage().contains("training rows: was '70 of "), rows.getMessage());
    Sequential wide = Sequential.of(Linear.of(20, 4, Initialisers.heNormal(0), Key.of(1).with(0)));
    CheckpointException other =
        assertThrows(
            CheckpointException.class, () -> trainer(wide).resume(folder, TRAINING, VALIDATION));
    assertTrue(other.getMessage().contains("'model.layers.0.weight' is "), other.getMessage());
    assertTrue(
        other.getMessage().contains("'optimizer.1.0.second.layers.2.bias' is unexpected"),
        other.getMessage());
  }

  private void assertRefused(Sequential model, Trainer trainer, String... parts) {
    List<Tensor> before = weights(network(2));
    String message =
        assertThrows(CheckpointException.class, () -> trainer.resume(folder, TRAINING, VALIDATION))
            .getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
    assertTrue(before.getFirst().sameBits(weights(model).getFirst()), "the model was changed");
  }

  @Test
  void anotherProcessorIsRefusedUnlessTold() {
    trainer(network(1)).checkpoints(everyStep()).fit(TRAINING, VALIDATION);
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    Map<String, Tensor> tensors = checkpoints.read(4, SavedState.class).tensors();
    checkpoints.write(4, elsewhere(checkpoints.read(4, SavedState.class).state()), tensors);
    checkpoints.keepOnly(Set.of(4L));
    String message =
        assertThrows(
                CheckpointException.class,
                () -> trainer(network(2)).resume(folder, TRAINING, VALIDATION))
            .getMessage();
    assertTrue(message.contains("the processor: was 'a 6502', is '"), message);
    TrainingResult told =
        trainer(network(2)).resumesAnywhere().resume(folder, TRAINING, VALIDATION);
    assertEquals(STEPS, told.steps());
  }

  private static SavedState elsewhere(SavedState s) {
    Environment was = s.environment();
    return new SavedState(
        new Environment(was.lanewise(), was.kernels(), was.jdk(), "a 6502"),
        s.settings(),
        s.step(),
        s.epochs(),
        s.batches(),
        s.lossSum(),
        s.seconds(),
        s.stopping(),
        s.history(),
        s.stop(),
        s.explanation());
  }

  @Test
  void aFolderWithCheckpointsIsNotForANewTraining() {
    trainer(network(1)).checkpoints(everyStep()).fit(TRAINING, VALIDATION);
    CheckpointException refused =
        assertThrows(
            CheckpointException.class,
            () -> trainer(network(1)).checkpoints(everyStep()).fit(TRAINING, VALIDATION));
    assertTrue(refused.getMessage().contains("step 12 already"), refused.getMessage());
  }

  @Test
  void theLastOnesAndTheBestAreKept() {
    TrainingResult result =
        worsening(network(1))
            .checkpoints(Checkpoints.in(folder).everySteps(1).keepLast(2))
            .fit(TRAINING, VALIDATION);
    long best = result.best().orElseThrow().steps();
    assertEquals(List.of(best, 11L, 12L), new CheckpointFolder(folder).steps());
  }

  /// Its rate is so large that an early epoch is the best.
  private static Trainer worsening(Sequential model) {
    return Trainer.of(model, new SoftmaxCrossEntropy(), Adam.of(3)).batchSize(30).epochs(4);
  }

  @Test
  void theOptimizerIsRestoredWithTheBestWeights() {
    Sequential model = network(1);
    TrainingResult result = worsening(model).checkpoints(everyStep()).fit(TRAINING, VALIDATION);
    int best = result.bestEpoch().orElseThrow();
    assertTrue(best < 4, "the test needs a training that gets worse");
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    Map<String, Tensor> last = checkpoints.read(STEPS, SavedState.class).tensors();
    Map<String, Tensor> then = checkpoints.read(3L * best, SavedState.class).tensors();
    String moment = "optimizer.0.first.layers.0.weight";
    assertTrue(tensor(then, moment).sameBits(tensor(last, "best." + moment)));
    assertFalse(tensor(last, moment).sameBits(tensor(last, "best." + moment)));
    assertTrue(tensor(last, "best.model.layers.0.weight").sameBits(weights(model).getFirst()));
  }

  private static Tensor tensor(Map<String, Tensor> tensors, String name) {
    return Optional.ofNullable(tensors.get(name)).orElseThrow();
  }

  @Test
  void theTensorsAreAnOrdinarySafetensorsFile() {
    trainer(network(1)).checkpoints(everyStep()).fit(TRAINING, VALIDATION);
    Path file = new CheckpointFolder(folder).of(12).resolve("tensors.safetensors");
    Set<String> names = Safetensors.read(file).tensors().keySet();
    for (String name :
        List.of(
            "model.layers.0.weight",
            "average.layers.2.bias",
            "optimizer.1.0.first.layers.0.weight",
            "best.model.layers.0.weight",
            "best.optimizer.1.0.second.layers.0.weight")) {
      assertTrue(names.contains(name), () -> name + " is not among " + names);
    }
  }

  @Test
  void anExplodingGradientStopsWithItsParameter() {
    Sequential model = network(1);
    TrainingResult result =
        Trainer.of(model, new SoftmaxCrossEntropy(), Adam.of(0.01))
            .largestGradient(1e-3)
            .fit(TRAINING, VALIDATION);
    assertEquals(StopReason.DIVERGED, result.stop());
    TrainingResult.Divergence divergence = result.divergence().orElseThrow();
    assertEquals(1, divergence.step());
    assertTrue(divergence.what().contains("more than 0.001"), divergence.what());
    assertTrue(divergence.parameter().orElseThrow().startsWith("layers."), divergence.what());
    assertSameWeights(network(1), model, "the initial weights");
    TrainingResult tame =
        Trainer.of(network(1), new SoftmaxCrossEntropy(), Adam.of(0.01))
            .largestGradient(1e3)
            .fit(TRAINING, VALIDATION);
    assertEquals(StopReason.EPOCHS, tame.stop());
    assertThrows(
        IllegalArgumentException.class,
        () -> Trainer.of(model, new SquaredError(), Adam.of(1)).largestGradient(0));
  }

  @Test
  void theFirstNodeThatIsNotFiniteIsNamedWithItsParameter() {
    Sequential model = network(1);
    weights(model).get(2).setFlat(3, 3e38);
    weights(model).get(2).setFlat(7, 3e38);
    TrainingResult result =
        Trainer.of(model, new SoftmaxCrossEntropy(), Adam.of(0.01)).fit(TRAINING, VALIDATION);
    TrainingResult.Divergence divergence = result.divergence().orElseThrow();
    assertEquals(Optional.of("layers.2.weight"), divergence.parameter(), result.explanation());
    String node = divergence.node().orElseThrow();
    assertTrue(node.contains("[32,4]"), node);
    assertTrue(result.explanation().contains(node), result.explanation());
  }
}
