package dev.lanewise.optim.transform;

import dev.lanewise.core.tensor.Tensor;
import java.util.List;

/// The objective of the present step's batch at other weights, for line searches.
@FunctionalInterface
public interface Objective {
  /// The loss, with the penalties, and its gradient at `w + displacement`. The parameters
  /// themselves are as before when it returns.
  ///
  /// @param displacement by how much each parameter is moved, in the parameters' order; only read
  /// @param gradients receives the gradient of each parameter
  /// @return the loss
  double evaluate(List<Tensor> displacement, List<Tensor> gradients);
}
