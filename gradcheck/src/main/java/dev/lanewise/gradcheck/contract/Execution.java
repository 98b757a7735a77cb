package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Gradients;
import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.gradcheck.CheckInputs;
import dev.lanewise.gradcheck.problem.GradientFunction;
import dev.lanewise.gradcheck.problem.Inputs;
import dev.lanewise.gradcheck.problem.PickRows;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/// What a function gives when it is executed in a certain way: its output and, for an upstream that
/// depends on the output's shape alone, the gradients.
///
/// @param output y
/// @param gradients the gradients by the inputs and trainable parameters, under their names
record Execution(Tensor output, Map<String, Tensor> gradients) {
  private static final Key KEY = Key.of(1).with("execution");

  /// So many that draws give one of them another output even for a single element.
  private static final int KEYS = 16;

  /// A function, and all it takes.
  ///
  /// @param recorded the function
  /// @param inputs its inputs by name
  /// @param parameters the parameters it uses
  record Setup(GradientFunction recorded, Map<String, Tensor> inputs, Parameters parameters) {
    /// Executes it, twice in the same memory: the second time the buffers of the gradients hold
    /// NaN, which a backward that does not write everything leaves there.
    Execution run(int threads, int rowsPerShard) {
      try (Workspace workspace = Workspace.of(threads, rowsPerShard)) {
        run(workspace, KEY);
        return run(workspace, KEY);
      }
    }

    /// Whether the function makes draws: another key gives another output.
    boolean draws() {
      try (Workspace workspace = Workspace.of(1)) {
        Tensor first = run(workspace, KEY).output;
        return IntStream.range(0, KEYS)
            .anyMatch(i -> !run(workspace, KEY.with(i)).output.sameBits(first));
      }
    }

    private Execution run(Workspace workspace, Key key) {
      try (Graph graph = workspace.training(key)) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        inputs.forEach((name, value) -> nodes.put(name, graph.variable(value)));
        Node y = recorded.apply(graph, new Inputs(nodes));
        parameters
            .trainable()
            .byPath()
            .forEach((path, parameter) -> nodes.put(path, graph.parameter(parameter)));
        Tensor upstream = CheckInputs.normal(y.shape(), KEY.with("upstream")).to(y.dtype());
        Gradients found = graph.backward(y, upstream);
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        nodes.forEach((name, node) -> gradients.put(name, found.of(node).copy()));
        nodes.values().forEach(node -> TensorMath.fill(Double.NaN, found.of(node)));
        return new Execution(y.value().copy(), gradients);
      }
    }
  }

  /// The rows of a node as a batch that is shared out, with a gradient still.
  static Node asBatch(Node x) {
    Tensor rows = Tensor.zeros(x.dtype(), Shape.of(x.shape().rows()));
    IntStream.range(0, rows.size()).forEach(i -> rows.setFlat(i, i));
    return x.graph().apply(new PickRows(), x.graph().batch(rows), x);
  }

  /// Demands that output and gradients have the same bits for any number of threads, and that a
  /// batch in shards gives what it gives in one piece: the same output to the bit, and gradients
  /// that differ by the order of sums alone. The latter is not demanded of what makes draws,
  /// because every shard makes its own.
  ///
  /// @throws AssertionError if it is not so
  static void requireTheSameInShards(String label, Setup setup, DType dtype) {
    Execution whole = setup.run(1, 1 << 20);
    Execution inShards = setup.run(1, 2);
    Execution threaded = setup.run(3, 2);
    String where = label + " in " + dtype.label();
    requireSameBits(where + ", 3 threads against 1: the output", threaded.output, inShards.output);
    inShards.gradients.forEach(
        (name, gradient) ->
            requireSameBits(
                where + ", 3 threads against 1: the gradient by " + name,
                threaded.gradients.getOrDefault(name, gradient),
                gradient));
    if (setup.draws()) {
      return;
    }
    requireSameBits(
        where + ", in shards of 2 rows against one piece: the output",
        inShards.output,
        whole.output);
    double tolerance = dtype == DType.FLOAT64 ? 0x1p-40 : 0x1p-12;
    inShards.gradients.forEach(
        (name, gradient) ->
            requireClose(
                where + ", in shards of 2 rows against one piece: the gradient by " + name,
                gradient,
                whole.gradients.getOrDefault(name, gradient),
                tolerance));
  }

  private static void requireSameBits(String what, Tensor found, Tensor expected) {
    if (!found.sameBits(expected)) {
      throw new AssertionError(
          what + " must have the same bits, but is\n  " + found + " instead of\n  " + expected);
    }
  }

  private static void requireClose(String what, Tensor found, Tensor expected, double tolerance) {
    double largest = 0;
    for (double element : expected.toDoubles()) {
      largest = Math.max(largest, Math.abs(element));
    }
    for (int i = 0; i < expected.size(); i++) {
      double difference = Math.abs(found.getFlat(i) - expected.getFlat(i));
      if (!(difference <= tolerance * largest)) {
        throw new AssertionError(
            what
                + " must agree up to rounding, but at position "
                + i
                + " is "
                + found.getFlat(i)
                + " instead of "
                + expected.getFlat(i)
                + ".");
      }
    }
  }
}
