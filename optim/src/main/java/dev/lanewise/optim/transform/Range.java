package dev.lanewise.optim.transform;

import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;

/// Where a hyper-parameter may lie. A constant is looked at when a transform is made, what a
/// schedule says at each step.
enum Range {
  POSITIVE("a positive number") {
    @Override
    boolean holds(double value) {
      return value > 0 && value < Double.POSITIVE_INFINITY;
    }
  },
  NOT_NEGATIVE("a number of at least 0") {
    @Override
    boolean holds(double value) {
      return value >= 0 && value < Double.POSITIVE_INFINITY;
    }
  },
  BELOW_ONE("at least 0 and less than 1") {
    @Override
    boolean holds(double value) {
      return value >= 0 && value < 1;
    }
  };

  private final String words;

  Range(String words) {
    this.words = words;
  }

  abstract boolean holds(double value);

  void require(String what, double value) {
    if (!holds(value)) {
      throw new IllegalArgumentException(
          "The " + what + " must be " + words + ", but is " + value + ".");
    }
  }

  void require(String what, Schedule schedule) {
    if (schedule instanceof Constant constant) {
      require(what, constant.value());
    }
  }

  double at(String what, Schedule schedule, StepContext step) {
    double value = schedule.at(step.number());
    if (!holds(value)) {
      throw new IllegalArgumentException(
          "The "
              + what
              + " must be "
              + words
              + ", but at step "
              + step.number()
              + " the schedule "
              + schedule
              + " says "
              + value
              + ".");
    }
    return value;
  }

  /// How a hyper-parameter reads in a rule: a constant as its number.
  static String show(Schedule schedule) {
    return schedule instanceof Constant ? schedule.toString() : "(" + schedule + ")";
  }
}
