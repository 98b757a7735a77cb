package dev.lanewise.optim.schedule;

/// `to + (from − to)·(1 − t/steps)^power`, then `to`: the "poly" policy, as in PyTorch's
/// `PolynomialLR` and Keras' `PolynomialDecay`.
///
/// @param from the first step's value
/// @param to the value after all steps
/// @param power 1 is a straight line; more falls faster at first
/// @param steps how many steps it takes
public record Polynomial(double from, double to, double power, long steps) implements Schedule {
  /// A polynomial decay.
  ///
  /// @throws IllegalArgumentException if a value is not finite, the power is not positive, or there
  ///     is no step
  public Polynomial {
    Require.finite("polynomial", "start", from);
    Require.finite("polynomial", "end", to);
    Require.positive("polynomial", "power", power);
    Require.steps("polynomial", "length", steps);
  }

  @Override
  public double at(long step) {
    double left = StrictMath.pow(1 - Ramp.progress(step, steps), power);
    return Ramp.between(to, from, left);
  }

  @Override
  public String toString() {
    return "%s + (%s − %s)·(1 − t/%d)^%s, t ≤ %d".formatted(to, from, to, steps, power, steps);
  }
}
