package dev.lanewise.optim.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.optim.optimizer.Adam;
import dev.lanewise.optim.optimizer.AdamW;
import dev.lanewise.optim.optimizer.Convention;
import dev.lanewise.optim.optimizer.Lbfgs;
import dev.lanewise.optim.optimizer.Lion;
import dev.lanewise.optim.optimizer.Momentum;
import dev.lanewise.optim.optimizer.Muon;
import dev.lanewise.optim.optimizer.Optimizers;
import dev.lanewise.optim.optimizer.Rmsprop;
import dev.lanewise.optim.optimizer.Sgd;
import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
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

  @Test
  void everyNameGivesADescentAtItsUsualRate() {
    for (String name : Optimizers.names()) {
      if (name.equals("lbfgs") || name.equals("cg")) {
        continue; // they search along the objective, see below
      }
      for (Tensor update : apply(Optimizers.byName(name, Optimizers.usualRate(name)), 1)) {
        assertTrue(update.getFlat(0) < 0, name);
      }
    }
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    for (Executable call :
        List.<Executable>of(
            () -> Optimizers.byName("adm", 0.1),
            () -> Optimizers.byName("adm", new Constant(0.1), OptionalDouble.of(0.5)),
            () -> Optimizers.usualRate("adm"))) {
      String message =
          String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
      assertEquals(
          "There is no optimizer 'adm': expected one of sgd, momentum, nesterov, adam, amsgrad,"
              + " adamw, nadam, radam, adamax, adabelief, adagrad, adadelta, rmsprop, rprop, lion,"
              + " lamb, adafactor, muon, lbfgs, cg.",
          message);
    }
  }

  @Test
  void aConventionWithoutTheOptimizerIsRefusedAndTheOthersNamed() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> Lion.of(new Constant(0.1), Convention.SKLEARN));
    assertEquals(
        "Lion in the convention 'sklearn' is not to be had: scikit-learn has no such optimizer;"
            + " expected one of paper, keras.",
        refused.getMessage());
  }

  @Test
  void clippingLimitsValuesAndNorms() {
    // u = ((1, 2), (3, 4)): norms √5 and 5, together √30
    List<Tensor> byValue = apply(new ClipByValue(1.5), 1);
    assertArrayEquals(new double[] {1, 1.5}, byValue.get(0).toDoubles());
    assertArrayEquals(new double[] {1.5, 1.5}, byValue.get(1).toDoubles());
    List<Tensor> byNorm = apply(new ClipByNorm(2.5), 1);
    assertArrayEquals(new double[] {1, 2}, byNorm.get(0).toDoubles());
    assertArrayEquals(new double[] {1.5, 2}, byNorm.get(1).toDoubles());
    List<Tensor> global = apply(new ClipByGlobalNorm(Math.sqrt(30) / 2), 1);
    assertArrayEquals(new double[] {0.5, 1}, global.get(0).toDoubles(), 1e-15);
    assertArrayEquals(new double[] {1.5, 2}, global.get(1).toDoubles(), 1e-15);
    List<Tensor> within = apply(new ClipByGlobalNorm(6), 1);
    assertArrayEquals(new double[] {1, 2}, within.get(0).toDoubles());
    assertArrayEquals(new double[] {3, 4}, within.get(1).toDoubles());
  }

  @Test
  void clippingLetsNoNumberThroughAsNoNumber() {
    List<Tensor> updates = List.of(DoubleTensor.vector(Double.NaN, 9));
    Parameters one = new Parameters(Map.of("w", Parameter.of(DoubleTensor.vector(0, 0))));
    Bound.start(new ClipByValue(1), one).apply(updates, one, new StepContext(1, 0));
    assertTrue(Double.isNaN(updates.getFirst().getFlat(0)));
    assertEquals(1, updates.getFirst().getFlat(1));
  }

  @Test
  void centralisingTakesOffTheMeanOfEachColumnOfMatricesOnly() {
    Parameters one =
        new Parameters(
            Map.of("w", Parameter.of(DoubleTensor.matrix(new double[2], new double[2]))));
    List<Tensor> updates = List.of(DoubleTensor.matrix(new double[] {1, 5}, new double[] {3, -5}));
    Bound.start(new Centralise(), one).apply(updates, one, new StepContext(1, 0));
    assertArrayEquals(new double[] {-1, 5, 1, -5}, updates.getFirst().toDoubles());
    assertArrayEquals(new double[] {3, 4}, apply(new Centralise(), 1).get(1).toDoubles());
  }

  @Test
  void frozenParametersStayAndMaskedOnesAreLeftAlone() {
    List<Tensor> frozen = apply(new Freeze((path, each) -> path.equals("bias")), 1);
    assertArrayEquals(new double[] {1, 2}, frozen.get(0).toDoubles());
    assertArrayEquals(new double[] {0, 0}, frozen.get(1).toDoubles());
    List<Tensor> masked =
        apply(new Masked<>(new ScaleByRate(2), (path, each) -> path.equals("bias")), 1);
    assertArrayEquals(new double[] {1, 2}, masked.get(0).toDoubles());
    assertArrayEquals(new double[] {-6, -8}, masked.get(1).toDoubles());
  }

  @Test
  void whatIsMaskedIsRememberedUnderItsOwnPathAlone() {
    Parameters trained = parameters().trainable();
    Masked<?> masked = new Masked<>(new Trace(0.5, false), (path, each) -> path.equals("bias"));
    assertEquals(Set.of("inner.bias"), StateTensors.of(masked.init(trained), trained).keySet());
  }

  /// Updates of a vector of one element, step by step.
  private static double[] updates(GradientTransform<?> transform, double... gradients) {
    Parameter weight = Parameter.of(DoubleTensor.vector(0));
    Parameters one = new Parameters(Map.of("w", weight));
    Bound<?> running = Bound.start(transform, one);
    double[] found = new double[gradients.length];
    for (int i = 0; i < gradients.length; i++) {
      Tensor update = DoubleTensor.vector(gradients[i]);
      running.apply(List.of(update), one, new StepContext(i + 1, 0));
      found[i] = update.item();
      weight.value().setFlat(0, weight.value().item() + found[i]);
    }
    return found;
  }

  @Test
  void accumulationUpdatesByTheMeanOfEveryKAndCountsItsOwnSteps() {
    // the rate is the accumulated step's number
    assertArrayEquals(
        new double[] {0, 0, -2, 0, 0, -10},
        updates(new Accumulate<>(3, new ScaleByRate(step -> step)), 1, 2, 3, 4, 5, 6));
  }

  @Test
  void lookaheadPullsTheSlowWeightsAfterEveryKSteps() {
    // w: 0 → −1 → −2, back to s = −1 → −2 → −3, back to s = −1 + ½·(−3 + 1) = −2
    assertArrayEquals(
        new double[] {-1, 0, -1, 0},
        updates(new Lookahead<>(new ScaleByRate(1), 2, 0.5), 1, 1, 1, 1));
  }

  @Test
  void momentumWithinTheRatePartsFromMomentumOutsideWhenTheRateChanges() {
    Schedule rate = step -> 1.0 / step;
    Schedule mu = new Constant(0.5);
    assertArrayEquals(
        new double[] {-1, -0.5 - 0.5}, updates(Momentum.of(rate, mu, Convention.KERAS), 1, 1));
    assertArrayEquals(
        new double[] {-1, -(0.5 + 1) / 2}, updates(Momentum.of(rate, mu, Convention.TORCH), 1, 1));
  }

  @Test
  void biasesAreCorrectedWhileTheBetasChange() {
    // of a constant gradient g, m̂ = g and v̂ = g² at every step, whatever the betas were
    ScaleByAdam adam =
        new ScaleByAdam(
            step -> 0.9 - 0.1 / step,
            step -> 1 - 0.5 / (step + 1),
            new Constant(1e-300),
            ScaleByAdam.Place.CORRECTED);
    for (double update : updates(adam, 3, 3, 3, 3, 3, 3)) {
      assertEquals(1, update, 1e-14);
    }
  }

  @Test
  void weightsAreHeldAtZeroAndColumnsWithinANorm() {
    // w = (3, −4) as a row: each element is a column
    BiPredicate<String, Parameter> weight = (path, each) -> path.equals("weight");
    List<Tensor> updates = apply(Chain.of(new ScaleByRate(5), new NonNegative(weight)), 1);
    assertArrayEquals(new double[] {-3, 4}, updates.get(0).toDoubles());
    assertArrayEquals(new double[] {-15, -20}, updates.get(1).toDoubles());
    updates = apply(new MaxNorm(2), 1);
    assertArrayEquals(new double[] {2 - 3, 2}, updates.get(0).toDoubles());
    updates = apply(new MaxNorm(new Constant(2), MaxNorm.Axis.ROWS, weight), 1);
    double scale = 2 / Math.hypot(4, 2);
    assertArrayEquals(
        new double[] {4 * scale - 3, -2 * scale + 4}, updates.get(0).toDoubles(), 1e-15);
    assertThrows(
        IllegalArgumentException.class,
        () -> apply(new MaxNorm(new Constant(2), MaxNorm.Axis.ROWS, weight.negate()), 1));
  }

  @Test
  void aLineSearchWithoutAnObjectiveIsRefused() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> apply(Lbfgs.of(1), 1));
    assertTrue(refused.getMessage().contains("needs the objective"), refused.getMessage());
  }

  @Test
  void aLineSearchEndsWhereBothWolfeConditionsHold() {
    // φ(t) = f(1 − t·u) of f(w) = w⁴/4 at w = 1: the gradient is 1
    StrongWolfe search =
        new StrongWolfe(new Constant(1), 1e-4, 0.1, 25, 0, 0, StrongWolfe.Start.RATE);
    Parameters one = new Parameters(Map.of("w", Parameter.of(DoubleTensor.vector(1))));
    Objective quartic =
        (displacement, gradients) -> {
          double w = 1 + displacement.getFirst().item();
          gradients.getFirst().setFlat(0, w * w * w);
          return w * w * w * w / 4;
        };
    for (double u : new double[] {1e-3, 1, 1e3}) {
      Tensor update = DoubleTensor.vector(u);
      StepContext context = new StepContext(1, 0.25, OptionalDouble.empty(), Optional.of(quartic));
      Bound.start(search, one).apply(List.of(update), one, context);
      double w = 1 + update.item();
      assertTrue(Math.abs(w * w * w) <= 0.1, "slope at u = " + u);
      assertTrue(w * w * w * w / 4 <= 0.25 + 1e-4 * update.item(), "value at u = " + u);
    }
    Tensor uphill = DoubleTensor.vector(-1);
    StepContext context = new StepContext(1, 0.25, OptionalDouble.empty(), Optional.of(quartic));
    Bound.start(search, one).apply(List.of(uphill), one, context);
    assertEquals(0, uphill.item(), "no step up");
  }

  @Test
  void aLineSearchStaysWhereTheObjectiveIsANumber() {
    // f(w) = w − log w, at w = 3: no number for w ≤ 0, the minimum at 1
    StrongWolfe search =
        new StrongWolfe(new Constant(1), 1e-4, 0.1, 25, 0, 0, StrongWolfe.Start.RATE);
    Parameters one = new Parameters(Map.of("w", Parameter.of(DoubleTensor.vector(3))));
    Objective barrier =
        (displacement, gradients) -> {
          double w = 3 + displacement.getFirst().item();
          gradients.getFirst().setFlat(0, w > 0 ? 1 - 1 / w : Double.NaN);
          return w - Math.log(w);
        };
    Tensor update = DoubleTensor.vector(100);
    StepContext context = new StepContext(1, 0, OptionalDouble.empty(), Optional.of(barrier));
    Bound<?> running = Bound.start(search, one);
    running.apply(List.of(DoubleTensor.vector(1e-3)), one, context);
    running.apply(List.of(update), one, context); // tries w = −97 first
    double w = 3 + update.item();
    assertTrue(w > 0 && Math.abs(1 - 1 / w) <= 0.1 * (1 - 1.0 / 3), "w = " + w);
  }

  @Test
  void aLineSearchGoesOnAfterAStepOfNoLength() {
    // f(w) = w²/2 at w = 1, which for one step claims to be no number anywhere but there
    StrongWolfe search =
        new StrongWolfe(new Constant(1), 1e-4, 0.1, 25, 0, 0, StrongWolfe.Start.SLOPES);
    Parameters one = new Parameters(Map.of("w", Parameter.of(DoubleTensor.vector(1))));
    boolean[] blocked = {true};
    Objective square =
        (displacement, gradients) -> {
          double w = 1 + displacement.getFirst().item();
          gradients.getFirst().setFlat(0, w);
          return blocked[0] && w != 1 ? Double.NaN : w * w / 2;
        };
    StepContext context = new StepContext(1, 0.5, OptionalDouble.empty(), Optional.of(square));
    Bound<?> running = Bound.start(search, one);
    Tensor first = DoubleTensor.vector(1);
    running.apply(List.of(first), one, context);
    assertTrue(first.item() == 0, "nowhere to go");
    blocked[0] = false;
    Tensor second = DoubleTensor.vector(1);
    running.apply(List.of(second), one, context);
    assertEquals(-1, second.item(), 0.1, "to the minimum");
  }

  @Test
  void theRuleIsPrintedWithItsNumbers() {
    assertEquals(
        """
        m ← 0.9·m + (1−0.9)·u, v ← 0.999·v + (1−0.999)·u², m̂ = m/(1−0.9^t), v̂ = v/(1−0.999^t), \
        u ← m̂ / (√v̂ + 1.0E-8)
        u ← u + 0.01·w, of the chosen parameters
        u ← −0.001·u\
        """,
        AdamW.of(1e-3, 1e-2).explain());
    assertTrue(
        Adam.of(step -> 0.1, Convention.SKLEARN)
            .explain()
            .contains("u ← m̂·√(1−0.999^t) / (√v + 1.0E-8)"));
    assertTrue(Muon.of(1e-3).explain().endsWith("u ← −0.001·u, of the others"));
    assertEquals(
        """
        v ← 0.95·v + (1−0.95)·u², m ← 0.95·m + (1−0.95)·u, u ← u / √(v − m² + 1.0E-4)
        v ← 0.9·v − 0.001·u, u ← v\
        """,
        Rmsprop.of(new Constant(1e-3), Convention.PAPER).explain());
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
    assertThrows(IllegalArgumentException.class, () -> new ClipByNorm(0));
    assertThrows(IllegalArgumentException.class, () -> new Accumulate<>(0, new ScaleByRate(1)));
    assertThrows(IllegalArgumentException.class, () -> new Lookahead<>(new ScaleByRate(1), 5, 1.5));
    assertThrows(IllegalArgumentException.class, () -> new ScaleByLbfgs(0));
  }
}
