package dev.lanewise.optim.stopping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.optim.stopping.EarlyStopping.Direction;
import dev.lanewise.optim.stopping.EarlyStopping.State;
import dev.lanewise.optim.stopping.EarlyStopping.Verdict;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

class EarlyStoppingProperties {
  /// Few different values, so that ties are frequent, and some that are no finite number.
  @Provide
  Arbitrary<List<Double>> histories() {
    Arbitrary<Double> values =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.integers().between(-4, 4).map(i -> i / 4.0)),
            Tuple.of(3, Arbitraries.doubles().between(-10, 10)),
            Tuple.of(
                2, Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)));
    return values.list().ofMaxSize(30);
  }

  /// The verdicts up to the first that stops, or for the whole history.
  private static List<Verdict> judge(EarlyStopping policy, List<Double> history) {
    List<Verdict> verdicts = new ArrayList<>();
    State state = policy.start();
    for (double value : history) {
      Verdict verdict = policy.observe(state, value);
      verdicts.add(verdict);
      state = verdict.state();
      if (verdict.stop().isPresent()) {
        break;
      }
    }
    return verdicts;
  }

  private static EarlyStopping policy(Direction direction, int patience) {
    return new EarlyStopping(direction, 0, patience, EarlyStopping.UNLIMITED);
  }

  @Property
  void morePatienceNeverStopsEarlier(
      @ForAll("histories") List<Double> history,
      @ForAll Direction direction,
      @ForAll @IntRange(min = 1, max = 10) int patience,
      @ForAll @IntRange(min = 0, max = 10) int more) {
    assertTrue(
        judge(policy(direction, patience), history).size()
            <= judge(policy(direction, patience + more), history).size());
  }

  @Property
  void aNumberThatIsNotFiniteIsNeverTheBest(
      @ForAll("histories") List<Double> history, @ForAll Direction direction) {
    List<Verdict> verdicts = judge(policy(direction, EarlyStopping.UNLIMITED), history);
    for (int i = 0; i < verdicts.size(); i++) {
      assertTrue(Double.isFinite(history.get(i)) || !verdicts.get(i).progress());
      State state = verdicts.get(i).state();
      assertEquals(state.bestEpoch() > 0, Double.isFinite(state.best()));
    }
  }

  @Property
  void aTieWithTheBestIsNoProgress(
      @ForAll("histories") List<Double> history, @ForAll Direction direction) {
    EarlyStopping policy = policy(direction, EarlyStopping.UNLIMITED);
    for (Verdict verdict : judge(policy, history)) {
      State state = verdict.state();
      if (state.bestEpoch() > 0) {
        Verdict tie = policy.observe(state, state.best());
        assertFalse(tie.progress());
        assertEquals(state.bestEpoch(), tie.state().bestEpoch());
      }
    }
  }

  @Property
  void theBestIsTheFirstExtremeOfTheFiniteNumbers(
      @ForAll("histories") List<Double> history, @ForAll Direction direction) {
    int expected = 0;
    for (int i = 0; i < history.size(); i++) {
      double value = history.get(i);
      if (Double.isFinite(value)
          && (expected == 0
              || (direction == Direction.MIN
                  ? value < history.get(expected - 1)
                  : value > history.get(expected - 1)))) {
        expected = i + 1;
      }
    }
    List<Verdict> verdicts = judge(policy(direction, EarlyStopping.UNLIMITED), history);
    assertEquals(expected, verdicts.isEmpty() ? 0 : verdicts.getLast().state().bestEpoch());
  }

  @Property
  void maximisingIsMinimisingTheNegative(
      @ForAll("histories") List<Double> history,
      @ForAll @IntRange(min = 1, max = 10) int patience) {
    List<Double> negative = history.stream().map(value -> -value).toList();
    List<Integer> bestOfMax =
        judge(policy(Direction.MAX, patience), history).stream()
            .map(verdict -> verdict.state().bestEpoch())
            .toList();
    List<Integer> bestOfMin =
        judge(policy(Direction.MIN, patience), negative).stream()
            .map(verdict -> verdict.state().bestEpoch())
            .toList();
    assertEquals(bestOfMin, bestOfMax);
  }
}
