package dev.lanewise.experiments.lecture;

import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.layers.Activations;
import dev.lanewise.layers.Linear;
import dev.lanewise.layers.Sequential;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/// Exclusive or by three hard-threshold units whose weights are set by hand: the first says OR, the
/// second AND, and the output unit says "OR but not AND".
public final class XorByHand implements Experiment {
  private static final double[][] INPUTS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};

  @Override
  public String name() {
    return "xor-by-hand";
  }

  @Override
  public String claim() {
    return "Two hidden threshold units are enough for exclusive or.";
  }

  @Override
  public void run(PrintWriter out, Optional<Path> folder) {
    double[] answers = answers();
    out.println("  x1 x2   y");
    for (int i = 0; i < INPUTS.length; i++) {
      out.printf("  %2.0f %2.0f  %2.0f%n", INPUTS[i][0], INPUTS[i][1], answers[i]);
    }
  }

  static Layer model() {
    double[][] orAndAnd = {{1, 1}, {1, 1}};
    double[][] orButNotAnd = {{1}, {-1}};
    return Sequential.of(
        linear(orAndAnd, -0.5, -1.5),
        Activations.hardThreshold(),
        linear(orButNotAnd, -0.5),
        Activations.hardThreshold());
  }

  static double[] answers() {
    Tensor inputs = DoubleTensor.matrix(INPUTS);
    try (Workspace workspace = Workspace.of(1);
        Graph graph = workspace.inference()) {
      return model().apply(graph.batch(inputs)).value().toDoubles();
    }
  }

  private static Linear linear(double[][] weight, double... bias) {
    return new Linear(
        Parameter.of(DoubleTensor.matrix(weight)),
        Optional.of(Parameter.of(DoubleTensor.vector(bias))));
  }
}
