package dev.lanewise.optim.schedule;

/// A number that may change with the step, most often the learning rate: a function of the step's
/// number alone, without state, so that it can be printed before training and continued anywhere.
///
/// The formulas are written with `t = step − 1`, the number of steps that are already done: PyTorch
/// counts its calls of `scheduler.step()` so. A schedule over `steps` has its start at t = 0, the
/// first step, and its end at `t = steps`, the step *after* the last one, which is where the next
/// schedule of a [Join] begins; from there on it keeps its end. Both are met to the bit.
///
/// `toString` of each schedule in this package is its rule with its numbers.
@FunctionalInterface
public interface Schedule {
  /// The number for one step.
  ///
  /// @param step the step's number over the whole training, from 1
  /// @return the learning rate η, or what else is scheduled
  double at(long step);

  /// The same learning rate at every step.
  ///
  /// @param rate η
  /// @return the schedule
  /// @throws IllegalArgumentException if the rate is not a positive number
  static Schedule constant(double rate) {
    if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The learning rate must be a positive number, but is " + rate + ".");
    }
    return new Constant(rate);
  }
}
