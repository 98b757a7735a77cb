package dev.lanewise.optim.schedule;

/// Up from `peak/divisor` to `peak` and down to `peak/(divisor·finalDivisor)`, both along half a
/// cosine wave. Smith and Topin, *Super-convergence: very fast training of neural networks using
/// large learning rates* (2019), in the form of PyTorch's `OneCycleLR`.
///
/// As there, the whole cycle is met *within* the steps: the peak at `t = rise·steps − 1`, which may
/// lie between two steps, and the end in the last step, `t = steps − 1`.
///
/// @param peak the largest value
/// @param steps how many steps there are in all
/// @param rise the share of them that goes up, between 0 and 1
/// @param divisor how many times smaller the first value is
/// @param finalDivisor how many times smaller again the last one is
public record OneCycle(double peak, long steps, double rise, double divisor, double finalDivisor)
    implements Schedule {
  /// The share of steps that goes up, unless told otherwise.
  public static final double USUAL_RISE = 0.3;

  /// The divisor unless told otherwise.
  public static final double USUAL_DIVISOR = 25;

  /// The final divisor unless told otherwise.
  public static final double USUAL_FINAL_DIVISOR = 1e4;

  /// A cycle.
  ///
  /// @throws IllegalArgumentException if a number is not positive, or the share is not below 1
  public OneCycle {
    Require.positive("one-cycle", "peak", peak);
    Require.steps("one-cycle", "length", steps);
    Require.positive("one-cycle", "divisor", divisor);
    Require.positive("one-cycle", "final divisor", finalDivisor);
    if (!(rise > 0 && rise < 1)) {
      throw Require.wrong("one-cycle", "rise", "a share between 0 and 1", rise);
    }
  }

  /// A cycle with PyTorch's usual numbers.
  ///
  /// @param peak the largest value
  /// @param steps how many steps there are in all
  /// @return the schedule
  /// @throws IllegalArgumentException if a number is not positive
  public static OneCycle of(double peak, long steps) {
    return new OneCycle(peak, steps, USUAL_RISE, USUAL_DIVISOR, USUAL_FINAL_DIVISOR);
  }

  @Override
  public double at(long step) {
    double first = peak / divisor;
    double last = first / finalDivisor;
    double done = step - 1.0;
    double top = rise * steps - 1;
    if (done < top) {
      return Ramp.between(first, peak, Ramp.cosine(done / top));
    }
    return done >= steps - 1
        ? last
        : Ramp.between(peak, last, Ramp.cosine((done - top) / (steps - 1 - top)));
  }

  @Override
  public String toString() {
    return "%s ↗ %s until t = %s, ↘ %s at t = %d, along cosines"
        .formatted(
            peak / divisor, peak, rise * steps - 1, peak / divisor / finalDivisor, steps - 1);
  }
}
