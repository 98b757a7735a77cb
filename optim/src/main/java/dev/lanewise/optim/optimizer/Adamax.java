package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.ScaleByAdamax;
import dev.lanewise.optim.transform.ScaleByRate;

/// Adam by the infinity norm, Kingma and Ba, *Adam: a method for stochastic optimization* (2015),
/// Algorithm 2; see [ScaleByAdamax].
///
/// | convention | n | step | ε |
/// |---|---|---|---|
/// | torch | `max(β₂·n, |g| + ε)` | `w ← w − η·m̂/n` | 1e-8 |
/// | keras | `max(β₂·n, |g|)` | `w ← w − η·m̂/(n + ε)` | 1e-7 |
/// | paper | `max(β₂·n, |g|)` | `w ← w − η·m̂/(n + ε)`; it has no ε | 1e-8 |
///
/// β₁ is 0.9 and β₂ 0.999 in each.
public final class Adamax {
  private Adamax() {}

  /// With a constant rate, in PyTorch's convention.
  ///
  /// @param rate η, usually 2e-3
  /// @return the chain
  /// @throws IllegalArgumentException if the rate is not a positive number
  public static Chain of(double rate) {
    return of(Schedule.constant(rate), Convention.TORCH);
  }

  /// In a convention, with its defaults.
  ///
  /// @param rate η(t)
  /// @param convention whose form
  /// @return the chain
  /// @throws IllegalArgumentException if the rate is a constant and not positive, or there is no
  ///     such convention
  public static Chain of(Schedule rate, Convention convention) {
    convention.requireOneOf("Adamax", Convention.TORCH, Convention.KERAS, Convention.PAPER);
    return Chain.of(
        new ScaleByAdamax(
            new Constant(Adam.BETA1),
            new Constant(Adam.BETA2),
            new Constant(convention == Convention.KERAS ? 1e-7 : Adam.EPSILON),
            convention == Convention.TORCH
                ? ScaleByAdamax.Place.IN_MAXIMUM
                : ScaleByAdamax.Place.BESIDE_MAXIMUM),
        new ScaleByRate(rate));
  }
}
