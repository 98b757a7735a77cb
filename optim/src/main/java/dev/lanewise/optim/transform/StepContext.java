package dev.lanewise.optim.transform;

import java.util.Optional;
import java.util.OptionalDouble;

/// What a transform may know about the step it takes part in.
///
/// @param number t, the number of this step over the whole training, from 1
/// @param loss the loss of this step's batch, before the update
/// @param monitored what early stopping saw at the end of the epoch before; empty in the first
/// @param objective the loss at other weights; empty if nobody can compute it
public record StepContext(
    long number, double loss, OptionalDouble monitored, Optional<Objective> objective) {
  /// A step.
  ///
  /// @throws IllegalArgumentException if the number is not positive
  public StepContext {
    if (number < 1) {
      throw new IllegalArgumentException("Steps are counted from 1, but this is " + number + ".");
    }
  }

  /// A step about which no more is known.
  ///
  /// @param number t, from 1
  /// @param loss the loss of this step's batch, before the update
  /// @throws IllegalArgumentException if the number is not positive
  public StepContext(long number, double loss) {
    this(number, loss, OptionalDouble.empty(), Optional.empty());
  }
}
