package dev.lanewise.core.graph;

import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One run of a computation: ordinary Java code records nodes, values are computed when asked for,
/// and [#backward] sends error signals from a node back to the parameters.
///
/// Nodes are recorded in topological order, because a node's inputs must exist before it. Leaves:
/// [#parameter], [#batch] (data with one row per example), [#constant] (the same for every
/// example), [#variable] (data whose gradient is wanted).
///
/// Values and gradients live until the graph is closed; to read one later, or to record or compute
/// more, throws [IllegalStateException], as it does once the workspace is closed. A graph belongs
/// to one thread.
public final class Graph implements AutoCloseable {
  private static final int NO_BATCH = -1;

  private final Workspace workspace;
  private final @Nullable Key key;
  private final List<Node> nodes = new ArrayList<>();
  private final IdentityHashMap<Parameter, Node> parameters = new IdentityHashMap<>();
  private int batchRows = NO_BATCH;
  private @Nullable Plan plan;
  private @Nullable Plan unfusedPlan;
  private int changes;
  private boolean closed;

  Graph(Workspace workspace, @Nullable Key key) {
    this.workspace = workspace;
    this.key = key;
  }

  /// Whether the run trains.
  ///
  /// @return true for training, false for inference; also when the graph is closed
  public boolean training() {
    return key != null;
  }

  /// The node of a parameter; the same node each time, so that the gradients of its uses are
  /// summed. Its value must not change before all values and gradients of this graph that depend on
  /// it have been read, except as [#changed] says.
  ///
  /// @param parameter the parameter
  /// @return its node
  public Node parameter(Parameter parameter) {
    requireOpen();
    Node known = parameters.get(parameter);
    if (known != null) {
      return known;
    }
    Node node = add(Node.parameter(this, nodes.size(), parameter, parameter.value()));
    parameters.put(parameter, node);
    return node;
  }

  /// The parameters that were recorded so far, whether a model names them or not.
  ///
  /// @return each once, in no particular order
  public List<Parameter> parameters() {
    requireOpen();
    return List.copyOf(parameters.keySet());
  }

  /// The node of a parameter, with another value in this graph alone: the parameter keeps its own.
  /// What is recorded later, and asks for the parameter, gets this node.
  ///
  /// @param parameter the parameter
  /// @param value the value here, of the parameter's shape and type; must not change while the
  ///     graph is open, except as [#changed] says
  /// @return its node
  /// @throws ShapeException if the shapes differ
  /// @throws IllegalArgumentException if the types differ
  /// @throws IllegalStateException if the parameter was recorded already
  public Node substitute(Parameter parameter, Tensor value) {
    requireOpen();
    ShapeException.requireEqual(
        "substitute", "the parameter", parameter.shape(), "its value here", value.shape());
    if (parameter.dtype() != value.dtype()) {
      throw new IllegalArgumentException(
          "substitute: the parameter is "
              + parameter.dtype().label()
              + ", but its value here is "
              + value.dtype().label()
              + ".");
    }
    if (parameters.containsKey(parameter)) {
      throw new IllegalStateException(
          "substitute: the parameter was recorded already; substitute before it is used.");
    }
    Node node = add(Node.parameter(this, nodes.size(), parameter, value));
    parameters.put(parameter, node);
    return node;
  }

  /// Says that the elements of a leaf's tensor were changed: values that depend on it are
  /// forgotten, and computed anew when somebody asks for them; all others stay. Tensors read before
  /// from nodes that depend on the leaf will be overwritten. Gradients of earlier backward passes
  /// stay.
  ///
  /// ```java
  /// weights.setFlat(7, weights.getFlat(7) + h);
  /// graph.changed(node); // of the weights
  /// double above = loss.value().getFlat(0); // computes what depends on the weights, no more
  /// ```
  ///
  /// @param leaf a node of this graph that no op computed
  /// @throws IllegalArgumentException if the node is of another graph, or computed by an op
  public void changed(Node leaf) {
    requireOwn("changed", leaf);
    if (leaf.op() != null) {
      throw new IllegalArgumentException(
          "changed: " + leaf + " is computed, so only its inputs can have changed.");
    }
    changes++;
    if (plan != null) {
      planned().forget(leaf.index());
    }
    if (unfusedPlan != null) {
      unfusedPlan.forget(leaf.index());
    }
  }

  /// Data with one row per example: features, targets. Its rows may be shared out over threads.
  ///
  /// @param examples the data; must not change while the graph is open, except as [#changed] says
  /// @return a node without a gradient
  /// @throws ShapeException if it is a scalar, or has another number of rows than an earlier batch
  public Node batch(Tensor examples) {
    requireOpen();
    if (examples.shape().rank() == 0) {
      throw new ShapeException("batch: a scalar has no rows, one per example.");
    }
    int rows = examples.shape().rows();
    if (batchRows != NO_BATCH && batchRows != rows) {
      throw new ShapeException(
          "batch: the shape "
              + examples.shape()
              + " has "
              + rows
              + " rows, but an earlier batch in this graph has "
              + batchRows
              + ".");
    }
    batchRows = rows;
    return add(Node.data(this, nodes.size(), examples, false, Node.Stage.ROWS));
  }

  /// Data that is the same for every example.
  ///
  /// @param value the data; must not change while the graph is open, except as [#changed] says
  /// @return a node without a gradient
  public Node constant(Tensor value) {
    requireOpen();
    return add(Node.data(this, nodes.size(), value, false, Node.Stage.EARLY));
  }

  /// Data whose gradient is wanted: [Gradients#of(Node)] has it after backward.
  ///
  /// @param value the data; must not change while the graph is open, except as [#changed] says
  /// @return a node with a gradient
  public Node variable(Tensor value) {
    requireOpen();
    return add(Node.data(this, nodes.size(), value, true, Node.Stage.EARLY));
  }

  /// Applies an op to nodes.
  ///
  /// @param op the op
  /// @param inputs its inputs, nodes of this graph with the same element type
  /// @return the node of its output
  /// @throws ShapeException if the shapes do not fit the op
  /// @throws IllegalArgumentException if an input is of another graph or of another element type
  public Node apply(Op<?> op, Node... inputs) {
    requireOpen();
    if (inputs.length == 0) {
      throw new IllegalArgumentException(op.name() + ": an op needs at least one input.");
    }
    List<Node> list = List.of(inputs);
    List<Shape> shapes = new ArrayList<>(inputs.length);
    DType dtype = inputs[0].dtype();
    for (Node input : inputs) {
      if (input.graph() != this) {
        throw new IllegalArgumentException(
            op.name() + ": the input " + input + " stands in another graph.");
      }
      if (input.dtype() != dtype) {
        throw new IllegalArgumentException(
            op.name()
                + ": the inputs have the element types "
                + dtype.label()
                + " and "
                + input.dtype().label()
                + ", but must have the same.");
      }
      shapes.add(input.shape());
    }
    Shape shape = op.outputShape(shapes);
    Node.Stage stage = stageOf(op, list);
    if (stage == Node.Stage.ROWS && (shape.rank() == 0 || shape.rows() != batchRows)) {
      throw new ShapeException(
          op.name()
              + " claims to be row-wise, but makes "
              + shape
              + " of a batch of "
              + batchRows
              + " rows.");
    }
    return add(Node.applied(this, nodes.size(), op, list, shape, dtype, stage));
  }

  /// The nodes recorded so far, for whoever looks into a run.
  ///
  /// @return an immutable copy, in topological order
  public List<Node> nodes() {
    requireOpen();
    return List.copyOf(nodes);
  }

  /// Computes a node's value, and those it depends on, unless they are there already.
  ///
  /// @param node a node of this graph
  /// @throws IllegalArgumentException if the node is of another graph
  /// @throws IllegalStateException if the graph is closed
  public void forward(Node node) {
    requireOwn("forward", node);
    planned().forward(node, workspace, key);
  }

  /// The gradients of a scalar node by the parameters and variables it depends on.
  ///
  /// @param root a node with one element
  /// @return the gradients, to be read while the graph is open
  /// @throws ShapeException if the node has another number of elements
  /// @throws IllegalArgumentException if the node depends on nothing that has a gradient
  public Gradients backward(Node root) {
    requireOwn("backward", root);
    if (root.shape().size() != 1) {
      throw new ShapeException(
          "backward: "
              + root
              + " is not a single number; give the gradient by it as a second argument.");
    }
    Tensor one = Tensor.zeros(root.dtype(), root.shape());
    one.setFlat(0, 1);
    return backward(root, one);
  }

  /// The gradients of `⟨node, outputGradient⟩` by the parameters and variables the node depends on.
  /// May be called again and again; each call gives gradients of its own.
  ///
  /// @param root a node of this graph
  /// @param outputGradient the gradient by the node, of its shape and type; copied
  /// @return the gradients, to be read while the graph is open
  /// @throws ShapeException if the shapes differ
  /// @throws IllegalArgumentException if the types differ, or if the node depends on nothing that
  ///     has a gradient
  public Gradients backward(Node root, Tensor outputGradient) {
    requireOwn("backward", root);
    ShapeException.requireEqual(
        "backward", root.toString(), root.shape(), "its gradient", outputGradient.shape());
    if (outputGradient.dtype() != root.dtype()) {
      throw new IllegalArgumentException(
          "backward: "
              + root
              + " has another element type than its gradient, "
              + outputGradient.dtype().label()
              + ".");
    }
    if (!root.wantsGradient()) {
      throw new IllegalArgumentException(
          "backward: " + root + " depends on no parameter and no variable.");
    }
    Plan current = planned();
    current.forward(root, workspace, key);
    return new Gradients(this, root, current.backward(root, outputGradient, workspace, key));
  }

  /// The ops that a backward pass may have to go through: those applied so far whose output depends
  /// on a variable or on a parameter that is not frozen.
  ///
  /// @return the ops, in topological order; an op applied twice stands there twice
  public List<Op<?>> differentiatedOps() {
    requireOpen();
    List<Op<?>> ops = new ArrayList<>();
    for (Node node : nodes) {
      Op<?> op = node.op();
      if (op != null && node.wantsGradient()) {
        ops.add(op);
      }
    }
    return List.copyOf(ops);
  }

  /// Ends the run: its memory goes back to the workspace, and its values and gradients can no
  /// longer be read. Closing twice does nothing.
  @Override
  public void close() {
    closed = true;
    Plan used = unfusedPlan != null ? unfusedPlan : plan; // who looks between will look again
    if (used != null) {
      used.reset();
      workspace.giveBack(used);
    }
    plan = null;
    unfusedPlan = null;
  }

  Tensor valueOf(Node node) {
    requireOpen();
    Tensor given = node.given();
    if (given != null) {
      return given;
    }
    forward(node);
    return planned().value(node).leased(this::requireOpen);
  }

  /// The same backward pass as a fused one, with all gradients between.
  BackwardRun backwardUnfused(Node root, Tensor outputGradient) {
    requireOpen();
    Plan current = unfusedPlan;
    if (current == null) {
      current = new Plan(workspace.rowsPerShard(), false);
      unfusedPlan = current;
    }
    current.cover(nodes, batchRows);
    current.forward(root, workspace, key);
    return current.backward(root, outputGradient, workspace, key);
  }

  /// How often leaves were said to have changed.
  int changes() {
    return changes;
  }

  /// The parameter's node if it was recorded.
  @Nullable Node recorded(Parameter parameter) {
    return parameters.get(parameter);
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "The graph is closed: copy the values and gradients that must live on before closing.");
    }
    workspace.requireOpen();
  }

  private Plan planned() {
    requireOpen();
    Plan current = plan;
    if (current == null) {
      current = workspace.borrow(nodes);
      plan = current;
    }
    current.cover(nodes, batchRows);
    return current;
  }

  private Node.Stage stageOf(Op<?> op, List<Node> inputs) {
    boolean early = true;
    boolean rowwise = true;
    for (int i = 0; i < inputs.size(); i++) {
      Node.Stage stage = inputs.get(i).stage();
      if (stage == Node.Stage.LATE) {
        return Node.Stage.LATE;
      }
      boolean rows = stage == Node.Stage.ROWS;
      early &= !rows;
      rowwise &= rows == op.rowwise(i);
    }
    return early ? Node.Stage.EARLY : rowwise ? Node.Stage.ROWS : Node.Stage.LATE;
  }

  private void requireOwn(String operation, Node node) {
    requireOpen();
    if (node.graph() != this) {
      throw new IllegalArgumentException(operation + ": " + node + " stands in another graph.");
    }
  }

  private Node add(Node node) {
    nodes.add(node);
    return node;
  }
}
