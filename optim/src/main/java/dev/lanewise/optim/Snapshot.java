package dev.lanewise.optim;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;

/// A copy of weights in memory that is made once and then written again and again.
///
/// @param weights the weights, as training changes them
/// @param copies the copy, in the same order
record Snapshot(List<Tensor> weights, List<Tensor> copies) {
  /// A snapshot of the present weights.
  static Snapshot of(Parameters parameters) {
    List<Tensor> weights = parameters.list().stream().map(Parameter::value).toList();
    return new Snapshot(weights, weights.stream().map(Tensor::copy).toList());
  }

  /// Copies the present weights.
  void save() {
    for (int i = 0; i < weights.size(); i++) {
      TensorMath.copy(weights.get(i), copies.get(i));
    }
  }

  /// Brings the copied weights back.
  void restore() {
    for (int i = 0; i < weights.size(); i++) {
      TensorMath.copy(copies.get(i), weights.get(i));
    }
  }
}
