package dev.lanewise.optim.schedule;

/// `rate·factor^⌊t/every⌋`: stairs of equal length (PyTorch's `StepLR`).
///
/// @param rate the first step's value
/// @param factor what each stair multiplies by
/// @param every how many steps a stair has
public record StepDecay(double rate, double factor, long every) implements Schedule {
  /// Stairs.
  ///
  /// @throws IllegalArgumentException if the rate is not finite, the factor is not positive, or a
  ///     stair has no step
  public StepDecay {
    Require.finite("step", "rate", rate);
    Require.positive("step", "factor", factor);
    Require.steps("step", "stair", every);
  }

  @Override
  public double at(long step) {
    long stair = (step - 1) / every;
    return rate * StrictMath.pow(factor, (double) stair);
  }

  @Override
  public String toString() {
    return "%s·%s^⌊t/%d⌋".formatted(rate, factor, every);
  }
}
