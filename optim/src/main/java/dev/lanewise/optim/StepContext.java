package dev.lanewise.optim;

/// What a transform may know about the step it takes part in.
///
/// @param number t, the number of this step over the whole training, from 1
/// @param loss the loss of this step's batch, before the update
public record StepContext(long number, double loss) {
  /// A step.
  ///
  /// @throws IllegalArgumentException if the number is not positive
  public StepContext {
    if (number < 1) {
      throw new IllegalArgumentException("Steps are counted from 1, but this is " + number + ".");
    }
  }
}
