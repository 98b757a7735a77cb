package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.ScaleByRadam;
import dev.lanewise.optim.transform.ScaleByRate;

/// Rectified Adam, Liu and others, *On the variance of the adaptive learning rate and beyond*
/// (2020), Algorithm 2; see [ScaleByRadam]. It adapts where ρ > 5 in the convention torch, ρ > 4 in
/// the paper's; the paper has no ε. β₁ is 0.9, β₂ 0.999 and ε 1e-8 in both.
public final class Radam {
  private Radam() {}

  /// With a constant rate, in PyTorch's convention.
  ///
  /// @param rate η, usually 1e-3
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
    convention.requireOneOf("RAdam", Convention.TORCH, Convention.PAPER);
    return Chain.of(
        new ScaleByRadam(
            new Constant(Adam.BETA1),
            new Constant(Adam.BETA2),
            new Constant(Adam.EPSILON),
            convention == Convention.TORCH ? 5 : 4),
        new ScaleByRate(rate));
  }
}
