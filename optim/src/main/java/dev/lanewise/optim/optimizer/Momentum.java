package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.ScaleByRate;
import dev.lanewise.optim.transform.Trace;
import dev.lanewise.optim.transform.Velocity;

/// Gradient descent with momentum, Polyak (1964), and Nesterov's form of it.
///
/// | convention | momentum | Nesterov |
/// |---|---|---|
/// | torch | `v ← μv + g`, `w ← w − ηv` | `w ← w − η(g + μv)` |
/// | keras, sklearn, paper | `v ← μv − ηg`, `w ← w + v` | `w ← w + μv − ηg` |
///
/// They are the same while the rate is. The paper is Sutskever, Martens, Dahl and Hinton, *On the
/// importance of initialization and momentum in deep learning* (2013), equations 1 to 4, whose
/// Nesterov iterates are followed where the gradient is taken (see [Velocity]).
public final class Momentum {
  private Momentum() {}

  /// With a constant rate, in PyTorch's convention.
  ///
  /// @param rate η, usually 1e-3
  /// @param momentum μ, usually 0.9
  /// @return the chain
  /// @throws IllegalArgumentException if a number is out of range
  public static Chain of(double rate, double momentum) {
    return of(Schedule.constant(rate), momentum);
  }

  /// With a rate that follows a schedule, in PyTorch's convention.
  ///
  /// @param rate η(t)
  /// @param momentum μ
  /// @return the chain
  /// @throws IllegalArgumentException if a number is out of range
  public static Chain of(Schedule rate, double momentum) {
    return of(rate, new Constant(momentum), Convention.TORCH);
  }

  /// With everything chosen.
  ///
  /// @param rate η(t)
  /// @param momentum μ(t)
  /// @param convention whose form
  /// @return the chain
  /// @throws IllegalArgumentException if a number is out of range
  public static Chain of(Schedule rate, Schedule momentum, Convention convention) {
    return chain(rate, momentum, false, convention);
  }

  /// Nesterov's form with a constant rate, in PyTorch's convention.
  ///
  /// @param rate η, usually 1e-3
  /// @param momentum μ, usually 0.9
  /// @return the chain
  /// @throws IllegalArgumentException if a number is out of range
  public static Chain nesterov(double rate, double momentum) {
    return nesterov(Schedule.constant(rate), momentum);
  }

  /// Nesterov's form with a rate that follows a schedule, in PyTorch's convention.
  ///
  /// @param rate η(t)
  /// @param momentum μ
  /// @return the chain
  /// @throws IllegalArgumentException if a number is out of range
  public static Chain nesterov(Schedule rate, double momentum) {
    return nesterov(rate, new Constant(momentum), Convention.TORCH);
  }

  /// Nesterov's form with everything chosen.
  ///
  /// @param rate η(t)
  /// @param momentum μ(t)
  /// @param convention whose form
  /// @return the chain
  /// @throws IllegalArgumentException if a number is out of range
  public static Chain nesterov(Schedule rate, Schedule momentum, Convention convention) {
    return chain(rate, momentum, true, convention);
  }

  private static Chain chain(
      Schedule rate, Schedule momentum, boolean nesterov, Convention convention) {
    return convention == Convention.TORCH
        ? Chain.of(new Trace(momentum, nesterov), new ScaleByRate(rate))
        : Chain.of(new Velocity(rate, momentum, nesterov));
  }
}
