package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.ScaleByRate;

/// Stochastic gradient descent, `w ← w − η·g`: Robbins and Monro, *A stochastic approximation
/// method* (1951). All conventions are one.
public final class Sgd {
  private Sgd() {}

  /// With a constant rate.
  ///
  /// @param rate η, usually 1e-3
  /// @return the chain
  /// @throws IllegalArgumentException if the rate is not a positive number
  public static Chain of(double rate) {
    return of(Schedule.constant(rate));
  }

  /// With a rate that follows a schedule.
  ///
  /// @param rate η(t)
  /// @return the chain
  /// @throws IllegalArgumentException if the rate is a constant and not positive
  public static Chain of(Schedule rate) {
    return Chain.of(new ScaleByRate(rate));
  }
}
