package dev.lanewise.optim.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class ScheduleProperties {
  /// All kinds that go from one value to another.
  private static List<Schedule> ramps(double from, double to, long steps) {
    return List.of(
        new Linear(from, to, steps),
        new Polynomial(from, to, 1.7, steps),
        new Cosine(from, to, steps),
        new Piecewise(List.of(new Piecewise.Point(0, from), new Piecewise.Point(steps, to))));
  }

  @Property
  void theEndsAreMetToTheBitAndNothingLiesBeyondThem(
      @ForAll @DoubleRange(min = 0.01, max = 10) double from,
      @ForAll @DoubleRange(min = 0, max = 10) double to,
      @ForAll @LongRange(min = 1, max = 1000) long steps,
      @ForAll @LongRange(min = 1, max = 2000) long step) {
    for (Schedule ramp : ramps(from, to, steps)) {
      assertEquals(from, ramp.at(1), ramp.toString());
      assertEquals(to, ramp.at(steps + 1), ramp.toString());
      assertEquals(to, ramp.at(steps + 1000), ramp.toString());
      double slack = Math.ulp(Math.max(from, to));
      assertTrue(ramp.at(step) >= Math.min(from, to) - slack, ramp.toString());
      assertTrue(ramp.at(step) <= Math.max(from, to) + slack, ramp.toString());
    }
  }

  @Property
  void whatGoesDownNeverGoesUp(
      @ForAll @DoubleRange(min = 0.01, max = 10) double rate,
      @ForAll @LongRange(min = 1, max = 300) long steps,
      @ForAll @LongRange(min = 1, max = 600) long step) {
    List<Schedule> falling =
        List.of(
            new Linear(rate, 0, steps),
            new Polynomial(rate, 0, 3, steps),
            new Cosine(rate, 0, steps),
            new StepDecay(rate, 0.5, steps),
            new MultiStep(rate, 0.5, List.of(steps, steps + 5)),
            new Exponential(rate, 0.9, steps),
            new InverseTime(rate, 0.5, steps));
    for (Schedule schedule : falling) {
      assertTrue(schedule.at(step + 1) <= schedule.at(step) + Math.ulp(rate), schedule.toString());
      assertTrue(schedule.at(step) >= 0, schedule.toString());
      assertEquals(rate, schedule.at(1), schedule.toString());
    }
  }

  @Property
  void aWarmUpMeetsWhatFollowsAndStaysBelowIt(
      @ForAll @LongRange(min = 1, max = 200) long warm,
      @ForAll @LongRange(min = 1, max = 200) long steps,
      @ForAll @LongRange(min = 1, max = 500) long step) {
    Schedule then = new Cosine(0.3, 0.01, steps);
    Schedule schedule = new Warmup(warm, then);
    assertEquals(0.3, schedule.at(warm));
    assertEquals(0.3, schedule.at(warm + 1));
    assertTrue(schedule.at(step) > 0);
    assertTrue(schedule.at(step) <= 0.3);
    assertEquals(then.at(step), schedule.at(warm + step));
  }

  @Property
  void aJoinIsItsPartsEachFromItsBeginning(
      @ForAll @LongRange(min = 1, max = 50) long first,
      @ForAll @LongRange(min = 1, max = 50) long second,
      @ForAll @LongRange(min = 1, max = 200) long step) {
    Schedule up = new Linear(0.1, 1, first);
    Schedule down = new Cosine(1, 0.2, second);
    Schedule end = new Exponential(0.2, 0.9, 1);
    Schedule join = new Join(List.of(new Join.Part(up, first), new Join.Part(down, second)), end);
    double expected =
        step <= first
            ? up.at(step)
            : step <= first + second ? down.at(step - first) : end.at(step - first - second);
    assertEquals(expected, join.at(step));
    // Where a part ends the next one begins: no jump.
    assertEquals(up.at(first + 1), join.at(first + 1));
    assertEquals(down.at(second + 1), join.at(first + second + 1));
  }

  @Property
  void oneCycleBeginsAndEndsInTheFirstAndTheLastStep(
      @ForAll @LongRange(min = 100, max = 2000) long steps,
      @ForAll @DoubleRange(min = 0.2, max = 0.8) double rise,
      @ForAll @LongRange(min = 1, max = 2000) long step) {
    OneCycle cycle = new OneCycle(0.4, steps, rise, 20, 50);
    assertEquals(0.4 / 20, cycle.at(1));
    assertEquals(0.4 / 20 / 50, cycle.at(steps));
    assertTrue(cycle.at(step) <= 0.4 && cycle.at(step) >= 0.4 / 20 / 50);
    long top = Math.round(rise * steps - 1) + 1;
    assertTrue(cycle.at(top) > 0.4 * 0.98, "at the top it is " + cycle.at(top));
  }

  @Property
  void trianglesTouchTheirEndsInEachCycle(
      @ForAll @LongRange(min = 1, max = 50) long rise,
      @ForAll @LongRange(min = 1, max = 50) long fall,
      @ForAll @IntRange(min = 0, max = 20) int cycle) {
    Cyclic triangles = new Cyclic(0.1, 0.9, rise, fall, 1);
    long start = cycle * (rise + fall) + 1;
    assertEquals(0.1, triangles.at(start));
    assertEquals(0.9, triangles.at(start + rise));
  }

  @Property
  void restartsGiveTheStartAgainAtTheSumsOfThePeriods(
      @ForAll @LongRange(min = 1, max = 20) long period,
      @ForAll @IntRange(min = 1, max = 4) int multiplier,
      @ForAll @IntRange(min = 0, max = 6) int restarts) {
    CosineRestarts waves = new CosineRestarts(0.7, 0.1, period, multiplier);
    long done = 0;
    long length = period;
    for (int i = 0; i < restarts; i++) {
      done += length;
      length *= multiplier;
    }
    assertEquals(0.7, waves.at(done + 1));
    assertTrue(length == 1 || waves.at(done + length) < 0.7);
  }

  @Property
  void theTopOfNoamIsAtTheEndOfItsWarmUp(
      @ForAll @LongRange(min = 1, max = 5000) long warm,
      @ForAll @LongRange(min = 1, max = 20000) long step) {
    Noam noam = new Noam(0.01, warm);
    assertEquals(0.01, noam.at(warm));
    assertTrue(noam.at(step) <= 0.01);
  }
}
