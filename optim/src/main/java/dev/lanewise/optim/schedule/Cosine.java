package dev.lanewise.optim.schedule;

/// `to + (from − to)·½·(1 + cos(π·t/steps))`, then `to`: half a wave, flat at both ends. Loshchilov
/// and Hutter, *SGDR: stochastic gradient descent with warm restarts* (2017), equation 5, without
/// restarts (PyTorch's `CosineAnnealingLR` up to its end; that one would rise again).
///
/// @param from the first step's value
/// @param to the value after all steps
/// @param steps how many steps it takes
public record Cosine(double from, double to, long steps) implements Schedule {
  /// Half a wave.
  ///
  /// @throws IllegalArgumentException if a value is not finite, or there is no step
  public Cosine {
    Require.finite("cosine", "start", from);
    Require.finite("cosine", "end", to);
    Require.steps("cosine", "length", steps);
  }

  @Override
  public double at(long step) {
    return Ramp.between(from, to, Ramp.cosine(Ramp.progress(step, steps)));
  }

  @Override
  public String toString() {
    return "%s + (%s − %s)·½(1 + cos(π·t/%d)), t ≤ %d".formatted(to, from, to, steps, steps);
  }
}
