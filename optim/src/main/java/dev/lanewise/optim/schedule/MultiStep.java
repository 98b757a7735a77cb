package dev.lanewise.optim.schedule;

import java.util.List;

/// `rate·factor^k` with k the number of milestones at or before t: stairs at chosen places
/// (PyTorch's `MultiStepLR`).
///
/// @param rate the first step's value
/// @param factor what each milestone multiplies by
/// @param milestones after how many steps, ascending
public record MultiStep(double rate, double factor, List<Long> milestones) implements Schedule {
  /// Stairs.
  ///
  /// @throws IllegalArgumentException if the rate is not finite, the factor is not positive, there
  ///     is no milestone, or they do not ascend from 1 on
  public MultiStep {
    Require.finite("multi-step", "rate", rate);
    Require.positive("multi-step", "factor", factor);
    milestones = List.copyOf(milestones);
    if (milestones.isEmpty()) {
      throw new IllegalArgumentException("The schedule multi-step needs at least one milestone.");
    }
    long before = 0;
    for (long milestone : milestones) {
      if (milestone <= before) {
        throw new IllegalArgumentException(
            "The schedule multi-step: its milestones must ascend from 1 on, but are "
                + milestones
                + ".");
      }
      before = milestone;
    }
  }

  @Override
  public double at(long step) {
    long passed = milestones.stream().filter(milestone -> milestone < step).count();
    return rate * StrictMath.pow(factor, (double) passed);
  }

  @Override
  public String toString() {
    return "%s·%s^k, k = how many of %s are ≤ t".formatted(rate, factor, milestones);
  }
}
