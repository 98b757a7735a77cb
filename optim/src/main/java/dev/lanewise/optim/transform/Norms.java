package dev.lanewise.optim.transform;

import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;

/// Lengths of tensors.
final class Norms {
  private Norms() {}

  /// The Euclidean norm of all elements.
  static double of(Tensor tensor) {
    return Math.sqrt(TensorMath.dot(tensor, tensor));
  }

  /// The Euclidean norm of all elements of all tensors.
  static double of(List<Tensor> tensors) {
    return Math.sqrt(dot(tensors, tensors));
  }

  /// The root of the mean square.
  static double rms(Tensor tensor) {
    return Math.sqrt(TensorMath.dot(tensor, tensor) / tensor.size());
  }

  /// The inner product over all tensors.
  static double dot(List<Tensor> left, List<Tensor> right) {
    double sum = 0;
    for (int i = 0; i < left.size(); i++) {
      sum += TensorMath.dot(left.get(i), right.get(i));
    }
    return sum;
  }
}
