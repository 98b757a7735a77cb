package dev.lanewise.optim.stopping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.random.Key;
import dev.lanewise.data.Dataset;
import dev.lanewise.layers.Activations;
import dev.lanewise.layers.Initialisers;
import dev.lanewise.layers.Linear;
import dev.lanewise.layers.Sequential;
import dev.lanewise.layers.loss.SoftmaxCrossEntropy;
import dev.lanewise.optim.Blobs;
import dev.lanewise.optim.EpochRecord;
import dev.lanewise.optim.Trainer;
import dev.lanewise.optim.TrainingResult;
import dev.lanewise.optim.metric.Metrics;
import dev.lanewise.optim.optimizer.Adam;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Policies as a trainer follows them.
class StoppedTrainingTest {
  private static final Dataset TRAINING = Blobs.of(60, 20, 4, 1);
  private static final Dataset VALIDATION = Blobs.of(200, 20, 4, 2);

  /// It learns the few rows by heart, so that the validation loss has a minimum early on.
  private static Trainer trainer(EarlyStopping policy) {
    Key key = Key.of(3);
    Sequential model =
        Sequential.of(
            Linear.of(20, 64, Initialisers.heNormal(0), key.with(0)),
            Activations.relu(),
            Linear.of(64, 4, Initialisers.glorotUniform(1), key.with(1)));
    return Trainer.of(model, new SoftmaxCrossEntropy(), Adam.of(0.02))
        .batchSize(10)
        .epochs(30)
        .threads(1)
        .earlyStopping(policy, Metrics::loss);
  }

  @Test
  void trapTheBestWeightsAreRestoredAlsoWhenPatienceDidNotEndTraining() {
    Trainer trainer = trainer(EarlyStopping.minimising().patience(30));
    TrainingResult result = trainer.fit(TRAINING, VALIDATION);
    assertEquals(StopReason.EPOCHS, result.stop());
    EpochRecord best = result.best().orElseThrow();
    assertTrue(best.epoch() < 30, "the last epoch is the best: this shows nothing");
    assertEquals(best.validation().orElseThrow(), trainer.evaluate(VALIDATION));
  }

  @Test
  void aMetricIsMonitoredByItsName() {
    TrainingResult byLoss =
        trainer(EarlyStopping.minimising("validation_loss")).fit(TRAINING, VALIDATION);
    TrainingResult byFunction = trainer(EarlyStopping.minimising()).fit(TRAINING, VALIDATION);
    assertEquals(byFunction.bestEpoch(), byLoss.bestEpoch());
    TrainingResult byTraining =
        trainer(EarlyStopping.minimising("train_loss")).fit(TRAINING, VALIDATION);
    List<EpochRecord> history = byTraining.history();
    double least = history.stream().mapToDouble(EpochRecord::trainingLoss).min().orElseThrow();
    assertEquals(least, byTraining.best().orElseThrow().trainingLoss());
  }

  @Test
  void aTargetEndsTrainingWithAndWithoutValidation() {
    EarlyStopping policy =
        EarlyStopping.minimising().stopWhen(new Condition.Target("train_loss", Direction.MIN, 0.5));
    TrainingResult with = trainer(policy).fit(TRAINING, VALIDATION);
    TrainingResult without = trainer(policy).fit(TRAINING);
    assertEquals(StopReason.TARGET, with.stop());
    assertEquals(StopReason.TARGET, without.stop());
    assertEquals(with.history().size(), without.history().size());
    assertTrue(without.history().getLast().trainingLoss() <= 0.5);
    assertTrue(with.history().size() > 1, "the first epoch reaches it: this shows nothing");
  }

  @Test
  void aSavedHistoryJudgedByTheSamePolicyEndsWhereTrainingDid() {
    EarlyStopping policy = EarlyStopping.minimising("validation_loss").patience(3).minDelta(1e-3);
    TrainingResult result = trainer(policy).fit(TRAINING, VALIDATION);
    Replay replay =
        policy.replay(
            result.history().stream()
                .map(
                    epoch ->
                        Observation.of(epoch.trainingLoss(), epoch.validation(), epoch.seconds()))
                .toList());
    assertEquals(result.stop(), replay.stop().orElseThrow());
    assertEquals(result.bestEpoch().orElseThrow(), replay.bestEpoch());
    assertEquals(result.explanation(), replay.explanation());
  }
}
