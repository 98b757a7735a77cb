package dev.lanewise.optim.schedule;

/// A rate that may change with the step: a function of the step's number alone, without state, so
/// that it can be printed before training and continued anywhere.
@FunctionalInterface
public interface Schedule {
  /// The rate of one step.
  ///
  /// @param step the step's number, from 1
  /// @return η
  double at(long step);

  /// The same rate at every step.
  ///
  /// @param rate η
  /// @return the schedule
  /// @throws IllegalArgumentException if the rate is not a positive number
  static Schedule constant(double rate) {
    return new Constant(rate);
  }

  /// The same rate at every step.
  ///
  /// @param rate η
  record Constant(double rate) implements Schedule {
    /// A constant rate.
    ///
    /// @throws IllegalArgumentException if the rate is not a positive number
    public Constant {
      if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "The learning rate must be a positive number, but is " + rate + ".");
      }
    }

    @Override
    public double at(long step) {
      return rate;
    }
  }
}
