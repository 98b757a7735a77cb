package dev.lanewise.optim.schedule;

import java.util.Arrays;
import java.util.List;

/// Schedules in the form of text, as `train --schedule` takes them.
///
/// ```text
/// cosine                      from the rate to 0 over the whole training
/// cosine:1e-5                 the same to 1e-5
/// warmup:5%+cosine            5 % of all steps up, the others down
/// step:10ep,0.1               a tenth after each 10 epochs
/// constant@50%+linear         half of all steps the same, the others down to 0
/// ```
///
/// A text is `PART+PART+…`, a part `NAME:ARGUMENT,ARGUMENT,…@LENGTH`. What stands in brackets in
/// [#forms] may be left out. A length is a number of steps (`500`), of epochs (`3ep`, `0.5ep`) or a
/// share of all steps (`5%`), and at least one step. Every part but the last needs a `@LENGTH`,
/// except `warmup`, whose argument it is; a part without one goes to the end of the training.
public final class Schedules {
  /// At how many places, spread over the training, a schedule is looked at before it is given out.
  private static final int LOOKS = 1000;

  private Schedules() {}

  /// A kind of schedule and how it is written.
  ///
  /// @param name its name
  /// @param syntax its text, with what may be left out in brackets
  /// @param meaning what it does
  public record Description(String name, String syntax, String meaning) {}

  /// Reads a schedule.
  ///
  /// @param spec the text
  /// @param rate the largest learning rate, which most schedules start from
  /// @param stepsPerEpoch how many steps an epoch has
  /// @param totalSteps how many steps the training has at most
  /// @return the schedule
  /// @throws IllegalArgumentException if the text is not understood, in one sentence, a number is
  ///     not positive, or the schedule grows beyond all numbers
  public static Schedule parse(String spec, double rate, long stepsPerEpoch, long totalSteps) {
    Schedule.constant(rate); // refuses a rate that is none
    Require.steps(spec, "epoch", stepsPerEpoch);
    Require.steps(spec, "training", totalSteps);
    List<String> parts = List.of(spec.strip().split("\\+", -1));
    Schedule schedule = parse(spec, parts, rate, stepsPerEpoch, totalSteps, 0);
    for (int look = 0; look <= LOOKS; look++) {
      long step = 1 + (long) ((double) look / LOOKS * (totalSteps - 1));
      if (!Double.isFinite(schedule.at(step))) {
        throw new IllegalArgumentException(
            "The schedule '%s' must say finite numbers, but says %s at step %d."
                .formatted(spec, schedule.at(step), step));
      }
    }
    return schedule;
  }

  /// All kinds, in the order in which they are best explained.
  ///
  /// @return the kinds
  public static List<Description> forms() {
    return Arrays.stream(Form.values())
        .map(form -> new Description(form.label(), form.syntax(), form.meaning()))
        .toList();
  }

  /// The parts from the first on, of which `before` steps are made already.
  private static Schedule parse(
      String spec,
      List<String> parts,
      double rate,
      long stepsPerEpoch,
      long totalSteps,
      long before) {
    Arguments arguments =
        Arguments.of(spec, parts.getFirst(), rate, stepsPerEpoch, totalSteps, before);
    Form form = Form.of(arguments);
    List<String> rest = parts.subList(1, parts.size());
    long length = form.length(arguments);
    if (rest.isEmpty()) {
      if (length != Arguments.TO_THE_END) {
        throw arguments.wrong("nothing follows it: add what comes then, as in +cosine");
      }
      return form.build(arguments);
    }
    if (length == Arguments.TO_THE_END) {
      throw arguments.wrong("it needs a length to be followed by another part, as in @10ep");
    }
    if (before + length >= totalSteps) {
      throw arguments.wrong(
          "with its %d steps nothing is left of the training's %d for what follows"
              .formatted(length, totalSteps));
    }
    Schedule then = parse(spec, rest, rate, stepsPerEpoch, totalSteps, before + length);
    return form == Form.WARMUP
        ? new Warmup(length, then)
        : new Join(List.of(new Join.Part(form.build(arguments.until(length)), length)), then);
  }
}
