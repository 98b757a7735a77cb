package dev.lanewise.layers.loss;

import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.tensor.Shape;

/// The mean squared error `L = (1/m)·Σ (y − t)²`: mean over all m elements of all examples, without
/// the half.
///
/// Prediction and target have the same shape, `[n]` or `[n,…]`. The gradient by the prediction is
/// `2(y − t)/m`.
public record MeanSquaredError() implements Loss {
  /// Records the loss.
  ///
  /// @param prediction y, of shape `[n]` or `[n,…]`
  /// @param target t, of the same shape
  /// @return a scalar
  /// @throws dev.lanewise.core.tensor.ShapeException if the shapes differ or are empty
  @Override
  public Node of(Node prediction, Node target) {
    Shape shape = prediction.shape();
    Checks.requireSameRows("MeanSquaredError", shape, target.shape());
    Checks.requireNotEmpty("MeanSquaredError", shape);
    Node halves = prediction.graph().apply(new HalfSquaredDistance(), prediction, target);
    return prediction.graph().apply(new Sum(shape.size() / 2.0), halves);
  }
}
