package dev.lanewise.optim.stopping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.optim.stopping.EarlyStopping.State;
import dev.lanewise.optim.stopping.EarlyStopping.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
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
    return EarlyStopping.of(new Monitor(Observation.MONITORED, direction)).patience(patience);
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

  /// With deltas, a warm-up, conditions and an answer to NaN of their own.
  @Provide
  Arbitrary<EarlyStopping> policies() {
    Arbitrary<Condition> leaves =
        Arbitraries.oneOf(
            Combinators.combine(
                    Arbitraries.of(Direction.class),
                    Arbitraries.integers().between(1, 6),
                    Arbitraries.of(0.0, 0.5))
                .as(
                    (direction, patience, delta) ->
                        new Condition.Patience(
                            new Monitor(Observation.MONITORED, direction, delta, 0), patience)),
            Arbitraries.integers()
                .between(-6, 6)
                .map(i -> new Condition.Target(Observation.MONITORED, Direction.MIN, i)),
            Arbitraries.integers()
                .between(-6, 6)
                .map(i -> new Condition.WorseThan(Observation.MONITORED, Direction.MIN, i)),
            Arbitraries.integers().between(1, 20).map(Condition.TimeBudget::new));
    Arbitrary<Condition> conditions =
        Arbitraries.oneOf(
            leaves,
            leaves.list().ofMinSize(1).ofMaxSize(3).map(Condition.All::new),
            leaves.list().ofMinSize(1).ofMaxSize(3).map(Condition.Any::new));
    return Combinators.combine(
            Arbitraries.of(Direction.class),
            Arbitraries.of(0.0, 0.25),
            Arbitraries.of(0.0, 0.1),
            Arbitraries.integers().between(1, 8),
            Arbitraries.integers().between(0, 5),
            Arbitraries.of(NotFinite.class),
            conditions.list().ofMaxSize(2))
        .as(
            (direction, delta, share, patience, warmup, notFinite, all) ->
                new EarlyStopping(
                    new Monitor(Observation.MONITORED, direction, delta, share),
                    patience,
                    warmup,
                    EarlyStopping.UNLIMITED,
                    notFinite,
                    all));
  }

  private static List<Observation> observations(List<Double> history) {
    return history.stream()
        .map(value -> new Observation(Map.of(Observation.MONITORED, value), 1))
        .toList();
  }

  @Property
  void morePatienceNeverStopsEarlierWhateverElseStops(
      @ForAll("histories") List<Double> history,
      @ForAll("policies") EarlyStopping policy,
      @ForAll @IntRange(min = 0, max = 10) int more) {
    List<Observation> seen = observations(history);
    Replay shorter = policy.replay(seen);
    Replay longer = policy.patience(policy.patience() + more).replay(seen);
    assertTrue(shorter.epochs() <= longer.epochs());
  }

  @Property
  void aLongerWarmUpNeverStopsEarlier(
      @ForAll("histories") List<Double> history,
      @ForAll("policies") EarlyStopping policy,
      @ForAll @IntRange(min = 0, max = 10) int more) {
    List<Observation> seen = observations(history);
    Replay shorter = policy.replay(seen);
    Replay longer = policy.warmup(policy.warmup() + more).replay(seen);
    assertTrue(shorter.epochs() <= longer.epochs());
  }

  @Property
  void oneMoreConditionNeverStopsLater(
      @ForAll("histories") List<Double> history,
      @ForAll("policies") EarlyStopping policy,
      @ForAll @IntRange(min = 1, max = 30) int seconds) {
    List<Observation> seen = observations(history);
    Replay with = policy.stopWhen(new Condition.TimeBudget(seconds)).replay(seen);
    assertTrue(with.epochs() <= policy.replay(seen).epochs());
  }

  @Property
  void theBestIsAlwaysAFiniteNumberThatWasObserved(
      @ForAll("histories") List<Double> history, @ForAll("policies") EarlyStopping policy) {
    Replay replay = policy.replay(observations(history));
    for (Verdict verdict : replay.history()) {
      State state = verdict.state();
      assertTrue(Double.isFinite(state.best()));
      state.memory().forEach(best -> assertTrue(Double.isFinite(best.value())));
      if (state.bestEpoch() > 0) {
        assertEquals(history.get(state.bestEpoch() - 1), state.best());
      }
    }
  }

  @Property
  void aTrainingThatIsContinuedFromItsStateGoesOnAsIfNeverInterrupted(
      @ForAll("histories") List<Double> history,
      @ForAll("policies") EarlyStopping policy,
      @ForAll @IntRange(min = 0, max = 30) int cut) {
    List<Observation> seen = observations(history);
    List<Verdict> whole = policy.replay(seen).history();
    State state = policy.start();
    for (int i = 0; i < whole.size(); i++) {
      if (i == cut) {
        state = writtenAndRead(state);
      }
      Verdict verdict = policy.observe(state, seen.get(i));
      assertEquals(whole.get(i), verdict);
      state = verdict.state();
    }
  }

  /// Through text, as a checkpoint does it: numbers alone.
  private static State writtenAndRead(State state) {
    List<String> words = new ArrayList<>();
    for (Best best : state.memory()) {
      words.add(Double.toString(best.value()));
      words.add(Integer.toString(best.epoch()));
    }
    List<Best> memory = new ArrayList<>();
    for (int i = 0; i < words.size(); i += 2) {
      memory.add(new Best(Double.parseDouble(words.get(i)), Integer.parseInt(words.get(i + 1))));
    }
    return new State(
        state.epoch(),
        Double.parseDouble(Double.toString(state.best())),
        state.bestEpoch(),
        Double.parseDouble(Double.toString(state.seconds())),
        memory);
  }

  @Property
  void aNumberThatIsNotFiniteIsNeverTheBest(
      @ForAll("histories") List<Double> history, @ForAll Direction direction) {
    List<Verdict> verdicts = judge(policy(direction, EarlyStopping.UNLIMITED), history);
    for (int i = 0; i < verdicts.size(); i++) {
      assertTrue(Double.isFinite(history.get(i)) || !verdicts.get(i).progress());
      State state = verdicts.get(i).state();
      assertTrue(state.bestEpoch() == 0 || Double.isFinite(history.get(state.bestEpoch() - 1)));
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
