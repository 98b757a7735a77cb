package dev.lanewise.layers.loss;

import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.tensor.Shape;

/// The squared error `L = (1/n)·Σᵢ ½‖yᵢ − tᵢ‖²`: half the squared distance, summed over the
/// elements of an example, mean over the n examples.
///
/// Prediction and target have the same shape, `[n]` or `[n,…]`. The gradient by the prediction is
/// `(y − t)/n`. [MeanSquaredError] is `2/k` times this, with k elements in an example.
public record SquaredError() implements Loss {
  /// Records the loss.
  ///
  /// @param prediction y, of shape `[n]` or `[n,…]`
  /// @param target t, of the same shape
  /// @return a scalar
  /// @throws dev.lanewise.core.tensor.ShapeException if the shapes differ or are empty
  @Override
  public Node of(Node prediction, Node target) {
    Shape shape = prediction.shape();
    Checks.requireSameRows("SquaredError", shape, target.shape());
    Checks.requireNotEmpty("SquaredError", shape);
    Node losses = prediction.graph().apply(new HalfSquaredDistance(), prediction, target);
    return prediction.graph().apply(new Sum(shape.rows()), losses);
  }
}
