package dev.lanewise.layers;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.op.Add;
import dev.lanewise.core.tensor.ShapeException;

/// `y = x + inner(x)`: a layer that learns what to add to its input. (He et al., *Deep Residual
/// Learning for Image Recognition*, 2016.)
///
/// @param inner the layer inside, whose output has its input's shape
public record Residual(Layer inner) implements Layer {
  @Override
  public Node apply(Node x) {
    Node change = inner.apply(x);
    ShapeException.requireEqual(
        "Residual", "the input", x.shape(), "the inner layer's output", change.shape());
    return x.graph().apply(new Add(), x, change);
  }
}
