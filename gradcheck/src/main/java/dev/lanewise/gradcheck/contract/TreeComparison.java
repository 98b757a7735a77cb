package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Gradients;
import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.CheckInputs;
import dev.lanewise.gradcheck.numeric.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A graph against its expanded tree: sharing a value must change nothing but the work.
///
/// The output must have the same bits. The gradient by a leaf is the sum over the leaf's copies in
/// the tree; both are sums over the same paths in different order, so they may differ by rounding
/// alone: by 2⁻⁴⁰ of the natural scale, which is the largest `Σ|δᵥ||v|` of any vertex v with the
/// error signal δᵥ, over the size of the leaf. (Where error signals cancel within an op, as in a
/// softmax whose upstream is constant, rounding is all there is of a gradient.)
final class TreeComparison {
  private static final double TOLERANCE = 0x1p-40;

  private TreeComparison() {}

  /// Demands that a graph equals its tree.
  ///
  /// @throws AssertionError if not, with the smallest graph that does not
  static void requireEqual(Dag dag) {
    if (difference(dag).isEmpty()) {
      return;
    }
    Dag small =
        Shrinker.shrink(
                new DagSpecimen(dag),
                DagSpecimen::simpler,
                each -> difference(each.dag()).isPresent())
            .value()
            .dag();
    throw new AssertionError(
        "A graph differs from its expanded tree: "
            + difference(small).orElse("")
            + "\n\nThe smallest such graph:\n\n"
            + small.expression()
            + "\n\nIt was found with "
            + dag
            + ": "
            + difference(dag).orElse(""));
  }

  /// How a graph differs from its tree.
  ///
  /// @return nothing if it does not, or if a value is not finite
  static Optional<String> difference(Dag dag) {
    Dag.Tree tree = dag.expanded();
    try (Workspace workspace = Workspace.of(1);
        Graph graph = workspace.training(Key.of(1));
        Graph expanded = workspace.training(Key.of(1))) {
      List<Node> nodes = record(dag, graph);
      List<Node> copies = record(tree.dag(), expanded);
      Tensor y = nodes.getLast().value();
      if (!y.sameBits(copies.getLast().value())) {
        return Optional.of("the output is " + y + ", that of the tree " + copies.getLast().value());
      }
      Tensor upstream = CheckInputs.normal(y.shape(), Key.of(1).with("tree"));
      Gradients gradients = graph.backward(nodes.getLast(), upstream);
      Gradients parts = expanded.backward(copies.getLast(), upstream);
      double natural = natural(nodes, gradients);
      for (int i = 0; i < nodes.size(); i++) {
        if (dag.vertices().get(i) instanceof Dag.Leaf) {
          List<Tensor> uses = new ArrayList<>();
          for (int j = 0; j < copies.size(); j++) {
            if (tree.originals().get(j) == i) {
              uses.add(parts.of(copies.get(j)));
            }
          }
          Optional<String> found =
              difference(
                  "x" + i,
                  gradients.of(nodes.get(i)),
                  uses,
                  TOLERANCE * natural / size(dag.leaf(i)));
          if (found.isPresent()) {
            return found;
          }
        }
      }
      return Optional.empty();
    }
  }

  private static List<Node> record(Dag dag, Graph graph) {
    return dag.record(graph, i -> graph.variable(dag.leaf(i)));
  }

  private static double natural(List<Node> nodes, Gradients gradients) {
    double largest = 0;
    for (Node node : nodes) {
      Tensor value = node.value();
      Tensor signal = gradients.of(node);
      double rms = Origin.rms(value.toDoubles());
      double sum = 0;
      for (int i = 0; i < value.size(); i++) {
        sum += Math.abs(signal.getFlat(i)) * Math.max(Math.abs(value.getFlat(i)), rms);
      }
      largest = Math.max(largest, sum);
    }
    return largest;
  }

  private static double size(Tensor leaf) {
    return Origin.rms(leaf.toDoubles());
  }

  private static Optional<String> difference(
      String leaf, Tensor gradient, List<Tensor> uses, double tolerance) {
    for (int i = 0; i < gradient.size(); i++) {
      double sum = 0;
      for (Tensor use : uses) {
        sum += use.getFlat(i);
      }
      double found = gradient.getFlat(i);
      if (Double.isFinite(sum) && !(Math.abs(found - sum) <= tolerance)) {
        return Optional.of(
            "the gradient by "
                + leaf
                + " at position "
                + i
                + " is "
                + found
                + ", but the sum over the "
                + uses.size()
                + " uses in the tree is "
                + sum);
      }
    }
    return Optional.empty();
  }
}
