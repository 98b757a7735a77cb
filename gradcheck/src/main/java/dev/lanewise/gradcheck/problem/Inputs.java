package dev.lanewise.gradcheck.problem;

import dev.lanewise.core.graph.Node;
import java.util.Map;

/// The nodes of a function's inputs in one evaluation.
///
/// @param byName name → node, in the order in which the inputs were given
public record Inputs(Map<String, Node> byName) {
  /// The node of an input.
  ///
  /// @param name its name
  /// @return the node
  /// @throws IllegalArgumentException if there is no such input
  public Node get(String name) {
    Node node = byName.get(name);
    if (node == null) {
      throw new IllegalArgumentException(
          "There is no input " + name + " to check: the inputs are " + byName.keySet() + ".");
    }
    return node;
  }
}
