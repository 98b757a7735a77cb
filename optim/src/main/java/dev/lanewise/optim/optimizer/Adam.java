package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.ScaleByAdam;
import dev.lanewise.optim.transform.ScaleByRate;

/// Adam: `w ← w − η·m̂/(√v̂ + ε)`, see [ScaleByAdam] for the moments and the convention about ε.
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
    return of(Schedule.constant(rate), BETA1, BETA2, EPSILON);
  }

  /// With everything chosen.
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
}
