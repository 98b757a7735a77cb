package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.AddDecayedWeights;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.ScaleByLion;
import dev.lanewise.optim.transform.ScaleByRate;

/// Lion, Chen and others, *Symbolic discovery of optimization algorithms* (2023), Algorithm 2:
/// `w ← w − η·(sign(c) + λ·w)`; see [ScaleByLion]. β₁ is 0.9 and β₂ 0.99 in the conventions paper
/// and keras, λ is 0 unless told.
public final class Lion {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.99;

  private Lion() {}

  /// With a constant rate, in the paper's convention.
  ///
  /// @param rate η, usually 1e-4
  /// @return the chain
  /// @throws IllegalArgumentException if the rate is not a positive number
  public static Chain of(double rate) {
    return of(Schedule.constant(rate), Convention.PAPER);
  }

  /// In a convention, with its defaults.
  ///
  /// @param rate η(t)
  /// @param convention whose form
  /// @return the chain
  /// @throws IllegalArgumentException if the rate is a constant and not positive, or there is no
  ///     such convention
  public static Chain of(Schedule rate, Convention convention) {
    convention.requireOneOf("Lion", Convention.PAPER, Convention.KERAS);
    return Chain.of(
        new ScaleByLion(new Constant(BETA1), new Constant(BETA2)), new ScaleByRate(rate));
  }

  /// With decoupled decay.
  ///
  /// @param rate η(t)
  /// @param decay λ, and which parameters decay
  /// @param convention whose form
  /// @return the chain
  /// @throws IllegalArgumentException if the rate is a constant and not positive, or there is no
  ///     such convention
  public static Chain of(Schedule rate, AddDecayedWeights decay, Convention convention) {
    convention.requireOneOf("Lion", Convention.PAPER, Convention.KERAS);
    return Chain.of(
        new ScaleByLion(new Constant(BETA1), new Constant(BETA2)), decay, new ScaleByRate(rate));
  }
}
