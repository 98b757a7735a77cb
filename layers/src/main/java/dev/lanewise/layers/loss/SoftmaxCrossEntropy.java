package dev.lanewise.layers.loss;

import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;

/// The cross-entropy of classes under the softmax of the prediction:
/// `L = (1/n)·Σᵢ −Σⱼ tᵢⱼ·log softmax(zᵢ)ⱼ`, mean over the n examples.
///
/// The prediction z are logits `[n,k]` (no softmax before), one row per example and one column per
/// class. The targets are either
/// - class labels `[n]`: whole numbers from 0 to k − 1, or
/// - distributions `[n,k]`: non-negative rows whose sum is 1, one-hot or soft.
///
/// The gradient by the prediction is `(softmax(z) − t)/n`. For labels, the entry of the true class
/// is computed as `−Σ_{j≠t} pⱼ`, and the loss of an example that is more likely right than not as
/// `−log1p(−Σ_{j≠t} pⱼ)`: both keep their digits when the true class is all but certain, and
/// neither clips probabilities.
public record SoftmaxCrossEntropy() implements Loss {
  private static final String NAME = "SoftmaxCrossEntropy";

  /// Records the loss. A label that is no class, and a row that is no distribution, is refused with
  /// [IllegalArgumentException] when the value is computed.
  ///
  /// @param prediction z, of shape `[n,k]`
  /// @param target labels `[n]` or distributions `[n,k]`
  /// @return a scalar
  /// @throws ShapeException if the shapes do not fit or are empty
  @Override
  public Node of(Node prediction, Node target) {
    Shape shape = prediction.shape();
    ShapeException.requireRank(NAME, "the prediction", 2, shape);
    Op<?> op = target.shape().rank() == 1 ? new LabelCrossEntropy() : new DenseCrossEntropy();
    Checks.requireNotEmpty(NAME, shape);
    Node losses = prediction.graph().apply(op, prediction, target);
    return prediction.graph().apply(new Sum(shape.rows()), losses);
  }
}
