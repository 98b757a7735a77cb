package dev.lanewise.gradcheck.problem;

import dev.lanewise.core.graph.Gradients;
import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Evaluates a [Problem] near its point, again and again, in one thread.
///
/// The function is recorded once. After [#set] only what depends on the changed variable is
/// computed anew, so a derivative by the last layer's weights does not compute the first layer.
/// [#gradients] runs in a graph of its own, twice, the second time into buffers that hold NaN: a
/// backward that adds where it should overwrite shows.
public final class Evaluator implements AutoCloseable {
  /// How many rows of a batch make a shard, so few that small batches have several.
  public static final int ROWS_PER_SHARD = 2;

  private final Problem problem;
  private final Workspace workspace = Workspace.of(1, ROWS_PER_SHARD);
  private final Graph graph;
  private final double[][] point;
  private final DoubleTensor[] tensors;
  private final Recording recording;
  private @Nullable Workspace backwardWorkspace;
  private long evaluations;

  Evaluator(Problem problem) {
    this.problem = problem;
    this.point = problem.point();
    List<Variable> variables = problem.variables();
    this.tensors = new DoubleTensor[point.length];
    for (int t = 0; t < point.length; t++) {
      tensors[t] = tensor(variables.get(t).shape(), point[t].clone());
    }
    this.graph = workspace.training(problem.key());
    try {
      this.recording = Recording.of(graph, problem, List.of(tensors));
    } catch (RuntimeException e) {
      graph.close();
      workspace.close();
      throw e;
    }
  }

  /// The problem.
  ///
  /// @return what this evaluates
  public Problem problem() {
    return problem;
  }

  /// The output's shape.
  ///
  /// @return the shape
  public Shape outputShape() {
    return recording.output().shape();
  }

  /// How often the function was evaluated so far, backward passes not counted.
  ///
  /// @return the number
  public long evaluations() {
    return evaluations;
  }

  /// The ops that the function applies to what depends on a variable, [PickRows] not counted.
  ///
  /// @return the ops, in topological order
  public List<Op<?>> ops() {
    return graph.differentiatedOps().stream().filter(op -> !(op instanceof PickRows)).toList();
  }

  /// The current elements of a variable.
  ///
  /// @param variable the variable's position
  /// @param position the element's position in row-major order
  /// @return the value
  public double get(int variable, int position) {
    return tensors[variable].array()[position];
  }

  /// The current elements of all variables.
  ///
  /// @return a fresh copy
  public double[][] values() {
    double[][] values = new double[tensors.length][];
    for (int t = 0; t < values.length; t++) {
      values[t] = tensors[t].toDoubles();
    }
    return values;
  }

  /// Changes one element.
  ///
  /// @param variable the variable's position
  /// @param position the element's position in row-major order
  /// @param value the new value
  public void set(int variable, int position, double value) {
    tensors[variable].array()[position] = value;
    graph.changed(recording.leaves().get(variable));
  }

  /// Changes all elements of all variables.
  ///
  /// @param values the elements of each variable; copied
  public void moveTo(double[][] values) {
    for (int t = 0; t < tensors.length; t++) {
      move(t, values[t]);
    }
  }

  /// Changes all elements of one variable.
  ///
  /// @param variable the variable's position
  /// @param values its elements; copied
  public void move(int variable, double[] values) {
    System.arraycopy(values, 0, tensors[variable].array(), 0, values.length);
    graph.changed(recording.leaves().get(variable));
  }

  /// Back to the problem's point.
  public void reset() {
    moveTo(point);
  }

  /// The output at the current values.
  ///
  /// @param y receives it, in row-major order; as long as the output
  public void evaluate(double[] y) {
    evaluations++;
    DoubleTensor value = (DoubleTensor) recording.output().value();
    System.arraycopy(value.array(), value.offset(), y, 0, y.length);
  }

  /// The output at the current values.
  ///
  /// @return a fresh array, in row-major order
  public double[] evaluate() {
    double[] y = new double[recording.output().shape().size()];
    evaluate(y);
    return y;
  }

  /// The gradients of `⟨u, y⟩` at the current values, by the graph.
  ///
  /// @param upstream u, as long as the output
  /// @return the gradient by each variable, fresh arrays
  /// @throws IllegalArgumentException if the output does not depend on a variable
  public double[][] gradients(double[] upstream) {
    Workspace memory = backwardWorkspace;
    if (memory == null) {
      memory = Workspace.of(1, ROWS_PER_SHARD);
      backwardWorkspace = memory;
      // Leaves NaN in the buffers for the run that counts.
      gradients(upstream, memory);
    }
    return gradients(upstream, memory);
  }

  @Override
  public void close() {
    graph.close();
    workspace.close();
    if (backwardWorkspace != null) {
      backwardWorkspace.close();
    }
  }

  private double[][] gradients(double[] upstream, Workspace memory) {
    double[][] gradients = new double[tensors.length][];
    try (Graph fresh = memory.training(problem.key())) {
      Recording again = Recording.of(fresh, problem, List.of(tensors));
      Node root = again.output();
      Gradients found =
          fresh.backward(root, Tensor.of(DType.FLOAT64, root.shape(), upstream.clone()));
      for (int t = 0; t < tensors.length; t++) {
        Node leaf = again.leaves().get(t);
        if (!found.has(leaf)) {
          throw new IllegalArgumentException(
              problem.name()
                  + ": the output does not depend on "
                  + problem.variables().get(t).path()
                  + ", so there is nothing to check.");
        }
        Tensor gradient = found.of(leaf);
        gradients[t] = gradient.toDoubles();
        TensorMath.fill(Double.NaN, gradient);
      }
    }
    return gradients;
  }

  private static DoubleTensor tensor(Shape shape, double[] values) {
    return (DoubleTensor) Tensor.of(DType.FLOAT64, shape, values);
  }
}
