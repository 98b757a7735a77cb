package dev.lanewise.optim;

import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.data.Batches;
import dev.lanewise.data.Dataset;
import dev.lanewise.optim.metric.Evaluator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Measures a model's hidden activations on a fixed sample, in inference.
///
/// An activation is a node computed by an op of one input, of the input's shape, from something
/// that depends on a parameter. The model's output is none, and neither is dropout.
///
/// @param model the model
/// @param parameters its parameters, to say where an activation stands
/// @param sample the rows
/// @param workspace memory and threads
record ActivationMeter(Layer model, Parameters parameters, Dataset sample, Workspace workspace) {
  /// In inference it passes on what it is given.
  private static final String DROPOUT = "dropout";

  List<ActivationStatistics> measure() {
    List<Tally> tallies = new ArrayList<>();
    Batches batches =
        Batches.inOrder(sample, Evaluator.DEFAULT_BATCH_SIZE, Evaluator.elementType(model));
    for (int step = 0; step < batches.perEpoch(); step++) {
      try (Graph graph = workspace.inference()) {
        Node prediction = model.apply(graph.batch(batches.load(0, step).features()));
        graph.forward(prediction);
        int position = 0;
        for (Node node : graph.nodes()) {
          String after = NonFinite.nearest(node, parameters).orElse("");
          Op<?> op = node.op();
          if (op != null && node != prediction && !after.isEmpty() && isActivation(node, op)) {
            if (position == tallies.size()) {
              tallies.add(new Tally(op.name(), after, node.shape().rowSize()));
            }
            tallies.get(position++).add(node.value());
          }
        }
      }
    }
    return tallies.stream().map(Tally::statistics).toList();
  }

  private static boolean isActivation(Node node, Op<?> op) {
    return node.inputs().size() == 1
        && node.shape().rank() > 0
        && node.shape().equals(node.inputs().getFirst().shape())
        && !op.name().equals(DROPOUT);
  }

  /// Mean and deviation as numbers come (Welford, *Note on a Method for Calculating Corrected Sums
  /// of Squares and Products*, 1962), and which units were ever anything but zero.
  private static final class Tally {
    private final String op;
    private final String after;
    private final int units;
    private final BitSet alive = new BitSet();
    private long count;
    private double mean;
    private double squares;

    Tally(String op, String after, int units) {
      this.op = op;
      this.after = after;
      this.units = units;
    }

    void add(Tensor values) {
      for (int i = 0; i < values.size(); i++) {
        double value = values.getFlat(i);
        count++;
        double fromOld = value - mean;
        mean += fromOld / count;
        squares += fromOld * (value - mean);
        if (value != 0) {
          alive.set(i % units);
        }
      }
    }

    ActivationStatistics statistics() {
      return new ActivationStatistics(
          op, after, units, units - alive.cardinality(), mean, Math.sqrt(squares / count));
    }
  }
}
