package dev.lanewise.core.graph;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One value of a recorded computation: a leaf (a parameter, data) or what an [Op] makes of other
/// nodes.
///
/// Its shape is known when it is recorded, its value when somebody asks for it.
public final class Node {
  /// Where in a run a node is computed.
  enum Stage {
    /// Before the batch is looked at: parameters, constants, and what depends on them alone.
    EARLY,
    /// Row by row, so that the rows can be shared out: batches, and row-wise ops of them.
    ROWS,
    /// After all rows are there: ops that are not row-wise, and what depends on them.
    LATE
  }

  private final Graph graph;
  private final int index;
  private final @Nullable Op<?> op;
  private final List<Node> inputs;
  private final @Nullable Parameter parameter;
  private final @Nullable Tensor given;
  private final boolean wantsGradient;
  private final Shape shape;
  private final DType dtype;
  private final Stage stage;

  private Node(
      Graph graph,
      int index,
      @Nullable Op<?> op,
      List<Node> inputs,
      @Nullable Parameter parameter,
      @Nullable Tensor given,
      boolean wantsGradient,
      Shape shape,
      DType dtype,
      Stage stage) {
    this.graph = graph;
    this.index = index;
    this.op = op;
    this.inputs = inputs;
    this.parameter = parameter;
    this.given = given;
    this.wantsGradient = wantsGradient;
    this.shape = shape;
    this.dtype = dtype;
    this.stage = stage;
  }

  static Node parameter(Graph graph, int index, Parameter parameter, Tensor value) {
    return new Node(
        graph,
        index,
        null,
        List.of(),
        parameter,
        value,
        !parameter.isFrozen(),
        parameter.shape(),
        parameter.dtype(),
        Stage.EARLY);
  }

  static Node data(Graph graph, int index, Tensor given, boolean wantsGradient, Stage stage) {
    return new Node(
        graph,
        index,
        null,
        List.of(),
        null,
        given,
        wantsGradient,
        given.shape(),
        given.dtype(),
        stage);
  }

  static Node applied(
      Graph graph, int index, Op<?> op, List<Node> inputs, Shape shape, DType dtype, Stage stage) {
    boolean wanted = false;
    for (Node input : inputs) {
      wanted |= input.wantsGradient;
    }
    return new Node(graph, index, op, inputs, null, null, wanted, shape, dtype, stage);
  }

  /// The graph this node stands in.
  ///
  /// @return the graph
  public Graph graph() {
    return graph;
  }

  /// The shape of the value.
  ///
  /// @return the shape
  public Shape shape() {
    return shape;
  }

  /// The element type of the value.
  ///
  /// @return the type
  public DType dtype() {
    return dtype;
  }

  /// The value, computed if it was not yet.
  ///
  /// @return the value, to be read while the graph is open; [Tensor#copy] what must live on
  /// @throws IllegalStateException if the graph is closed
  public Tensor value() {
    return graph.valueOf(this);
  }

  /// The position in the graph's topological order, from 0.
  ///
  /// @return the position
  public int index() {
    return index;
  }

  /// Whether the node is data or a parameter, not computed by an op.
  ///
  /// @return whether it is a leaf
  public boolean isLeaf() {
    return op == null;
  }

  /// The op that computes this node.
  ///
  /// @return the op; null for a leaf
  public @Nullable Op<?> op() {
    return op;
  }

  /// The nodes from which the op computes this one.
  ///
  /// @return the op's inputs, in its order; empty for a leaf
  public List<Node> inputs() {
    return inputs;
  }

  @Nullable Parameter parameter() {
    return parameter;
  }

  @Nullable Tensor given() {
    return given;
  }

  boolean wantsGradient() {
    return wantsGradient;
  }

  Stage stage() {
    return stage;
  }

  @Override
  public String toString() {
    String what = op != null ? op.name() : parameter != null ? "parameter" : "data";
    return "node " + index + " (" + what + ", " + dtype.label() + shape + ")";
  }
}
