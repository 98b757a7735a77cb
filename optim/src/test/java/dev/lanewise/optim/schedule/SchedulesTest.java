package dev.lanewise.optim.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// With a rate of 0.1, 50 steps in an epoch and 1000 in all.
class SchedulesTest {
  private static Schedule parse(String spec) {
    return Schedules.parse(spec, 0.1, 50, 1000);
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("constant", new Constant(0.1)),
        Arguments.of("constant:0.02", new Constant(0.02)),
        Arguments.of("linear", new Linear(0.1, 0, 1000)),
        Arguments.of("linear:1e-3", new Linear(0.1, 1e-3, 1000)),
        Arguments.of("polynomial", new Polynomial(0.1, 0, 2, 1000)),
        Arguments.of("polynomial:0.9,1e-4", new Polynomial(0.1, 1e-4, 0.9, 1000)),
        Arguments.of("step:10ep", new StepDecay(0.1, 0.1, 500)),
        Arguments.of("step:30,0.5", new StepDecay(0.1, 0.5, 30)),
        Arguments.of(
            "multi-step:50%,15ep,900,0.2", new MultiStep(0.1, 0.2, List.of(500L, 750L, 900L))),
        Arguments.of("exponential:0.95", new Exponential(0.1, 0.95, 50)),
        Arguments.of("exponential:0.999,1", new Exponential(0.1, 0.999, 1)),
        Arguments.of("inverse-time:0.5,2ep", new InverseTime(0.1, 0.5, 100)),
        Arguments.of("cosine", new Cosine(0.1, 0, 1000)),
        Arguments.of(" cosine:1e-5 ", new Cosine(0.1, 1e-5, 1000)),
        Arguments.of("cosine-restarts:2ep,2,1e-4", new CosineRestarts(0.1, 1e-4, 100, 2)),
        Arguments.of("one-cycle", OneCycle.of(0.1, 1000)),
        Arguments.of("one-cycle:40%,10,100", new OneCycle(0.1, 1000, 0.4, 10, 100)),
        Arguments.of("cyclic:4ep", new Cyclic(0.025, 0.1, 200, 200, 1)),
        Arguments.of("cyclic:100,0.01,0.5", new Cyclic(0.01, 0.1, 100, 100, 0.5)),
        Arguments.of("noam:10%", new Noam(0.1, 100)),
        Arguments.of(
            "piecewise:0=0.01,5ep=0.1,100%=0",
            new Piecewise(
                List.of(
                    new Piecewise.Point(0, 0.01),
                    new Piecewise.Point(250, 0.1),
                    new Piecewise.Point(1000, 0)))),
        Arguments.of("warmup:5%+cosine", new Warmup(50, new Cosine(0.1, 0, 950))),
        Arguments.of(
            "warmup:1ep + constant@50% + linear:0.01",
            new Warmup(
                50,
                new Join(
                    List.of(new Join.Part(new Constant(0.1), 500)), new Linear(0.1, 0.01, 450)))),
        Arguments.of(
            "cosine:0.01@0.5ep+constant:0.01",
            new Join(List.of(new Join.Part(new Cosine(0.1, 0.01, 25), 25)), new Constant(0.01))));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aTextIsTheScheduleItSays(String spec, Schedule expected) {
    assertEquals(expected, parse(spec));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cosin | There is no schedule 'cosin': expected one of constant, linear, polynomial, step,",
        "'' | There is no schedule ''",
        "cosine:fast | its end must be a number, but is 'fast'",
        "cosine:NaN | end must be a finite number, but is NaN",
        "cosine:1,2 | 2 arguments, but at most 1 are expected: cosine[:END]",
        "step | its length is missing",
        "step:0 | its length must be positive, but is '0'",
        "step:-5 | its length must be a number of steps",
        "step:3epochs | of epochs as in 3ep",
        "step:10ep,0 | factor must be a positive number",
        "multi-step:0.1 | one place or more and then a factor",
        "multi-step:500,400,0.1 | must ascend",
        "exponential | its factor is missing",
        "warmup:5% | nothing follows it",
        "warmup+cosine | its length is missing",
        "warmup:5%@5+cosine | cannot be given by @ too",
        "warmup:1000+cosine | nothing is left of the training's 1000",
        "constant+cosine | needs a length to be followed",
        "constant@600+cosine@500+linear | nothing is left",
        "cosine@10ep | nothing follows it",
        "piecewise:5 | AT=VALUE",
        "piecewise | at least one point",
        "cosine-restarts:10,1.5 | whole number",
        "cyclic:10,0.2 | at most its high value",
        "one-cycle:100% | between 0 and 1",
        "linear:-1 | its end must be at least 0, but is '-1'",
        "piecewise:0=0.1,50=-1 | its value must be at least 0, but is '-1'",
        "exponential:1e300 | must say finite numbers, but says Infinity at step",
      })
  void whatIsNotUnderstoodGetsOneSentence(String spec, String expected) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> parse(spec));
    String sentence = String.valueOf(refused.getMessage());
    assertTrue(sentence.contains(expected), sentence);
    assertTrue(sentence.endsWith("."), sentence);
  }

  @Test
  void aRateOrALengthThatIsNoneIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Schedules.parse("cosine", 0, 50, 1000));
    assertThrows(IllegalArgumentException.class, () -> Schedules.parse("cosine", 0.1, 0, 1000));
    assertThrows(IllegalArgumentException.class, () -> Schedules.parse("cosine", 0.1, 50, 0));
  }

  @Test
  void everyKindIsDescribedAndSaysItsRule() {
    assertEquals(14, Schedules.forms().size());
    for (Schedules.Description form : Schedules.forms()) {
      assertTrue(form.syntax().startsWith(form.name()), form.syntax());
    }
    texts()
        .map(each -> each.get()[1].toString())
        .forEach(rule -> assertFalse(rule.matches("[A-Z]\\w+\\[.*"), rule));
    assertEquals(
        "0.1·step/50 for 50 steps, then with t from 0: "
            + "0.0 + (0.1 − 0.0)·½(1 + cos(π·t/950)), t ≤ 950",
        parse("warmup:5%+cosine").toString());
  }
}
