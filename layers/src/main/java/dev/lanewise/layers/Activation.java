package dev.lanewise.layers;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;

/// A function without parameters between layers; [Activations] has the known ones.
///
/// @param name the name users write, for example `relu`
/// @param op what it computes, an op of one input whose output has the input's shape
public record Activation(String name, Op<?> op) implements Layer {
  @Override
  public Node apply(Node x) {
    return x.graph().apply(op, x);
  }
}
