package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.ScaleByAdabelief;
import dev.lanewise.optim.transform.ScaleByRate;

/// Adam by the belief in gradients, Zhuang and others, *AdaBelief optimizer: adapting stepsizes by
/// the belief in observed gradients* (2020), Algorithm 2; see [ScaleByAdabelief]. Only the paper's
/// convention: β₁ 0.9, β₂ 0.999, ε 1e-8.
public final class Adabelief {
  private Adabelief() {}

  /// With a constant rate, in the paper's convention.
  ///
  /// @param rate η, usually 1e-3
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
    convention.requireOneOf("AdaBelief", Convention.PAPER);
    return Chain.of(
        new ScaleByAdabelief(
            new Constant(Adam.BETA1), new Constant(Adam.BETA2), new Constant(Adam.EPSILON)),
        new ScaleByRate(rate));
  }
}
