package dev.lanewise.experiments.lecture;

import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.op.Add;
import dev.lanewise.core.op.Logistic;
import dev.lanewise.core.op.Multiply;
import dev.lanewise.core.op.Scale;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.experiments.report.GradientErrorPlot;
import dev.lanewise.experiments.run.OutputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How far a finite difference is from the derivative, for every step h: large steps cut the Taylor
/// series short (an error ∝ h from one side, ∝ h² from two), small ones cancel digits (∝ ε/h). The
/// best step is near √ε ≈ 1.5e-8 from one side, near ∛ε ≈ 6e-6 from two (N. Higham, *Accuracy and
/// Stability of Numerical Algorithms*, 2002, section 1.14).
public final class GradientCheck implements Experiment {
  private static final double AT = 0.7;

  /// The error of both differences for one step.
  ///
  /// @param h the step
  /// @param oneSided the relative error of (f(w + h) − f(w)) / h
  /// @param twoSided the relative error of (f(w + h) − f(w − h)) / 2h
  record Errors(double h, double oneSided, double twoSided) {}

  @Override
  public String name() {
    return "gradient-check";
  }

  @Override
  public String claim() {
    return "Differences from two sides are far better than from one, and both have a best step.";
  }

  @Override
  public void run(PrintWriter out, Optional<Path> folder) {
    List<Errors> errors = errors();
    out.printf("  %-9s %14s %14s%n", "h", "one-sided", "two-sided");
    errors.stream()
        .filter(e -> errors.indexOf(e) % 4 == 0)
        .forEach(e -> out.printf("  %-9.0e %14.2e %14.2e%n", e.h, e.oneSided, e.twoSided));
    if (folder.isEmpty()) {
      out.println("With --out DIR the plot is written there.");
      return;
    }
    Path file = folder.get().resolve("gradient-check.png");
    double[] h = errors.stream().mapToDouble(Errors::h).toArray();
    double[] oneSided = errors.stream().mapToDouble(Errors::oneSided).toArray();
    double[] twoSided = errors.stream().mapToDouble(Errors::twoSided).toArray();
    try {
      Files.write(file, GradientErrorPlot.of(h, oneSided, twoSided).png());
    } catch (IOException e) {
      throw new OutputException(file, e);
    }
    out.println(file);
  }

  /// The errors for steps from 0.1 down to 1e-15, four in each power of ten.
  static List<Errors> errors() {
    double derivative = derivative(AT);
    List<Errors> errors = new ArrayList<>();
    for (int i = 4; i <= 60; i++) {
      double h = Math.pow(10, -i / 4.0);
      double oneSided = (loss(AT + h) - loss(AT)) / h;
      double twoSided = (loss(AT + h) - loss(AT - h)) / (2 * h);
      errors.add(
          new Errors(h, Math.abs(oneSided / derivative - 1), Math.abs(twoSided / derivative - 1)));
    }
    return errors;
  }

  private static double loss(double w) {
    try (Workspace workspace = Workspace.of(1);
        Graph graph = workspace.inference()) {
      return record(graph, graph.constant(Tensor.scalar(DType.FLOAT64, w))).value().item();
    }
  }

  private static double derivative(double w) {
    try (Workspace workspace = Workspace.of(1);
        Graph graph = workspace.inference()) {
      Node variable = graph.variable(Tensor.scalar(DType.FLOAT64, w));
      return graph.backward(record(graph, variable)).of(variable).item();
    }
  }

  /// ½(σ(1.5w − 0.4) − 1)².
  private static Node record(Graph graph, Node w) {
    Node z = graph.apply(new Add(), graph.apply(new Scale(1.5), w), number(graph, -0.4));
    Node error = graph.apply(new Add(), graph.apply(new Logistic(), z), number(graph, -1));
    return graph.apply(new Scale(0.5), graph.apply(new Multiply(), error, error));
  }

  private static Node number(Graph graph, double value) {
    return graph.constant(Tensor.scalar(DType.FLOAT64, value));
  }
}
