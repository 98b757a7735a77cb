package dev.lanewise.gradcheck.problem;

import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/// A function recorded in a graph on given tensors: parameters are substituted, never written to.
///
/// @param leaves a node for each variable
/// @param inputs those of the inputs, by name
/// @param output the function's output
public record Recording(List<Node> leaves, Inputs inputs, Node output) {
  /// Records a problem's function, every variable's gradient wanted.
  ///
  /// @param graph a fresh graph
  /// @param problem the problem
  /// @param values a float64 tensor for each variable; must not change while the graph is open,
  ///     except as [Graph#changed] says
  /// @return the recording
  /// @throws IllegalArgumentException if the output is not float64
  public static Recording of(Graph graph, Problem problem, List<? extends Tensor> values) {
    Recording recording =
        of(
            graph,
            problem.variables(),
            problem.parameters(),
            values,
            input -> true,
            problem.function());
    problem.requireDouble("the output", recording.output.dtype());
    return recording;
  }

  /// Records any function of variables.
  ///
  /// @param graph a fresh graph
  /// @param variables the variables: inputs, then parameters
  /// @param parameters the parameters among them, in the same order
  /// @param values a tensor for each variable; inputs may have other numbers of rows
  /// @param wanted whether the gradient by an input is wanted; that by a parameter always is
  /// @param function the function
  /// @return the recording
  public static Recording of(
      Graph graph,
      List<Variable> variables,
      List<Parameter> parameters,
      List<? extends Tensor> values,
      IntPredicate wanted,
      GradientFunction function) {
    List<Node> leaves = new ArrayList<>();
    Map<String, Node> inputs = new LinkedHashMap<>();
    int parameter = 0;
    for (int t = 0; t < values.size(); t++) {
      Tensor value = values.get(t);
      if (variables.get(t).kind() == Variable.Kind.PARAMETER) {
        leaves.add(graph.substitute(parameters.get(parameter++), value));
      } else {
        Node leaf = wanted.test(t) ? graph.variable(value) : graph.constant(value);
        leaves.add(leaf);
        inputs.put(variables.get(t).path(), leaf);
      }
    }
    Inputs named = new Inputs(inputs);
    return new Recording(List.copyOf(leaves), named, function.apply(graph, named));
  }
}
