package dev.lanewise.optim.schedule;

/// `rate·factor^(t/per)`: the same share is lost in equal times. With `per` = 1 it is PyTorch's
/// `ExponentialLR`; between whole multiples of `per` it falls smoothly.
///
/// @param rate the first step's value
/// @param factor what `per` steps multiply by
/// @param per how many steps the factor is for
public record Exponential(double rate, double factor, long per) implements Schedule {
  /// An exponential.
  ///
  /// @throws IllegalArgumentException if the rate is not finite, the factor is not positive, or
  ///     `per` is not positive
  public Exponential {
    Require.finite("exponential", "rate", rate);
    Require.positive("exponential", "factor", factor);
    Require.steps("exponential", "unit", per);
  }

  @Override
  public double at(long step) {
    return rate * StrictMath.pow(factor, (double) (step - 1) / per);
  }

  @Override
  public String toString() {
    return "%s·%s^(t/%d)".formatted(rate, factor, per);
  }
}
