package dev.lanewise.experiments.run;

import dev.lanewise.optim.direct.DirectSolution;
import org.jspecify.annotations.Nullable;

/// `summary.json`: what a run came to.
///
/// @param testAccuracy the fraction of right answers on the test part; null for regression, and if
///     the run did not end well
/// @param testMse the mean squared error on the test part; null for classes
/// @param testLoss the mean loss on the test part
/// @param bestEpoch the epoch whose weights are in the model's file, from 1; 0 for other weights
/// @param bestBy what the best epoch was chosen by
/// @param validationAccuracy the best epoch's validation accuracy
/// @param validationLoss the best epoch's validation loss
/// @param epochs how many epochs were done
/// @param steps how many steps were done
/// @param stopReason `epochs`, `patience`, `diverged`, `interrupted`, or `solved` without training
/// @param explanation the reason in a sentence
/// @param seconds the time of training and validation
/// @param samplesPerSecond training rows per second of training
/// @param parameters how many numbers were learned
/// @param seed the run's seed
/// @param solution how good the solution is that was solved for; null for a training
public record RunSummary(
    @Nullable Double testAccuracy,
    @Nullable Double testMse,
    @Nullable Double testLoss,
    int bestEpoch,
    String bestBy,
    @Nullable Double validationAccuracy,
    @Nullable Double validationLoss,
    int epochs,
    long steps,
    String stopReason,
    String explanation,
    double seconds,
    double samplesPerSecond,
    long parameters,
    long seed,
    @Nullable Solution solution) {
  /// A solution's evidence: see [DirectSolution].
  ///
  /// @param objective what was minimised; for a regression by scaled targets
  /// @param optimality how far the weights may be from the best ones
  /// @param condition the condition number of what was solved; null where there is none
  /// @param iterations the number of Newton's steps
  public record Solution(
      double objective, double optimality, @Nullable Double condition, int iterations) {
    static Solution of(DirectSolution solution) {
      return new Solution(
          solution.objective(),
          solution.optimality(),
          solution.condition().isPresent() ? solution.condition().getAsDouble() : null,
          solution.iterations());
    }
  }
}
