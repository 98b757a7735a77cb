package dev.lanewise.layers;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Node;
import java.util.List;

/// Layers one after the other: the output of each is the input of the next. No layers at all are
/// the identity.
///
/// @param layers the layers, the first one first
public record Sequential(List<Layer> layers) implements Layer {
  /// Layers one after the other.
  ///
  /// @param layers the layers, the first one first; copied
  public Sequential {
    layers = List.copyOf(layers);
  }

  /// Layers one after the other.
  ///
  /// @param layers the layers, the first one first
  /// @return a new layer
  public static Sequential of(Layer... layers) {
    return new Sequential(List.of(layers));
  }

  @Override
  public Node apply(Node x) {
    Node y = x;
    for (Layer layer : layers) {
      y = layer.apply(y);
    }
    return y;
  }
}
