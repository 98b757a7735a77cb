package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import java.util.function.BiPredicate;

/// One tensor for each parameter, in the parameters' order: a velocity, a moment, an average. A
/// state that holds such lists in this type is saved under the parameters' paths, see
/// [StateTensors].
///
/// @param tensors the tensors
public record PerParameter(List<Tensor> tensors) {
  /// One tensor for each parameter.
  public PerParameter {
    tensors = List.copyOf(tensors);
  }

  /// Zeros of the parameters' shapes and types.
  ///
  /// @param parameters the parameters
  /// @return new tensors
  public static PerParameter zerosLike(Parameters parameters) {
    return new PerParameter(
        parameters.list().stream()
            .map(parameter -> Tensor.zeros(parameter.dtype(), parameter.shape()))
            .toList());
  }

  /// Copies of the parameters' present values.
  ///
  /// @param parameters the parameters
  /// @return new tensors
  public static PerParameter copiesOf(Parameters parameters) {
    return new PerParameter(
        parameters.list().stream().map(parameter -> parameter.value().copy()).toList());
  }

  /// Which of the parameters satisfy a predicate; of a piece, whether the whole does.
  static boolean[] where(Parameters parameters, BiPredicate<String, Parameter> predicate) {
    boolean[] chosen = new boolean[parameters.byPath().size()];
    int position = 0;
    for (var entry : parameters.byPath().entrySet()) {
      chosen[position++] = predicate.test(entry.getKey(), entry.getValue().whole());
    }
    return chosen;
  }

  /// The tensor of one parameter.
  ///
  /// @param position the parameter's position, from 0
  /// @return the tensor
  public Tensor get(int position) {
    return tensors.get(position);
  }
}
