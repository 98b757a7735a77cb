package dev.lanewise.optim.direct;

import dev.lanewise.data.Dataset;

/// Finds the best linear model of a set at once, without a learning rate, epochs or chance.
@FunctionalInterface
public interface DirectSolver {
  /// Solves for the weights of `Y = X·W + b`.
  ///
  /// @param training the rows to fit: features of shape `[in]`, and targets as the solver says
  /// @return the model in float64, and how good it is
  /// @throws dev.lanewise.data.DataException if there are no rows, a number is not finite, or these
  ///     data have no best model
  /// @throws dev.lanewise.core.tensor.ShapeException if features or targets have another shape
  DirectSolution solve(Dataset training);
}
