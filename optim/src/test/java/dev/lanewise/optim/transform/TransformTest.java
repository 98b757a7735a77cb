package dev.lanewise.optim.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.optim.optimizer.Optimizers;
import dev.lanewise.optim.optimizer.Sgd;
import dev.lanewise.optim.schedule.Schedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransformTest {
  private static Parameters parameters() {
    Map<String, Parameter> byPath = new LinkedHashMap<>();
    byPath.put("weight", Parameter.of(DoubleTensor.matrix(new double[] {3, -4})));
    byPath.put("bias", Parameter.of(DoubleTensor.vector(100, 1000)));
    byPath.put("table", Parameter.frozen(DoubleTensor.matrix(new double[] {7})));
    return new Parameters(byPath);
  }

  private static List<Tensor> apply(GradientTransform<?> transform, long step) {
    Parameters trained = parameters().trainable();
    List<Tensor> updates =
        List.of(DoubleTensor.matrix(new double[] {1, 2}), DoubleTensor.vector(3, 4));
    Bound.start(transform, trained).apply(updates, trained, new StepContext(step, 0));
    return updates;
  }

  @Test
  void weightsDecayAndBiasesDoNot() {
    List<Tensor> updates = apply(new AddDecayedWeights(0.5), 1);
    assertArrayEquals(new double[] {2.5, 0}, updates.get(0).toDoubles());
    assertArrayEquals(new double[] {3, 4}, updates.get(1).toDoubles());
  }

  @Test
  void aPredicateChoosesWhatDecays() {
    List<Tensor> updates =
        apply(new AddDecayedWeights(0.5, (path, parameter) -> path.equals("bias")), 1);
    assertArrayEquals(new double[] {1, 2}, updates.get(0).toDoubles());
    assertArrayEquals(new double[] {53, 504}, updates.get(1).toDoubles());
  }

  @Test
  void thePenaltyIsHalfTheSquaredNormOfWhatDecays() {
    assertEquals(0.5 * 0.5 * 25, Penalty.l2(0.5).value(parameters(), 1));
  }

  @Test
  void aPenaltyOfEachPowerHasItsValueAndItsGradient() {
    // w = (3, −4), u = (1, 2); the bias and the frozen table are left out.
    assertEquals(0.5 * 7, Penalty.l1(0.5).value(parameters(), 1));
    assertArrayEquals(new double[] {1.5, 1.5}, apply(Penalty.l1(0.5), 1).get(0).toDoubles());
    assertArrayEquals(new double[] {2.5, 0}, apply(Penalty.l2(0.5), 1).get(0).toDoubles());
    assertEquals(0.5 / 3 * 91, Penalty.lp(3, 0.5).value(parameters(), 1), 1e-12);
    assertArrayEquals(new double[] {5.5, -6}, apply(Penalty.lp(3, 0.5), 1).get(0).toDoubles());
    assertArrayEquals(new double[] {3, 4}, apply(Penalty.lp(3, 0.5), 1).get(1).toDoubles());
    assertArrayEquals(
        new double[] {1 + 1 + 6, 2 - 1 - 8},
        apply(Chain.of(Penalty.elasticNet(1, 2)), 1).get(0).toDoubles());
  }

  @Test
  void thePenaltysStrengthFollowsItsScheduleInValueAndGradient() {
    Penalty rising = new Penalty(1, step -> step, (path, parameter) -> path.equals("bias"));
    assertEquals(3 * 1100.0, rising.value(parameters(), 3));
    assertArrayEquals(new double[] {6, 7}, apply(rising, 3).get(1).toDoubles());
  }

  @Test
  void aChainAppliesItsTransformsInOrder() {
    // (g + w)·(−2) and not g·(−2) + w
    List<Tensor> updates = apply(Chain.of(new AddDecayedWeights(1), new ScaleByRate(2)), 1);
    assertArrayEquals(new double[] {-8, 4}, updates.get(0).toDoubles());
  }

  @Test
  void theRateFollowsTheScheduleByTheStepsNumber() {
    assertArrayEquals(
        new double[] {-5, -10}, apply(Sgd.of(step -> step), 5).getFirst().toDoubles());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "momentum", "nesterov", "adam", "adamw"})
  void everyKnownNameGivesADescent(String name) {
    assertTrue(Optimizers.names().contains(name));
    for (Tensor update : apply(Optimizers.byName(name, 0.1), 1)) {
      assertTrue(update.getFlat(0) < 0, name);
    }
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Optimizers.byName("adagrad", 0.1));
    assertEquals(
        "There is no optimizer 'adagrad': expected one of sgd, momentum, nesterov, adam, adamw.",
        refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 0, Double.NaN, Double.POSITIVE_INFINITY})
  void aRateThatIsNoPositiveNumberIsRefused(double rate) {
    for (String name : Optimizers.names()) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> Optimizers.byName(name, rate), name);
      assertTrue(refused.getMessage().contains("learning rate"), refused.getMessage());
    }
  }

  @Test
  void aMomentumIsRefusedWhereThereIsNone() {
    Schedule rate = Schedule.constant(0.1);
    Optimizers.byName("nesterov", rate, OptionalDouble.of(0.5));
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Optimizers.byName("adam", rate, OptionalDouble.of(0.5)));
    assertEquals("The optimizer 'adam' has no momentum, but 0.5 is given.", refused.getMessage());
  }

  @Test
  void aScheduleThatLeavesTheRangeIsRefusedAtItsStep() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> apply(new Trace(step -> step - 1, false), 2));
    assertTrue(refused.getMessage().contains("momentum"), refused.getMessage());
    assertTrue(refused.getMessage().contains("at step 2"), refused.getMessage());
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Trace(1, false));
    assertThrows(IllegalArgumentException.class, () -> new Trace(Double.NaN, false));
    assertThrows(IllegalArgumentException.class, () -> new ScaleByAdam(1, 0.9, 1e-8));
    assertThrows(IllegalArgumentException.class, () -> new ScaleByAdam(0.9, -0.1, 1e-8));
    assertThrows(IllegalArgumentException.class, () -> new ScaleByAdam(0.9, 0.9, 0));
    assertThrows(IllegalArgumentException.class, () -> new AddDecayedWeights(-1));
    assertThrows(IllegalArgumentException.class, () -> Penalty.l2(-1));
    assertThrows(IllegalArgumentException.class, () -> Penalty.lp(0.5, 1));
    assertThrows(IllegalArgumentException.class, () -> new StepContext(0, 0));
  }
}
