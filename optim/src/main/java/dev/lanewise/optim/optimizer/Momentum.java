package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.ScaleByRate;
import dev.lanewise.optim.transform.Trace;

/// Gradient descent with momentum, in PyTorch's convention (see [Trace]): `v ← μ·v + g`,
/// `w ← w − η·v`; in Nesterov's form `w ← w − η·(g + μ·v)`.
public final class Momentum {
  private Momentum() {}

  /// With a constant rate.
  ///
  /// @param rate η
  /// @param momentum μ, usually 0.9
  /// @return the chain
  /// @throws IllegalArgumentException if a number is out of range
  public static Chain of(double rate, double momentum) {
    return of(Schedule.constant(rate), momentum);
  }

  /// With a rate that follows a schedule.
  ///
  /// @param rate η(t)
  /// @param momentum μ
  /// @return the chain
  /// @throws IllegalArgumentException if μ is out of range
  public static Chain of(Schedule rate, double momentum) {
    return Chain.of(new Trace(momentum, false), new ScaleByRate(rate));
  }

  /// Nesterov's form with a constant rate.
  ///
  /// @param rate η
  /// @param momentum μ, usually 0.9
  /// @return the chain
  /// @throws IllegalArgumentException if a number is out of range
  public static Chain nesterov(double rate, double momentum) {
    return nesterov(Schedule.constant(rate), momentum);
  }

  /// Nesterov's form with a rate that follows a schedule.
  ///
  /// @param rate η(t)
  /// @param momentum μ
  /// @return the chain
  /// @throws IllegalArgumentException if μ is out of range
  public static Chain nesterov(Schedule rate, double momentum) {
    return Chain.of(new Trace(momentum, true), new ScaleByRate(rate));
  }
}
