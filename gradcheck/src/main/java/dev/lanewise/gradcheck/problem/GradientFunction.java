package dev.lanewise.gradcheck.problem;

import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Node;

/// A function of named inputs, and of any parameters it uses, to be checked: recorded anew in a
/// fresh graph for every evaluation.
@FunctionalInterface
public interface GradientFunction {
  /// Records the function.
  ///
  /// @param graph the graph of this evaluation
  /// @param inputs the inputs' nodes
  /// @return the output, of any shape
  Node apply(Graph graph, Inputs inputs);
}
