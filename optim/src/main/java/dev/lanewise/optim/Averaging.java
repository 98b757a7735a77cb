package dev.lanewise.optim;

/// Averages the weights over steps, `a ← a + c(t)·(w − a)`: stochastic gradient descent circles
/// around a minimum, and the mean of its positions lies nearer to it than the last of them does.
/// Validation, the best weights and the trained model are the average's; training goes on with the
/// weights themselves.
///
/// The average looks at the weights after each [#every]th step only, which costs little and changes
/// little: neighbouring weights are alike.
///
/// @param kind how older weights are forgotten
/// @param every between how many steps the average looks at the weights
public record Averaging(Kind kind, int every) {
  /// How older weights are forgotten.
  public sealed interface Kind {}

  /// An exponential moving average, after Polyak and Juditsky, *Acceleration of stochastic
  /// approximation by averaging* (1992). A weight counts by `decayᵃᵍᵉ`, its age in steps. Early in
  /// training, when weights still travel far, the decay is `(1+t)/(10+t)` if that is smaller, as in
  /// TensorFlow: the average's memory is never much longer than a ninth of the training so far.
  ///
  /// @param decay per step, above 0 and below 1
  public record Exponential(double decay) implements Kind {
    /// A decay.
    ///
    /// @throws IllegalArgumentException if it is not between 0 and 1
    public Exponential {
      if (!(decay > 0 && decay < 1)) {
        throw new IllegalArgumentException(
            "The decay of averaged weights must be above 0 and below 1, but is " + decay + ".");
      }
    }
  }

  /// The plain mean of all weights from a step on: Izmailov, Podoprikhin, Garipov, Vetrov and
  /// Wilson, *Averaging weights leads to wider optima and better generalization* (2018).
  ///
  /// @param from the first step that counts, from 1; before it the average is the weights
  public record Mean(long from) implements Kind {
    /// A mean.
    ///
    /// @throws IllegalArgumentException if the step is not positive
    public Mean {
      if (from < 1) {
        throw new IllegalArgumentException(
            "Weights are averaged from a step of at least 1 on, but not from " + from + ".");
      }
    }
  }

  /// Averaging.
  ///
  /// @throws IllegalArgumentException if the interval is not positive
  public Averaging {
    if (every < 1) {
      throw new IllegalArgumentException(
          "Weights are averaged every 1 or more steps, but not every " + every + ".");
    }
  }

  /// An exponential moving average that looks at the weights after every eighth step.
  ///
  /// @param decay per step, above 0 and below 1: 0.998 remembers about 500 steps
  /// @return the averaging
  /// @throws IllegalArgumentException if the decay is out of range
  public static Averaging exponential(double decay) {
    return new Averaging(new Exponential(decay), 8);
  }

  /// The mean of all weights from a step on, looked at after every eighth step.
  ///
  /// @param from the first step that counts
  /// @return the averaging
  /// @throws IllegalArgumentException if the step is not positive
  public static Averaging mean(long from) {
    return new Averaging(new Mean(from), 8);
  }

  /// c(t), by how much the average moves towards the weights after a step. It depends on the step's
  /// number alone, so that the average itself is all that a continued training must remember.
  ///
  /// @param step t, from 1
  /// @return from 0 (the average does not look) to 1 (it becomes the weights)
  public double rate(long step) {
    if (step % every != 0) {
      return step < every ? 1 : 0;
    }
    return switch (kind) {
      case Exponential(double decay) ->
          1 - StrictMath.pow(Math.min(decay, (1.0 + step) / (10 + step)), every);
      case Mean(long from) -> 1.0 / Math.max(1, step / every - (from - 1) / every);
    };
  }
}
