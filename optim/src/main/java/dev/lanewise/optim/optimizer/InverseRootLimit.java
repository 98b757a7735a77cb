package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;

/// `min(η, 1/√t)`: the relative step of Adafactor.
///
/// @param largest η, the largest rate of each step
record InverseRootLimit(Schedule largest) implements Schedule {
  /// The rate of Adafactor.
  InverseRootLimit {
    if (largest instanceof Constant(double rate) && !(rate > 0)) {
      throw new IllegalArgumentException(
          "The learning rate must be a positive number, but is " + rate + ".");
    }
  }

  @Override
  public double at(long step) {
    return Math.min(largest.at(step), 1 / Math.sqrt((double) step));
  }

  @Override
  public String toString() {
    return "min(" + largest + ", 1/√t)";
  }
}
