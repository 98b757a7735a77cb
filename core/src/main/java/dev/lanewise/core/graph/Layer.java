package dev.lanewise.core.graph;

/// A differentiable function of one input, with or without parameters.
///
/// A layer is a record whose components are [Parameter]s, other layers, or settings; it applies
/// [Op]s and keeps nothing. There is nothing to register: [Parameters#of] finds the parameters in
/// the components. What takes several inputs is a record with an `apply` of its own.
@FunctionalInterface
public interface Layer {
  /// Records the layer in the input's graph.
  ///
  /// @param x the input
  /// @return the output
  /// @throws dev.lanewise.core.tensor.ShapeException if the input's shape does not fit
  Node apply(Node x);
}
