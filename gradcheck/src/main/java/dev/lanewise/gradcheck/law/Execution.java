package dev.lanewise.gradcheck.law;

import dev.lanewise.core.graph.Gradients;
import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.gradcheck.problem.Recording;
import dev.lanewise.gradcheck.problem.Variable;
import java.util.List;
import java.util.function.IntPredicate;

/// One run of a function in a graph of its own, on tensors of its own.
///
/// What it leaves behind for later runs that get the same memory is NaN: who reads what it did not
/// write shows.
final class Execution implements AutoCloseable {
  private final String name;
  private final List<Variable> variables;
  private final Graph graph;
  private final List<Tensor> values;
  private final IntPredicate wanted;
  private final Recording recording;

  Execution(
      String name,
      List<Variable> variables,
      Graph graph,
      List<Tensor> values,
      IntPredicate wanted,
      Recording recording) {
    this.name = name;
    this.variables = variables;
    this.graph = graph;
    this.values = values;
    this.wanted = wanted;
    this.recording = recording;
  }

  Graph graph() {
    return graph;
  }

  /// The tensors of the variables.
  List<Tensor> values() {
    return values;
  }

  Recording recording() {
    return recording;
  }

  /// The output, computed if it was not yet; a copy.
  double[] output() {
    return recording.output().value().toDoubles();
  }

  /// Moves all variables.
  void move(double[][] point) {
    for (int t = 0; t < point.length; t++) {
      for (int i = 0; i < point[t].length; i++) {
        values.get(t).setFlat(i, point[t][i]);
      }
      graph.changed(recording.leaves().get(t));
    }
  }

  /// The gradients of `⟨u, y⟩`: copies; an empty array for an input that no gradient is wanted of.
  double[][] gradients(double[] u) {
    return gradients(recording.output(), u);
  }

  /// The same for any node in the output's place.
  double[][] gradients(Node root, double[] u) {
    return read(backward(root, u));
  }

  Gradients backward(Node root, double[] u) {
    return graph.backward(root, Tensor.of(root.dtype(), root.shape(), u));
  }

  double[][] read(Gradients gradients) {
    double[][] copies = new double[values.size()][];
    for (int t = 0; t < copies.length; t++) {
      Node leaf = recording.leaves().get(t);
      if (gradients.has(leaf)) {
        Tensor gradient = gradients.of(leaf);
        copies[t] = gradient.toDoubles();
        TensorMath.fill(Double.NaN, gradient);
      } else if (wanted.test(t)) {
        throw new IllegalArgumentException(
            name
                + ": the output does not depend on "
                + variables.get(t).path()
                + ", so there is nothing to check.");
      } else {
        copies[t] = new double[0];
      }
    }
    return copies;
  }

  @Override
  public void close() {
    Node output = recording.output();
    if (!output.isLeaf()) {
      TensorMath.fill(Double.NaN, output.value());
    }
    graph.close();
  }
}
