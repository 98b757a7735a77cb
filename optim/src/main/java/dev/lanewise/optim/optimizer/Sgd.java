package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.ScaleByRate;

/// Stochastic gradient descent: `w ← w − η·g`.
public final class Sgd {
  private Sgd() {}

  /// With a constant rate.
  ///
  /// @param rate η
  /// @return the chain
  /// @throws IllegalArgumentException if the rate is not a positive number
  public static Chain of(double rate) {
    return of(Schedule.constant(rate));
  }

  /// With a rate that follows a schedule.
  ///
  /// @param rate η(t)
  /// @return the chain
  public static Chain of(Schedule rate) {
    return Chain.of(new ScaleByRate(rate));
  }
}
