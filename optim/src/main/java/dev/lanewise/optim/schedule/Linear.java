package dev.lanewise.optim.schedule;

/// `from + (to − from)·t/steps`, then `to`: a straight line.
///
/// @param from the first step's value
/// @param to the value after all steps
/// @param steps how many steps it takes
public record Linear(double from, double to, long steps) implements Schedule {
  /// A line.
  ///
  /// @throws IllegalArgumentException if a value is not finite, or there is no step
  public Linear {
    Require.finite("linear", "start", from);
    Require.finite("linear", "end", to);
    Require.steps("linear", "length", steps);
  }

  @Override
  public double at(long step) {
    return Ramp.between(from, to, Ramp.progress(step, steps));
  }

  @Override
  public String toString() {
    return "%s + (%s − %s)·t/%d, t ≤ %d".formatted(from, to, from, steps, steps);
  }
}
