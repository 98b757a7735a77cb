package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.ScaleByNadam;
import dev.lanewise.optim.transform.ScaleByRate;

/// Adam with Nesterov's momentum, Dozat, *Incorporating Nesterov momentum into Adam* (2016),
/// Algorithm 2; see [ScaleByNadam].
///
/// | convention | growth ψ | mean m by | ε |
/// |---|---|---|---|
/// | torch | 4e-3 | β₁ | 1e-8 |
/// | keras | 1 | β₁ | 1e-7 |
/// | paper | 4e-3 | μ(t) | 1e-8 |
///
/// β₁ is 0.9 and β₂ 0.999 in each. The paper writes `ν·n/(1−νᵗ)` for the corrected second moment;
/// as in PyTorch and Keras, the factor ν is left out.
public final class Nadam {
  private Nadam() {}

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
    convention.requireOneOf("NAdam", Convention.TORCH, Convention.KERAS, Convention.PAPER);
    boolean keras = convention == Convention.KERAS;
    return Chain.of(
        new ScaleByNadam(
            new Constant(Adam.BETA1),
            new Constant(Adam.BETA2),
            new Constant(keras ? 1e-7 : Adam.EPSILON),
            new Constant(keras ? 1 : 4e-3),
            convention == Convention.PAPER),
        new ScaleByRate(rate));
  }
}
