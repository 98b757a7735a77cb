package dev.lanewise.optim.schedule;

/// `rate/(1 + decay·t/per)`: sums to infinity while its squares do not, as Robbins and Monro, *A
/// stochastic approximation method* (1951), ask for (Keras' `InverseTimeDecay`).
///
/// @param rate the first step's value
/// @param decay how much of the denominator `per` steps add
/// @param per how many steps the decay is for
public record InverseTime(double rate, double decay, long per) implements Schedule {
  /// An inverse of time.
  ///
  /// @throws IllegalArgumentException if the rate is not finite, the decay is not positive, or
  ///     `per` is not positive
  public InverseTime {
    Require.finite("inverse-time", "rate", rate);
    Require.positive("inverse-time", "decay", decay);
    Require.steps("inverse-time", "unit", per);
  }

  @Override
  public double at(long step) {
    return rate / (1 + decay * (step - 1) / per);
  }

  @Override
  public String toString() {
    return "%s/(1 + %s·t/%d)".formatted(rate, decay, per);
  }
}
