package dev.lanewise.optim.checkpoint;

import java.nio.file.Path;

/// When checkpoints are written and which are kept. There is always one before the first step, and
/// one when training ends or is interrupted.
///
/// ```java
/// trainer.checkpoints(Checkpoints.in(Path.of("runs/digits/checkpoints")).everySteps(1000))
/// ```
///
/// @param folder where they are; made if it is not there
/// @param everySteps one after each so many steps, from 1; [#NEVER] for none
/// @param everyEpoch whether there is one after each epoch, unless epochs are so short that writing
///     would take more than about a twentieth of the time: then some are left out
/// @param keepLast how many of the last ones are kept, from 1
/// @param keepBest whether that of the best epoch is kept too, if there is one
public record Checkpoints(
    Path folder, long everySteps, boolean everyEpoch, int keepLast, boolean keepBest) {
  /// No checkpoints by the number of steps.
  public static final long NEVER = Long.MAX_VALUE;

  /// A policy.
  ///
  /// @throws IllegalArgumentException if a number is not positive
  public Checkpoints {
    if (everySteps < 1) {
      throw new IllegalArgumentException(
          "Checkpoints are written every 1 or more steps, but not every " + everySteps + ".");
    }
    if (keepLast < 1) {
      throw new IllegalArgumentException(
          "At least the last 1 checkpoint must be kept, but not the last " + keepLast + ".");
    }
  }

  /// One after each epoch; the last two and the best are kept.
  ///
  /// @param folder where they are; made if it is not there
  /// @return a policy
  public static Checkpoints in(Path folder) {
    return new Checkpoints(folder, NEVER, true, 2, true);
  }

  /// This policy with checkpoints also between the epochs' ends.
  ///
  /// @param steps one after each so many steps
  /// @return a new policy
  /// @throws IllegalArgumentException if it is not positive
  public Checkpoints everySteps(long steps) {
    return new Checkpoints(folder, steps, everyEpoch, keepLast, keepBest);
  }

  /// This policy with another number of checkpoints to keep.
  ///
  /// @param number how many of the last ones are kept
  /// @return a new policy
  /// @throws IllegalArgumentException if it is not positive
  public Checkpoints keepLast(int number) {
    return new Checkpoints(folder, everySteps, everyEpoch, number, keepBest);
  }
}
