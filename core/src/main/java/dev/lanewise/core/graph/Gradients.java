package dev.lanewise.core.graph;

import dev.lanewise.core.tensor.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The gradients of one backward pass, by parameter or node.
///
/// They can be read until the graph is closed, and those by parameters may be overwritten;
/// whatever is asked afterwards, the answer is an [IllegalStateException]. The gradient by a node
/// that fusion left out is computed when it is asked for, from the values that parameters and data
/// have then: ask before they change.
public final class Gradients {
  private final Graph graph;
  private final Node root;
  private final BackwardRun run;
  private final int changes;
  private @Nullable BackwardRun unfused;

  Gradients(Graph graph, Node root, BackwardRun run) {
    this.graph = graph;
    this.root = root;
    this.run = run;
    this.changes = graph.changes();
  }

  /// The gradient by a parameter, summed over all its uses.
  ///
  /// @param parameter a parameter
  /// @return the gradient, of the parameter's shape
  /// @throws IllegalArgumentException if the parameter is frozen, or if what was differentiated
  ///     does not depend on it
  /// @throws IllegalStateException if the graph is closed
  public Tensor of(Parameter parameter) {
    graph.requireOpen();
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
  /// differentiated. One between them may have been left out by fusion; then the whole run is
  /// repeated without, and later graphs of this structure are not fused.
  ///
  /// @param node a node of the graph
  /// @return the gradient, of the node's shape
  /// @throws IllegalArgumentException if the node is of another graph, or has no gradient: it
  ///     depends on no parameter and no variable, or what was differentiated does not depend on it
  /// @throws IllegalStateException if the graph is closed, or if a gradient that was left out is
  ///     asked for after [Graph#changed]
  public Tensor of(Node node) {
    graph.requireOpen();
    if (node.graph() != graph) {
      throw new IllegalArgumentException(
          "There is no gradient by " + node + ": it stands in another graph.");
    }
    Tensor gradient = find(node);
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
  /// @throws IllegalStateException if the graph is closed
  public boolean has(Parameter parameter) {
    graph.requireOpen();
    Node node = graph.recorded(parameter);
    return node != null && has(node);
  }

  /// Whether there is a gradient by a node.
  ///
  /// @param node a node of the graph
  /// @return false if it depends on no parameter and no variable, or if what was differentiated
  ///     does not depend on it, or if the node is of another graph
  /// @throws IllegalStateException if the graph is closed
  public boolean has(Node node) {
    graph.requireOpen();
    return node.graph() == graph
        && (run.gradient(node.index()) != null || run.isLeftOut(node.index()));
  }

  private @Nullable Tensor find(Node node) {
    Tensor gradient = run.gradient(node.index());
    if (gradient == null && run.isLeftOut(node.index())) {
      gradient = unfused().gradient(node.index());
    }
    return gradient == null ? null : gradient.leased(graph::requireOpen);
  }

  private BackwardRun unfused() {
    BackwardRun known = unfused;
    if (known == null) {
      if (changes != graph.changes()) {
        throw new IllegalStateException(
            "The gradient by this node was left out by fusion, and a leaf has changed since: ask"
                + " for it before, or use an unfused workspace.");
      }
      known = graph.backwardUnfused(root, Objects.requireNonNull(run.gradient(root.index())));
      unfused = known;
    }
    return known;
  }
}
