package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.AddDecayedWeights;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.ScaleByAdam;
import dev.lanewise.optim.transform.ScaleByRate;

/// Adam with decoupled weight decay: `w ← w − η·(m̂/(√v̂ + ε) + λ·w)`, see [ScaleByAdam] and
/// [AddDecayedWeights]. Biases do not decay; in PyTorch they do unless told.
public final class AdamW {
  private AdamW() {}

  /// With a constant rate and Adam's defaults.
  ///
  /// @param rate η, usually 1e-3
  /// @param decay λ, usually 1e-2
  /// @return the chain
  /// @throws IllegalArgumentException if a number is out of range
  public static Chain of(double rate, double decay) {
    return of(
        Schedule.constant(rate),
        Adam.BETA1,
        Adam.BETA2,
        Adam.EPSILON,
        new AddDecayedWeights(decay));
  }

  /// With everything chosen.
  ///
  /// @param rate η(t)
  /// @param beta1 β₁
  /// @param beta2 β₂
  /// @param epsilon ε
  /// @param decay λ, and which parameters decay
  /// @return the chain
  /// @throws IllegalArgumentException if a number is out of range
  public static Chain of(
      Schedule rate, double beta1, double beta2, double epsilon, AddDecayedWeights decay) {
    return Chain.of(new ScaleByAdam(beta1, beta2, epsilon), decay, new ScaleByRate(rate));
  }
}
