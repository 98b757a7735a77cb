package dev.lanewise.optim.stopping;

import java.util.List;

/// A condition that ends training, judged after each epoch. Conditions combine:
///
/// ```java
/// // when nothing has improved for 3 epochs and training is good enough, or after an hour
/// new Any(List.of(
///     new All(List.of(
///         new Patience(new Monitor("validation_loss", MIN), 3),
///         new Target("train_loss", MIN, 0.1))),
///     new TimeBudget(3600)))
/// ```
public sealed interface Condition {
  /// So many epochs in a row brought no progress. It holds until there is progress again.
  ///
  /// @param monitor what progress is
  /// @param epochs how many epochs, at least 1
  record Patience(Monitor monitor, int epochs) implements Condition {
    /// A patience.
    ///
    /// @throws IllegalArgumentException if there is no epoch
    public Patience {
      requirePatience(epochs);
    }
  }

  /// A metric is as good as a target or better. NaN is not.
  ///
  /// @param metric the metric's name in an [Observation]
  /// @param direction which numbers are better
  /// @param value the target
  record Target(String metric, Direction direction, double value) implements Condition {
    /// A target.
    ///
    /// @throws IllegalArgumentException if it is NaN
    public Target {
      requireNumber("target", value);
    }
  }

  /// A metric is worse than a limit, or NaN.
  ///
  /// @param metric the metric's name in an [Observation]
  /// @param direction which numbers are better
  /// @param limit the worst that is still good
  record WorseThan(String metric, Direction direction, double limit) implements Condition {
    /// A limit.
    ///
    /// @throws IllegalArgumentException if it is NaN
    public WorseThan {
      requireNumber("limit", limit);
    }
  }

  /// The epochs so far, also those before a resume, took so long. It is judged at the end of an
  /// epoch, so that training takes longer by up to an epoch.
  ///
  /// @param seconds how long, positive
  record TimeBudget(double seconds) implements Condition {
    /// A budget.
    ///
    /// @throws IllegalArgumentException if it is not positive
    public TimeBudget {
      if (!(seconds > 0)) {
        throw new IllegalArgumentException(
            "Early stopping: the time budget must be positive, but is " + seconds + " seconds.");
      }
    }
  }

  /// One of several holds: training ends for the reason of the first that does.
  ///
  /// @param conditions the conditions
  record Any(List<Condition> conditions) implements Condition {
    /// A combination.
    ///
    /// @throws IllegalArgumentException if there are none
    public Any {
      conditions = copy(conditions);
    }
  }

  /// All of several hold after the same epoch.
  ///
  /// @param conditions the conditions
  record All(List<Condition> conditions) implements Condition {
    /// A combination.
    ///
    /// @throws IllegalArgumentException if there are none
    public All {
      conditions = copy(conditions);
    }
  }

  private static List<Condition> copy(List<Condition> conditions) {
    if (conditions.isEmpty()) {
      throw new IllegalArgumentException(
          "Early stopping: a combination needs at least one condition.");
    }
    return List.copyOf(conditions);
  }

  private static void requireNumber(String name, double value) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException(
          "Early stopping: the " + name + " must be a number, but is NaN.");
    }
  }

  /// Demands a patience that can be told from none.
  ///
  /// @param epochs the patience
  /// @throws IllegalArgumentException if it is less than 1
  static void requirePatience(int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException(
          "Early stopping: the patience must be at least 1, which stops at the first epoch without"
              + " progress, but is "
              + epochs
              + ".");
    }
  }
}
