package dev.lanewise.gradcheck;

import dev.lanewise.core.graph.Gradients;
import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/// One run of a check.
final class Check {
  private static final double RELATIVE_STEP = Math.cbrt(0x1p-52);

  /// The half-width of rounding to double.
  private static final double UNIT_ROUND_OFF = 0x1p-53;

  private final String name;
  private final Key key;
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private final Map<String, Parameter> parameters;
  private final GradientFunction function;
  private long evaluations;

  Check(
      String name,
      Key key,
      Map<String, Tensor> inputs,
      Parameters parameters,
      GradientFunction function) {
    this.name = name;
    this.key = key;
    this.parameters = parameters.trainable().byPath();
    this.function = function;
    parameters.byPath().forEach((path, p) -> requireDouble("the parameter " + path, p.dtype()));
    inputs.forEach(
        (path, input) -> {
          requireDouble("the input " + path, input.dtype());
          if (parameters.byPath().containsKey(path)) {
            throw new IllegalArgumentException(
                name + ": '" + path + "' names both an input and a parameter.");
          }
          this.inputs.put(path, input.copy());
        });
  }

  GradientReport run() {
    long start = System.nanoTime();
    List<TensorReport> tensors = new ArrayList<>();
    try (Workspace workspace = Workspace.of(1, GradientChecker.ROWS_PER_SHARD)) {
      double[] upstream = upstream(workspace);
      differentiate(workspace, upstream);
      // The second run has the buffers of the first, which hold NaN by now.
      Map<String, double[]> analytic = differentiate(workspace, upstream);
      Map<String, Tensor> points = new LinkedHashMap<>(inputs);
      parameters.forEach((path, parameter) -> points.put(path, parameter.value()));
      points.forEach(
          (path, tensor) -> {
            double[] gradient = Objects.requireNonNull(analytic.get(path));
            List<Coordinate> coordinates = new ArrayList<>(tensor.size());
            for (int i = 0; i < tensor.size(); i++) {
              coordinates.add(coordinate(workspace, upstream, path, tensor, i, gradient[i]));
            }
            if (!coordinates.isEmpty()) {
              tensors.add(TensorReport.of(name, path, tensor.shape(), coordinates));
            }
          });
    }
    return new GradientReport(
        name, tensors, evaluations, Duration.ofNanos(System.nanoTime() - start));
  }

  private double[] upstream(Workspace workspace) {
    double[] output = evaluate(workspace);
    for (int j = 0; j < output.length; j++) {
      if (!Double.isFinite(output[j])) {
        throw new IllegalArgumentException(
            name
                + ": element "
                + j
                + " of the output is "
                + output[j]
                + ", so there is no derivative at these inputs; choose others, or mend forward.");
      }
    }
    double[] upstream = new double[output.length];
    RandomGenerator draws = key.with("upstream").generator();
    for (int j = 0; j < upstream.length; j++) {
      double size = 0.5 + draws.nextDouble();
      upstream[j] = draws.nextBoolean() ? size : -size;
    }
    return upstream;
  }

  /// The gradients by path; leaves NaN in the buffers they were written to.
  private Map<String, double[]> differentiate(Workspace workspace, double[] upstream) {
    Map<String, double[]> analytic = new LinkedHashMap<>();
    try (Graph graph = graph(workspace)) {
      Map<String, Node> nodes = variables(graph);
      Node output = apply(graph, nodes);
      evaluations++;
      Gradients gradients =
          graph.backward(output, Tensor.of(DType.FLOAT64, output.shape(), upstream));
      nodes.forEach(
          (path, node) -> {
            requireUsed("the input " + path, gradients.has(node));
            take(path, gradients.of(node), analytic);
          });
      parameters.forEach(
          (path, parameter) -> {
            requireUsed("the parameter " + path, gradients.has(parameter));
            take(path, gradients.of(parameter), analytic);
          });
    }
    return analytic;
  }

  private static void take(String path, Tensor gradient, Map<String, double[]> analytic) {
    analytic.put(path, gradient.toDoubles());
    TensorMath.fill(Double.NaN, gradient);
  }

  private Coordinate coordinate(
      Workspace workspace,
      double[] upstream,
      String path,
      Tensor tensor,
      int position,
      double analytic) {
    double x = tensor.getFlat(position);
    double h = RELATIVE_STEP * Math.max(Math.abs(x), 1);
    double above = x + h;
    double below = x - h;
    double[] yAbove;
    double[] yBelow;
    try {
      tensor.setFlat(position, above);
      yAbove = evaluate(workspace);
      tensor.setFlat(position, below);
      yBelow = evaluate(workspace);
    } finally {
      tensor.setFlat(position, x);
    }
    double difference = 0;
    double moved = 0;
    for (int j = 0; j < upstream.length; j++) {
      double change = yAbove[j] - yBelow[j];
      difference += upstream[j] * change;
      if (change != 0) {
        moved += Math.abs(upstream[j]) * Math.max(Math.abs(yAbove[j]), Math.abs(yBelow[j]));
      }
    }
    double step = (above - below) / 2;
    return new Coordinate(
        path,
        index(tensor.shape(), position),
        x,
        analytic,
        difference / (2 * step),
        step,
        8 * UNIT_ROUND_OFF * moved / step);
  }

  private double[] evaluate(Workspace workspace) {
    evaluations++;
    try (Graph graph = graph(workspace)) {
      return apply(graph, variables(graph)).value().toDoubles();
    }
  }

  private Graph graph(Workspace workspace) {
    return workspace.training(key.with("draws"));
  }

  private Map<String, Node> variables(Graph graph) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    inputs.forEach((path, input) -> nodes.put(path, graph.variable(input)));
    return nodes;
  }

  private Node apply(Graph graph, Map<String, Node> nodes) {
    Node output = function.apply(graph, new Inputs(nodes));
    requireDouble("the output", output.dtype());
    return output;
  }

  private void requireUsed(String what, boolean used) {
    if (!used) {
      throw new IllegalArgumentException(
          name + ": the output does not depend on " + what + ", so there is nothing to check.");
    }
  }

  private void requireDouble(String what, DType dtype) {
    if (dtype != DType.FLOAT64) {
      throw new IllegalArgumentException(
          name
              + ": "
              + what
              + " is "
              + dtype.label()
              + ", but gradients are checked in float64, because differences of float32 have about"
              + " three digits; convert inputs with Tensor.to and models with Parameters.convert.");
    }
  }

  private static List<Integer> index(Shape shape, int position) {
    Integer[] index = new Integer[shape.rank()];
    int rest = position;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      index[axis] = rest % shape.dim(axis);
      rest /= shape.dim(axis);
    }
    return List.of(index);
  }
}
