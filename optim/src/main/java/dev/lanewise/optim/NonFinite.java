package dev.lanewise.optim;

import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.TensorMath;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/// Where in a computation the first value stands that is not a finite number.
///
/// @param node the node, in words
/// @param parameter the path of the parameter that it is, or that it was computed from, or whose
///     use lies nearest before it; empty if it depends on none
record NonFinite(String node, Optional<String> parameter) {
  /// Looks at all nodes in their order.
  ///
  /// @return the first with a value that is not finite; empty if there is none
  static Optional<NonFinite> first(Graph graph, Parameters parameters) {
    for (Node node : graph.nodes()) {
      if (!TensorMath.allFinite(node.value())) {
        return Optional.of(new NonFinite(node.toString(), nearest(node, parameters)));
      }
    }
    return Optional.empty();
  }

  /// The path of the parameter whose use lies nearest before a node: breadth first from the node
  /// back to the leaves.
  static Optional<String> nearest(Node start, Parameters parameters) {
    Deque<Node> waiting = new ArrayDeque<>();
    waiting.add(start);
    while (!waiting.isEmpty()) {
      Node node = waiting.remove();
      if (node.isLeaf()) {
        for (Map.Entry<String, Parameter> each : parameters.byPath().entrySet()) {
          if (node.value() == each.getValue().value()) {
            return Optional.of(each.getKey());
          }
        }
      }
      waiting.addAll(node.inputs());
    }
    return Optional.empty();
  }
}
