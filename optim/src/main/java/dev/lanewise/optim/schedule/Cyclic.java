package dev.lanewise.optim.schedule;

/// `low + (high − low)·shrinkᵏ·Λ`: in each cycle k a triangle Λ that rises from 0 to 1 in `rise`
/// steps and falls back in `fall`. Smith, *Cyclical learning rates for training neural networks*
/// (2017): `shrink` 1 is its policy "triangular", ½ is "triangular2" (PyTorch's `CyclicLR`).
///
/// @param low the value where cycles meet
/// @param high the first cycle's top
/// @param rise how many steps go up
/// @param fall how many steps go down
/// @param shrink how much of a cycle's height the next one has, from above 0 to 1
public record Cyclic(double low, double high, long rise, long fall, double shrink)
    implements Schedule {
  /// Triangles.
  ///
  /// @throws IllegalArgumentException if a value is not finite, the low one is above the high one,
  ///     a side has no step, or `shrink` is out of range
  public Cyclic {
    Require.finite("cyclic", "low value", low);
    Require.finite("cyclic", "high value", high);
    Require.steps("cyclic", "rise", rise);
    Require.steps("cyclic", "fall", fall);
    if (low > high) {
      throw Require.wrong("cyclic", "low value", "at most its high value " + high, low);
    }
    if (!(shrink > 0 && shrink <= 1)) {
      throw Require.wrong("cyclic", "shrink", "above 0 and at most 1", shrink);
    }
  }

  @Override
  public double at(long step) {
    long done = step - 1;
    long cycle = done / (rise + fall);
    long inside = done % (rise + fall);
    double height =
        inside <= rise ? (double) inside / rise : (double) (rise + fall - inside) / fall;
    double top = Ramp.between(low, high, StrictMath.pow(shrink, (double) cycle));
    return Ramp.between(low, top, height);
  }

  @Override
  public String toString() {
    return "%s + (%s − %s)·%sΛ, %d steps up, %d down"
        .formatted(low, high, low, shrink == 1 ? "" : shrink + "^k·", rise, fall);
  }
}
