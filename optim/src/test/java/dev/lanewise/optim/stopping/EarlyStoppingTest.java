package dev.lanewise.optim.stopping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.optim.stopping.EarlyStopping.Direction;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlyStoppingTest {
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
    EarlyStopping policy = new EarlyStopping(direction, minDelta, patience, maxEpochs);
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
    assertEquals(bestEpoch == 0 ? Double.NaN : numbers[bestEpoch - 1], state.best());
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

  @Test
  void settingsOutOfRangeAreRefused() {
    EarlyStopping policy = EarlyStopping.maximising();
    assertThrows(IllegalArgumentException.class, () -> policy.patience(0));
    assertThrows(IllegalArgumentException.class, () -> policy.maxEpochs(0));
    assertThrows(IllegalArgumentException.class, () -> policy.minDelta(-1));
    assertThrows(IllegalArgumentException.class, () -> policy.minDelta(Double.NaN));
  }
}
