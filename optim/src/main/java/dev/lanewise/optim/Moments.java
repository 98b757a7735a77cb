package dev.lanewise.optim;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;

/// Running means of gradients and of their squares.
///
/// @param first m, one tensor for each parameter
/// @param second v, one tensor for each parameter
public record Moments(List<Tensor> first, List<Tensor> second) {
  /// Zeros of the parameters' shapes and types, in their order.
  static List<Tensor> zerosLike(Parameters parameters) {
    return parameters.list().stream()
        .map(parameter -> Tensor.zeros(parameter.dtype(), parameter.shape()))
        .toList();
  }
}
