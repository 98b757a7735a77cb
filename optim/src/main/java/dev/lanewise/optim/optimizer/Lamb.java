package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.AddDecayedWeights;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.ScaleByAdam;
import dev.lanewise.optim.transform.ScaleByRate;
import dev.lanewise.optim.transform.ScaleByTrustRatio;

/// LAMB, You and others, *Large batch optimization for deep learning: training BERT in 76 minutes*
/// (2020), Algorithm 2: `w ← w − η·‖w‖/‖r‖·r` for each tensor, with `r = m̂/(√v̂ + ε) + λ·w`; see
/// [ScaleByAdam] and [ScaleByTrustRatio].
///
/// | convention | λ | ε |
/// |---|---|---|
/// | paper | 1e-2, of weights but not of biases | 1e-6 |
/// | keras | 0 | 1e-7 |
///
/// β₁ is 0.9 and β₂ 0.999 in both, and φ is the identity.
public final class Lamb {
  private Lamb() {}

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
    convention.requireOneOf("LAMB", Convention.PAPER, Convention.KERAS);
    return convention == Convention.PAPER
        ? of(rate, new AddDecayedWeights(1e-2), convention)
        : Chain.of(direction(convention), new ScaleByTrustRatio(), new ScaleByRate(rate));
  }

  /// With a decay of one's own.
  ///
  /// @param rate η(t)
  /// @param decay λ, and which parameters decay
  /// @param convention whose form
  /// @return the chain
  /// @throws IllegalArgumentException if the rate is a constant and not positive, or there is no
  ///     such convention
  public static Chain of(Schedule rate, AddDecayedWeights decay, Convention convention) {
    convention.requireOneOf("LAMB", Convention.PAPER, Convention.KERAS);
    return Chain.of(direction(convention), decay, new ScaleByTrustRatio(), new ScaleByRate(rate));
  }

  private static ScaleByAdam direction(Convention convention) {
    double epsilon = convention == Convention.PAPER ? 1e-6 : 1e-7;
    return new ScaleByAdam(Adam.BETA1, Adam.BETA2, epsilon);
  }
}
