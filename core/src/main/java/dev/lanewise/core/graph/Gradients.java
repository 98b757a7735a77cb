package dev.lanewise.core.graph;

import dev.lanewise.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// The gradients of one backward pass, by parameter or node.
///
/// They can be read, and may be overwritten, until the graph is closed.
public final class Gradients {
  private final Graph graph;
  private final BackwardRun run;

  Gradients(Graph graph, BackwardRun run) {
    this.graph = graph;
    this.run = run;
  }

  /// The gradient by a parameter, summed over all its uses.
  ///
  /// @param parameter a parameter
  /// @return the gradient, of the parameter's shape
  /// @throws IllegalArgumentException if the parameter is frozen, or if what was differentiated
  ///     does not depend on it
  /// @throws IllegalStateException if the graph is closed
  public Tensor of(Parameter parameter) {
    Node node = graph.recorded(parameter);
    Tensor gradient = node == null ? null : find(node);
    if (gradient == null) {
      throw new IllegalArgumentException(
          "There is no gradient by this "
              + parameter
              + ": it is frozen, or what was differentiated does not depend on it.");
    }
    return gradient;
  }

  /// The gradient by a node: a variable, a parameter, or anything between them and what was
  /// differentiated.
  ///
  /// @param node a node of the graph
  /// @return the gradient, of the node's shape
  /// @throws IllegalArgumentException if the node has no gradient: it depends on no parameter and
  ///     no variable, or what was differentiated does not depend on it
  /// @throws IllegalStateException if the graph is closed
  public Tensor of(Node node) {
    Tensor gradient = node.graph() == graph ? find(node) : null;
    if (gradient == null) {
      throw new IllegalArgumentException(
          "There is no gradient by "
              + node
              + ": it depends on no parameter and no variable, or what was differentiated does not"
              + " depend on it.");
    }
    return gradient;
  }

  /// Whether there is a gradient by a parameter.
  ///
  /// @param parameter a parameter
  /// @return false if it is frozen, or if what was differentiated does not depend on it
  public boolean has(Parameter parameter) {
    Node node = graph.recorded(parameter);
    return node != null && find(node) != null;
  }

  /// Whether there is a gradient by a node.
  ///
  /// @param node a node of the graph
  /// @return false if it depends on no parameter and no variable, or if what was differentiated
  ///     does not depend on it
  public boolean has(Node node) {
    return node.graph() == graph && find(node) != null;
  }

  private @Nullable Tensor find(Node node) {
    graph.requireOpen();
    Tensor gradient = run.gradient(node.index());
    return gradient == null ? null : gradient.leased(graph::requireOpen);
  }
}
