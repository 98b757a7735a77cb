package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.problem.GradientFunction;
import dev.lanewise.gradcheck.problem.JavaCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A computation as a value: a directed acyclic graph of ops over tensors, whose nodes may be used
/// more than once.
///
/// ```java
/// new Dag(List.of(
///     new Dag.Leaf(DoubleTensor.vector(1, 2)),
///     new Dag.Apply(new Tanh(), List.of(0)),
///     new Dag.Apply(new Multiply(), List.of(1, 1))));   // y = tanh(x)²
/// ```
///
/// @param vertices the vertices in topological order; the last one is the output
public record Dag(List<Vertex> vertices) {
  /// A vertex of the graph.
  public sealed interface Vertex {}

  /// A tensor that is differentiated by.
  ///
  /// @param value its value, float64
  public record Leaf(Tensor value) implements Vertex {}

  /// An op applied to earlier vertices.
  ///
  /// @param op the op
  /// @param inputs the positions of its inputs
  public record Apply(Op<?> op, List<Integer> inputs) implements Vertex {
    /// An op applied to earlier vertices.
    ///
    /// @param op the op
    /// @param inputs the positions of its inputs; copied
    public Apply {
      inputs = List.copyOf(inputs);
    }
  }

  /// A graph.
  ///
  /// @param vertices the vertices in topological order; copied
  /// @throws IllegalArgumentException if there is none, or an op is applied to something that is
  ///     not an earlier vertex
  /// @throws dev.lanewise.core.tensor.ShapeException if shapes do not fit an op
  public Dag {
    vertices = List.copyOf(vertices);
    if (vertices.isEmpty()) {
      throw new IllegalArgumentException("A graph has at least one vertex.");
    }
    shapes(vertices);
  }

  /// The shapes of all vertices.
  ///
  /// @return a list as long as the vertices
  public List<Shape> shapes() {
    return shapes(vertices);
  }

  /// The position of the output.
  ///
  /// @return the last position
  public int root() {
    return vertices.size() - 1;
  }

  /// The leaves by name, `x0` for the vertex 0.
  ///
  /// @return name → value, in order
  public Map<String, Tensor> leaves() {
    Map<String, Tensor> leaves = new LinkedHashMap<>();
    for (int i = 0; i < vertices.size(); i++) {
      if (vertices.get(i) instanceof Leaf leaf) {
        leaves.put("x" + i, leaf.value());
      }
    }
    return leaves;
  }

  /// Records the graph.
  ///
  /// @param graph where
  /// @param leaf the nodes of the leaves, by position
  /// @return the nodes of all vertices
  public List<Node> record(Graph graph, IntFunction<Node> leaf) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < vertices.size(); i++) {
      nodes.add(
          switch (vertices.get(i)) {
            case Leaf given -> leaf.apply(i);
            case Apply apply ->
                graph.apply(
                    apply.op(), apply.inputs().stream().map(nodes::get).toArray(Node[]::new));
          });
    }
    return nodes;
  }

  /// The graph as a function of its leaves, for a gradient checker.
  ///
  /// @return the function; its inputs are named as in [#leaves]
  public GradientFunction function() {
    return (graph, inputs) -> record(graph, i -> inputs.get("x" + i)).getLast();
  }

  /// The values of all vertices.
  ///
  /// @return copies
  public List<Tensor> values() {
    try (Workspace workspace = Workspace.of(1);
        Graph graph = workspace.inference()) {
      return record(graph, i -> graph.constant(leaf(i))).stream()
          .map(node -> node.value().copy())
          .toList();
    }
  }

  /// The same graph without the vertices that the output does not depend on.
  ///
  /// @return the graph, with other positions if any vertex goes
  public Dag pruned() {
    boolean[] needed = new boolean[vertices.size()];
    needed[root()] = true;
    for (int i = root(); i >= 0; i--) {
      if (needed[i] && vertices.get(i) instanceof Apply apply) {
        apply.inputs().forEach(input -> needed[input] = true);
      }
    }
    int[] position = new int[vertices.size()];
    List<Vertex> kept = new ArrayList<>();
    for (int i = 0; i < position.length; i++) {
      position[i] = kept.size();
      if (needed[i]) {
        kept.add(renumbered(vertices.get(i), input -> position[input]));
      }
    }
    return new Dag(kept);
  }

  /// The expanded tree: every vertex that is used more than once is there once for each use.
  ///
  /// @return the tree, and which of this graph's vertices each of the tree's stands for
  public Tree expanded() {
    List<Vertex> copies = new ArrayList<>();
    List<Integer> originals = new ArrayList<>();
    expand(root(), copies, originals);
    return new Tree(new Dag(copies), List.copyOf(originals));
  }

  /// An expanded graph.
  ///
  /// @param dag the tree
  /// @param originals for each vertex of the tree the position in the graph it came from
  public record Tree(Dag dag, List<Integer> originals) {}

  /// The graph as statements that record it, given an `in` with the leaves and a `graph`.
  ///
  /// @return Java code, the last statement being a return
  public String statements() {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < vertices.size(); i++) {
      String name = vertices.get(i) instanceof Leaf ? "x" + i : "n" + i;
      String value =
          switch (vertices.get(i)) {
            case Leaf leaf -> "in.get(\"x" + i + "\")";
            case Apply apply ->
                apply.inputs().stream()
                    .map(input -> ", " + (vertices.get(input) instanceof Leaf ? "x" : "n") + input)
                    .collect(Collectors.joining("", "graph.apply(" + JavaCode.of(apply.op()), ")"));
          };
      code.append("Node ").append(name).append(" = ").append(value).append(";\n");
    }
    boolean leaf = vertices.get(root()) instanceof Leaf;
    return code.append("return ").append(leaf ? "x" : "n").append(root()).append(";\n").toString();
  }

  /// The graph as a Java expression, `new Dag(List.of(…))`.
  ///
  /// @return Java code
  public String expression() {
    return vertices.stream()
        .map(
            vertex ->
                switch (vertex) {
                  case Leaf leaf -> "    new Dag.Leaf(" + JavaCode.of(leaf.value()) + ")";
                  case Apply apply ->
                      "    new Dag.Apply("
                          + JavaCode.of(apply.op())
                          + ", List.of("
                          + apply.inputs().stream()
                              .map(String::valueOf)
                              .collect(Collectors.joining(", "))
                          + "))";
                })
        .collect(Collectors.joining(",\n", "new Dag(List.of(\n", "))"));
  }

  /// The graph on one line, `x0[2,3], n1 = Tanh(x0), n2 = Multiply(n1, n1)`.
  @Override
  public String toString() {
    List<Shape> shapes = shapes();
    return IntStream.range(0, vertices.size())
        .mapToObj(
            i ->
                switch (vertices.get(i)) {
                  case Leaf leaf -> "x" + i + shapes.get(i);
                  case Apply apply ->
                      apply.inputs().stream()
                          .map(j -> (vertices.get(j) instanceof Leaf ? "x" : "n") + j)
                          .collect(
                              Collectors.joining(
                                  ", ", "n" + i + " = " + apply.op().name() + "(", ")"));
                })
        .collect(Collectors.joining(", "));
  }

  /// A vertex with other positions of its inputs.
  static Vertex renumbered(Vertex vertex, IntFunction<Integer> position) {
    return switch (vertex) {
      case Leaf leaf -> leaf;
      case Apply apply ->
          new Apply(
              apply.op(), apply.inputs().stream().map(input -> position.apply(input)).toList());
    };
  }

  private int expand(int vertex, List<Vertex> copies, List<Integer> originals) {
    Vertex copy =
        switch (vertices.get(vertex)) {
          case Leaf leaf -> leaf;
          case Apply apply ->
              new Apply(
                  apply.op(),
                  apply.inputs().stream().map(input -> expand(input, copies, originals)).toList());
        };
    copies.add(copy);
    originals.add(vertex);
    return copies.size() - 1;
  }

  /// The value of a leaf.
  Tensor leaf(int position) {
    return switch (vertices.get(position)) {
      case Leaf leaf -> leaf.value();
      case Apply apply ->
          throw new IllegalArgumentException("The vertex " + position + " is no leaf.");
    };
  }

  private static List<Shape> shapes(List<Vertex> vertices) {
    List<Shape> shapes = new ArrayList<>();
    for (int i = 0; i < vertices.size(); i++) {
      switch (vertices.get(i)) {
        case Leaf leaf -> shapes.add(leaf.value().shape());
        case Apply apply -> {
          for (int input : apply.inputs()) {
            if (input < 0 || input >= i) {
              throw new IllegalArgumentException(
                  "The vertex "
                      + i
                      + " is applied to the vertex "
                      + input
                      + ", which is not an earlier one.");
            }
          }
          shapes.add(apply.op().outputShape(apply.inputs().stream().map(shapes::get).toList()));
        }
      }
    }
    return shapes;
  }
}
