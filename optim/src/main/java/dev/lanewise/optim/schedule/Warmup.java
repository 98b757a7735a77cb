package dev.lanewise.optim.schedule;

/// `step/steps` of what another schedule begins with, and then that schedule from its beginning: so
/// the first step is not lost to a value of zero, and step `steps` is the first with the full
/// value. The untuned linear warm-up of Ma and Yarats, *On the adequacy of untuned warmup for
/// adaptive optimization* (2021); for large batches Goyal et al., *Accurate, large minibatch SGD*
/// (2017).
///
/// @param steps how many steps go up
/// @param then what follows
public record Warmup(long steps, Schedule then) implements Schedule {
  /// A warm-up.
  ///
  /// @throws IllegalArgumentException if it has no step
  public Warmup {
    Require.steps("warmup", "length", steps);
  }

  @Override
  public double at(long step) {
    return step < steps ? then.at(1) * ((double) step / steps) : then.at(Math.max(1, step - steps));
  }

  @Override
  public String toString() {
    return "%s·step/%d for %d steps, then with t from 0: %s"
        .formatted(then.at(1), steps, steps, then);
  }
}
