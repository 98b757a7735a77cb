package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.RootEpsilon;
import dev.lanewise.optim.transform.ScaleByAdagrad;
import dev.lanewise.optim.transform.ScaleByRate;

/// Adagrad, Duchi, Hazan and Singer, *Adaptive subgradient methods for online learning and
/// stochastic optimization* (2011); see [ScaleByAdagrad].
///
/// | convention | step | v at first | ε |
/// |---|---|---|---|
/// | torch, paper | `w ← w − η·g/(√v + ε)` | 0 | 1e-10 |
/// | keras | `w ← w − η·g/√(v + ε)` | 0.1 | 1e-7 |
public final class Adagrad {
  private Adagrad() {}

  /// With a constant rate, in PyTorch's convention.
  ///
  /// @param rate η, usually 1e-2
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
    convention.requireOneOf("Adagrad", Convention.TORCH, Convention.KERAS, Convention.PAPER);
    ScaleByAdagrad direction =
        convention == Convention.KERAS
            ? new ScaleByAdagrad(new Constant(1e-7), RootEpsilon.INSIDE, 0.1)
            : new ScaleByAdagrad(new Constant(1e-10), RootEpsilon.OUTSIDE, 0);
    return Chain.of(direction, new ScaleByRate(rate));
  }
}
