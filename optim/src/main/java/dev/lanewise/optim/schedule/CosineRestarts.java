package dev.lanewise.optim.schedule;

/// `to + (from − to)·½·(1 + cos(π·c/P))` with c the steps since the last restart and P the length
/// of the period: `period` at first, `multiplier` times as long after each restart. Loshchilov and
/// Hutter, *SGDR: stochastic gradient descent with warm restarts* (2017), equation 5 (PyTorch's
/// `CosineAnnealingWarmRestarts`).
///
/// @param from the value at each restart
/// @param to what each period falls towards
/// @param period P, how many steps the first period has
/// @param multiplier how many times as long each period is as the one before, at least 1
public record CosineRestarts(double from, double to, long period, int multiplier)
    implements Schedule {
  /// Half waves.
  ///
  /// @throws IllegalArgumentException if a value is not finite, or the period or the multiplier is
  ///     not positive
  public CosineRestarts {
    Require.finite("cosine-restarts", "start", from);
    Require.finite("cosine-restarts", "end", to);
    Require.steps("cosine-restarts", "period", period);
    if (multiplier < 1) {
      throw Require.wrong("cosine-restarts", "multiplier", "at least 1", multiplier);
    }
  }

  @Override
  public double at(long step) {
    long since = step - 1;
    long length = period;
    if (multiplier == 1) {
      since %= period;
    } else {
      while (since >= length) {
        since -= length;
        length *= multiplier;
      }
    }
    return Ramp.between(from, to, Ramp.cosine((double) since / length));
  }

  @Override
  public String toString() {
    return "%s + (%s − %s)·½(1 + cos(π·c/P)), c = steps since the restart, P = %d%s"
        .formatted(
            to, from, to, period, multiplier == 1 ? "" : ", ×" + multiplier + " at each restart");
  }
}
