package dev.lanewise.optim.stopping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.optim.metric.Metrics;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlyStoppingTest {
  private static final double NAN = Double.NaN;

  /// `values` in order; expected: after which epoch it stops (0: it goes on), why, the best epoch.
  @ParameterizedTest(name = "{0}, patience {1}, minDelta {2}, at most {3}: {4}")
  @CsvSource(
      nullValues = "-",
      value = {
        "MIN, 2, 0,   9, 3 2 1,                0, -,        3",
        "MIN, 2, 0,   9, 3 2 4 5,              4, PATIENCE, 2",
        "MAX, 2, 0,   9, 3 4 2 1,              4, PATIENCE, 2",
        // compares with the best, not with the epoch before
        "MIN, 3, 0,   9, 1 5 4 3,              4, PATIENCE, 1",
        // a tie is no progress
        "MIN, 2, 0,   9, 1 1 1,                3, PATIENCE, 1",
        "MAX, 2, 0,   9, 1 1 1,                3, PATIENCE, 1",
        // patience 1 stops at the first epoch without progress and no earlier
        "MIN, 1, 0,   9, 3 2,                  0, -,        2",
        "MIN, 1, 0,   9, 3 3,                  2, PATIENCE, 1",
        // progress must be larger than minDelta, and small steps do not add up unseen
        "MIN, 2, 0.5, 9, 3 2.5 2.4 2.4,        0, -,        3",
        "MIN, 2, 0.5, 9, 3 2.6 2.5,            3, PATIENCE, 1",
        "MAX, 2, 0.5, 9, 3 3.5 3.6,            0, -,        3",
        // NaN and infinity in the first epoch are not the best for ever
        "MIN, 3, 0,   9, NaN 5 4,              0, -,        3",
        "MIN, 3, 0,   9, -Infinity 5 4,        0, -,        3",
        "MAX, 3, 0,   9, Infinity 5 6,         0, -,        3",
        "MIN, 2, 0,   9, NaN NaN,              2, PATIENCE, 0",
        "MIN, 2, 0,   9, 1 NaN NaN,            3, PATIENCE, 1",
        // the limit of epochs; patience is the better reason when both hold
        "MIN, 9, 0,   3, 3 2 1,                3, EPOCHS,   3",
        "MIN, 9, 0,   1, 3,                    1, EPOCHS,   1",
        "MIN, 2, 0,   3, 1 2 3,                3, PATIENCE, 1",
      })
  void judgesATableOfValues(
      Direction direction,
      int patience,
      double minDelta,
      int maxEpochs,
      String values,
      int stopsAfter,
      StopReason reason,
      int bestEpoch) {
    EarlyStopping policy =
        EarlyStopping.of(new Monitor(Observation.MONITORED, direction))
            .minDelta(minDelta)
            .patience(patience)
            .maxEpochs(maxEpochs);
    double[] numbers = Arrays.stream(values.split(" ")).mapToDouble(Double::parseDouble).toArray();
    EarlyStopping.State state = policy.start();
    for (int epoch = 1; epoch <= numbers.length; epoch++) {
      EarlyStopping.Verdict verdict = policy.observe(state, numbers[epoch - 1]);
      state = verdict.state();
      assertEquals(
          epoch == stopsAfter ? Optional.of(reason) : Optional.empty(),
          verdict.stop(),
          verdict.explanation());
      assertEquals(state.bestEpoch() == epoch, verdict.progress());
    }
    assertEquals(bestEpoch, state.bestEpoch());
    assertEquals(bestEpoch == 0 ? 0 : numbers[bestEpoch - 1], state.best());
  }

  @Test
  void theExplanationNamesEpochsAndTheBest() {
    EarlyStopping policy = EarlyStopping.minimising().patience(1);
    EarlyStopping.State first = policy.observe(policy.start(), 0.25).state();
    assertEquals(
        "Stopped after epoch 2, 1 without progress: the best was 0.25 in epoch 1.",
        policy.observe(first, 0.5).explanation());
    EarlyStopping.State third = policy.observe(policy.start(), 1 / 3.0).state();
    assertTrue(policy.observe(third, 0.5).explanation().contains(" 0.333333 in"));
    assertTrue(
        policy
            .observe(policy.start(), Double.NaN)
            .explanation()
            .contains("none of the 1 epochs gave a finite number"));
  }

  private static List<Observation> of(String metric, double... values) {
    return Arrays.stream(values)
        .mapToObj(value -> new Observation(Map.of(metric, value), 10))
        .toList();
  }

  @Test
  void trapNanInTheFirstEpochIsNotKeptAsTheBestForEver() {
    Replay replay = EarlyStopping.minimising("loss").patience(2).replay(of("loss", NAN, 5, 4, 3));
    assertEquals(Optional.empty(), replay.stop());
    assertEquals(4, replay.bestEpoch());
  }

  @Test
  void trapProgressIsMeasuredFromTheBestAndNotFromTheEpochBefore() {
    // Each epoch from the third on is better than the one before, and none better than the best.
    Replay replay =
        EarlyStopping.minimising("loss").patience(3).replay(of("loss", 1, 9, 8, 7, 6, 5));
    assertEquals(4, replay.epochs());
    assertEquals(1, replay.bestEpoch());
  }

  @Test
  void trapSmallStepsAddUpBecauseTheBestMovesOnlyWithProgress() {
    // 0.4 + 0.4 is more than 0.5: the third epoch is progress, though no single step is.
    Replay replay =
        EarlyStopping.minimising("loss")
            .minDelta(0.5)
            .patience(2)
            .replay(of("loss", 3, 2.6, 2.2, 1.8));
    assertEquals(Optional.empty(), replay.stop());
    assertEquals(3, replay.bestEpoch());
  }

  @Test
  void trapATieIsNoProgress() {
    Replay replay = EarlyStopping.maximising("a").patience(2).replay(of("a", 0.5, 0.5, 0.5, 0.5));
    assertEquals(3, replay.epochs());
    assertEquals(1, replay.bestEpoch());
  }

  @Test
  void trapTheBestEpochIsKnownWhateverEndedTraining() {
    // The limit of epochs ends it, not patience: whose weights are the best is known all the same.
    Replay replay =
        EarlyStopping.minimising("loss").patience(9).maxEpochs(3).replay(of("loss", 3, 1, 2));
    assertEquals(Optional.of(StopReason.EPOCHS), replay.stop());
    assertEquals(2, replay.bestEpoch());
    Replay timed =
        EarlyStopping.minimising("loss")
            .stopWhen(new Condition.TimeBudget(30))
            .replay(of("loss", 3, 1, 2));
    assertEquals(Optional.of(StopReason.TIME), timed.stop());
    assertEquals(2, timed.bestEpoch());
  }

  @Test
  void trapAPatienceOfZeroIsRefusedAndOneStopsAtTheFirstEpochWithoutProgress() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> EarlyStopping.minimising().patience(0));
    assertTrue(String.valueOf(refused.getMessage()).contains("at least 1"), refused.getMessage());
    Replay improving = EarlyStopping.minimising("l").patience(1).replay(of("l", 3, 2, 1));
    assertEquals(Optional.empty(), improving.stop());
    Replay not = EarlyStopping.minimising("l").patience(1).replay(of("l", 3, 2, 2));
    assertEquals(3, not.epochs());
  }

  @Test
  void trapTheStateOfAnotherPolicyIsRefusedOnResume() {
    EarlyStopping plain = EarlyStopping.minimising("loss");
    EarlyStopping more =
        plain.stopWhen(new Condition.Patience(new Monitor("loss", Direction.MIN), 3));
    assertThrows(IllegalArgumentException.class, () -> more.observe(plain.start(), 1));
    assertThrows(IllegalArgumentException.class, () -> plain.observe(more.start(), 1));
  }

  @Test
  void aRelativeDeltaIsAShareOfTheBestsMagnitude() {
    EarlyStopping policy = EarlyStopping.minimising("loss").relativeDelta(0.1).patience(1);
    assertEquals(2, policy.replay(of("loss", 100, 91, 80)).epochs());
    assertEquals(Optional.empty(), policy.replay(of("loss", 100, 89, 80)).stop());
    // Below zero too, progress is downwards.
    assertEquals(2, policy.replay(of("loss", -100, -105, -200)).epochs());
    assertEquals(Optional.empty(), policy.replay(of("loss", -100, -111)).stop());
  }

  @Test
  void patienceBeginsAfterTheWarmUpWhoseBestCounts() {
    EarlyStopping policy = EarlyStopping.minimising("loss").warmup(3).patience(2);
    Replay replay = policy.replay(of("loss", 1, 2, 2, 2, 2, 2));
    assertEquals(5, replay.epochs());
    assertEquals(1, replay.bestEpoch());
    EarlyStopping limited =
        policy
            .notFinite(NotFinite.STOP)
            .stopWhen(new Condition.WorseThan("loss", Direction.MIN, 10));
    assertEquals(Optional.empty(), limited.replay(of("loss", NAN, 99, 99)).stop());
    assertEquals(4, limited.replay(of("loss", NAN, 99, 99, 99)).epochs());
  }

  @Test
  void aTargetIsReachedByEqualityAndNeverByNan() {
    EarlyStopping policy =
        EarlyStopping.maximising("a").stopWhen(new Condition.Target("a", Direction.MAX, 0.9));
    Replay replay = policy.replay(of("a", 0.5, NAN, 0.9, 0.95));
    assertEquals(3, replay.epochs());
    assertEquals(Optional.of(StopReason.TARGET), replay.stop());
    assertEquals(
        "Stopped after epoch 3, because a is 0.9, which reaches the target 0.9:"
            + " the best was 0.9 in epoch 3.",
        replay.explanation());
  }

  @Test
  void aNumberBeyondItsLimitOrNanIsDivergence() {
    EarlyStopping policy =
        EarlyStopping.minimising("l").stopWhen(new Condition.WorseThan("l", Direction.MIN, 10));
    assertEquals(Optional.empty(), policy.replay(of("l", 9, 10)).stop());
    for (double bad : new double[] {10.5, Double.POSITIVE_INFINITY, NAN}) {
      Replay replay = policy.replay(of("l", 9, bad, 1));
      assertEquals(Optional.of(StopReason.DIVERGED), replay.stop());
      assertEquals(2, replay.epochs());
    }
  }

  @Test
  void nanWaitsOrStopsAsIsAsked() {
    EarlyStopping policy = EarlyStopping.minimising("l").patience(3);
    assertEquals(Optional.empty(), policy.replay(of("l", 2, NAN, NAN)).stop());
    Replay replay = policy.notFinite(NotFinite.STOP).replay(of("l", 2, NAN, 1));
    assertEquals(Optional.of(StopReason.DIVERGED), replay.stop());
    assertEquals(
        "Stopped after epoch 2, because l is NaN: the best was 2 in epoch 1.",
        replay.explanation());
  }

  @Test
  void allHoldTogetherAndAnyAlone() {
    Condition patience = new Condition.Patience(new Monitor("v", Direction.MIN), 2);
    Condition trained = new Condition.Target("t", Direction.MIN, 0.1);
    List<Observation> seen =
        List.of(
            new Observation(Map.of("v", 1.0, "t", 0.5), 1),
            new Observation(Map.of("v", 2.0, "t", 0.4), 1),
            new Observation(Map.of("v", 2.0, "t", 0.3), 1), // patience alone
            new Observation(Map.of("v", 2.0, "t", 0.1), 1), // both
            new Observation(Map.of("v", 2.0, "t", 0.1), 1));
    EarlyStopping policy = EarlyStopping.minimising("v");
    Replay all = policy.stopWhen(new Condition.All(List.of(patience, trained))).replay(seen);
    assertEquals(4, all.epochs());
    assertEquals(Optional.of(StopReason.CONDITIONS), all.stop());
    assertTrue(all.explanation().contains("no progress for 3 epochs and t is 0.1"));
    Replay any = policy.stopWhen(new Condition.Any(List.of(trained, patience))).replay(seen);
    assertEquals(3, any.epochs());
    assertEquals(Optional.of(StopReason.PATIENCE), any.stop());
  }

  @Test
  void withoutAMonitoredNumberTheLastEpochIsTheBestAndConditionsAreJudged() {
    EarlyStopping policy =
        EarlyStopping.minimising()
            .maxEpochs(9)
            .stopWhen(new Condition.Target("train_loss", Direction.MIN, 0.1))
            .stopWhen(new Condition.TimeBudget(30));
    EarlyStopping.State state = policy.start();
    for (int epoch = 1; epoch <= 3; epoch++) {
      Observation seen = Observation.of(1.0 / epoch, Optional.empty(), 10);
      EarlyStopping.Verdict verdict = policy.count(state, seen);
      assertTrue(verdict.progress());
      assertEquals(epoch, verdict.state().bestEpoch());
      assertEquals(epoch < 3 ? Optional.empty() : Optional.of(StopReason.TIME), verdict.stop());
      EarlyStopping.Verdict reached =
          policy.count(state, Observation.of(0.05, Optional.empty(), 10));
      assertEquals(Optional.of(StopReason.TARGET), reached.stop());
      state = verdict.state();
    }
  }

  @Test
  void aMetricThatWasNotObservedIsNamedWithThoseThatWere() {
    Observation seen =
        Observation.of(0.5, Optional.of(new Metrics(9, 0.25, Map.of("accuracy", 0.75))), 1);
    EarlyStopping policy = EarlyStopping.maximising("validation_accuracy");
    assertEquals(0.75, policy.observe(policy.start(), seen).state().best());
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> EarlyStopping.minimising("validation_los").replay(List.of(seen)));
    assertEquals(
        "Early stopping cannot monitor 'validation_los': there is only train_loss,"
            + " validation_loss, validation_accuracy.",
        refused.getMessage());
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    EarlyStopping policy = EarlyStopping.maximising();
    for (Runnable wrong :
        List.<Runnable>of(
            () -> policy.maxEpochs(0),
            () -> policy.minDelta(-1),
            () -> policy.minDelta(NAN),
            () -> policy.relativeDelta(-0.1),
            () -> policy.warmup(-1),
            () -> new Condition.TimeBudget(0),
            () -> new Condition.Target("l", Direction.MIN, NAN),
            () -> new Condition.All(List.of()),
            () -> new Best(NAN, 1),
            () -> new Observation(Map.of(), NAN))) {
      assertThrows(IllegalArgumentException.class, wrong::run);
    }
  }
}
