package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.ScaleByAdam;
import dev.lanewise.optim.transform.ScaleByRate;

/// Adam, Kingma and Ba, *Adam: a method for stochastic optimization* (2015), Algorithm 1; see
/// [ScaleByAdam] for the moments.
///
/// | convention | step | ε |
/// |---|---|---|
/// | torch, paper | `w ← w − η·m̂/(√v̂ + ε)` | 1e-8 |
/// | keras | `w ← w − η·√(1−β₂ᵗ)/(1−β₁ᵗ)·m/(√v + ε)` | 1e-7 |
/// | sklearn | the same | 1e-8 |
public final class Adam {
  /// The default of β₁.
  public static final double BETA1 = 0.9;

  /// The default of β₂.
  public static final double BETA2 = 0.999;

  /// The default of ε.
  public static final double EPSILON = 1e-8;

  private Adam() {}

  /// With a constant rate and the defaults of the paper.
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
  /// @throws IllegalArgumentException if the rate is a constant and not positive
  public static Chain of(Schedule rate, Convention convention) {
    return Chain.of(direction(convention), new ScaleByRate(rate));
  }

  /// With everything chosen, in the paper's form.
  ///
  /// @param rate η(t)
  /// @param beta1 β₁
  /// @param beta2 β₂
  /// @param epsilon ε
  /// @return the chain
  /// @throws IllegalArgumentException if a number is out of range
  public static Chain of(Schedule rate, double beta1, double beta2, double epsilon) {
    return Chain.of(new ScaleByAdam(beta1, beta2, epsilon), new ScaleByRate(rate));
  }

  /// Adam's direction with a convention's defaults.
  static ScaleByAdam direction(Convention convention) {
    return switch (convention) {
      case TORCH, PAPER -> new ScaleByAdam(BETA1, BETA2, EPSILON);
      case KERAS -> new ScaleByAdam(BETA1, BETA2, 1e-7, ScaleByAdam.Place.UNCORRECTED);
      case SKLEARN -> new ScaleByAdam(BETA1, BETA2, EPSILON, ScaleByAdam.Place.UNCORRECTED);
    };
  }
}
