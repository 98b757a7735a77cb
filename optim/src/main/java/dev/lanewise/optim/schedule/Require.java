package dev.lanewise.optim.schedule;

/// What the numbers of a schedule must be.
final class Require {
  private Require() {}

  static void finite(String schedule, String name, double value) {
    if (!Double.isFinite(value)) {
      throw wrong(schedule, name, "a finite number", value);
    }
  }

  static void positive(String schedule, String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw wrong(schedule, name, "a positive number", value);
    }
  }

  static void steps(String schedule, String name, long value) {
    if (value < 1) {
      throw wrong(schedule, name, "at least 1 step", value);
    }
  }

  static IllegalArgumentException wrong(
      String schedule, String name, String expected, Object value) {
    return new IllegalArgumentException(
        "The schedule %s: its %s must be %s, but is %s."
            .formatted(schedule, name, expected, value));
  }
}
