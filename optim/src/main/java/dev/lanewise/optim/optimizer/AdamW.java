package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.AddDecayedWeights;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.Scale;
import dev.lanewise.optim.transform.ScaleByAdam;
import dev.lanewise.optim.transform.ScaleByRate;

/// Adam with decoupled weight decay, Loshchilov and Hutter, *Decoupled weight decay regularization*
/// (2019), Algorithm 2. Biases do not decay; in PyTorch and Keras they do unless told.
///
/// | convention | step | λ |
/// |---|---|---|
/// | torch | `w ← w − η·(m̂/(√v̂ + ε) + λ·w)` | 1e-2 |
/// | keras | the same, with Keras' form of [Adam] | 4e-3 |
/// | paper | `w ← w − η·m̂/(√v̂ + ε) − λ·w`: the decay does not depend on the rate | 1e-5 |
///
/// The paper multiplies both by a schedule; here λ follows one of its own.
public final class AdamW {
  private AdamW() {}

  /// With a constant rate and Adam's defaults, in PyTorch's convention.
  ///
  /// @param rate η, usually 1e-3
  /// @param decay λ, usually 1e-2
  /// @return the chain
  /// @throws IllegalArgumentException if a number is out of range
  public static Chain of(double rate, double decay) {
    return of(Schedule.constant(rate), new AddDecayedWeights(decay), Convention.TORCH);
  }

  /// In a convention, with its defaults.
  ///
  /// @param rate η(t)
  /// @param convention whose form; scikit-learn has none
  /// @return the chain
  /// @throws IllegalArgumentException if the rate is a constant and not positive, or there is no
  ///     such convention
  public static Chain of(Schedule rate, Convention convention) {
    double decay =
        switch (convention) {
          case TORCH, SKLEARN -> 1e-2;
          case KERAS -> 4e-3;
          case PAPER -> 1e-5;
        };
    return of(rate, new AddDecayedWeights(decay), convention);
  }

  /// In a convention, with a decay of one's own.
  ///
  /// @param rate η(t)
  /// @param decay λ, and which parameters decay
  /// @param convention whose form; scikit-learn has none
  /// @return the chain
  /// @throws IllegalArgumentException if the rate is a constant and not positive, or there is no
  ///     such convention
  public static Chain of(Schedule rate, AddDecayedWeights decay, Convention convention) {
    convention.requireOneOf("AdamW", Convention.TORCH, Convention.KERAS, Convention.PAPER);
    ScaleByAdam adam = Adam.direction(convention);
    return convention == Convention.PAPER
        ? Chain.of(adam, new Scale(rate), decay, new ScaleByRate(1))
        : Chain.of(adam, decay, new ScaleByRate(rate));
  }

  /// With everything chosen, in PyTorch's convention.
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
