package dev.lanewise.experiments.lecture;

import dev.lanewise.core.graph.Gradients;
import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.op.Add;
import dev.lanewise.core.op.AddRowVector;
import dev.lanewise.core.op.Logistic;
import dev.lanewise.core.op.MatMul;
import dev.lanewise.core.op.Multiply;
import dev.lanewise.core.op.Scale;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Tensor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Backpropagation by hand, next to the graph's: the univariate logistic least-squares model, with
/// and without L2, and the two-layer network with squared error. The derivations are those of
/// R. Grosse's lecture notes *Backpropagation* (CSC321 and CSC421, University of Toronto), where
/// `v̄` is written for ∂L/∂v.
public final class BackpropByHand implements Experiment {
  /// A derivative, derived twice.
  ///
  /// @param name what is differentiated by what
  /// @param byHand from the formulas in this file
  /// @param byGraph from the graph
  record Row(String name, double byHand, double byGraph) {}

  @Override
  public String name() {
    return "backprop-by-hand";
  }

  @Override
  public String claim() {
    return "The graph computes every intermediate derivative that one derives by hand.";
  }

  @Override
  public void run(PrintWriter out, Optional<Path> folder) {
    out.println("Logistic least squares: z = wx + b, y = σ(z), L = ½(y − t)², w = 0.7, b = −0.4,");
    out.println("x = 1.5, t = 1.");
    print(out, logisticLeastSquares(0.7, -0.4, 1.5, 1, 0));
    out.println("The same with L2: R = ½w², E = L + λR, λ = 0.1.");
    print(out, logisticLeastSquares(0.7, -0.4, 1.5, 1, 0.1));
    out.println(
        "Two layers: z = xU + a, h = σ(z), y = hV + c, L = ½Σ(y − t)², with 2, 3, 2 units.");
    print(out, twoLayers());
  }

  private static void print(PrintWriter out, List<Row> rows) {
    out.printf("  %-8s %22s %22s%n", "", "by hand", "by the graph");
    rows.forEach(r -> out.printf("  %-8s % 22.17f % 22.17f%n", r.name, r.byHand, r.byGraph));
    out.println();
  }

  /// z = wx + b, y = σ(z), L = ½(y − t)², R = ½w², E = L + λR.
  static List<Row> logisticLeastSquares(double w, double b, double x, double t, double lambda) {
    double y = 1 / (1 + Math.exp(-(w * x + b)));
    double barE = 1;
    double barR = barE * lambda;
    double barL = barE;
    double barY = barL * (y - t);
    double barZ = barY * y * (1 - y);
    double barW = barZ * x + barR * w;
    double barB = barZ;

    try (Workspace workspace = Workspace.of(1);
        Graph g = workspace.inference()) {
      Node nodeW = g.variable(number(w));
      Node nodeB = g.variable(number(b));
      Node nodeZ = g.apply(new Add(), g.apply(new Multiply(), nodeW, g.constant(number(x))), nodeB);
      Node nodeY = g.apply(new Logistic(), nodeZ);
      Node error = g.apply(new Add(), nodeY, g.constant(number(-t)));
      Node nodeL = g.apply(new Scale(0.5), g.apply(new Multiply(), error, error));
      Node nodeR = g.apply(new Scale(0.5), g.apply(new Multiply(), nodeW, nodeW));
      Node nodeE = g.apply(new Add(), nodeL, g.apply(new Scale(lambda), nodeR));
      Gradients bar = g.backward(nodeE);
      return List.of(
          new Row("∂E/∂L", barL, bar.of(nodeL).item()),
          new Row("∂E/∂R", barR, bar.of(nodeR).item()),
          new Row("∂E/∂y", barY, bar.of(nodeY).item()),
          new Row("∂E/∂z", barZ, bar.of(nodeZ).item()),
          new Row("∂E/∂w", barW, bar.of(nodeW).item()),
          new Row("∂E/∂b", barB, bar.of(nodeB).item()));
    }
  }

  /// z = xU + a, h = σ(z), y = hV + c, L = ½Σ(y − t)².
  static List<Row> twoLayers() {
    double[] x = {0.5, -1};
    double[][] u = {{0.1, -0.4, 0.7}, {0.3, 0.2, -0.5}};
    double[] a = {0.05, -0.1, 0.2};
    double[][] v = {{0.6, -0.3}, {-0.8, 0.4}, {0.2, 0.9}};
    double[] c = {-0.2, 0.1};
    double[] t = {1, 0};

    double[] h = new double[3];
    double[] barY = new double[2];
    double[] barH = new double[3];
    double[] barZ = new double[3];
    for (int i = 0; i < 3; i++) {
      h[i] = 1 / (1 + Math.exp(-(x[0] * u[0][i] + x[1] * u[1][i] + a[i])));
    }
    for (int k = 0; k < 2; k++) {
      barY[k] = h[0] * v[0][k] + h[1] * v[1][k] + h[2] * v[2][k] + c[k] - t[k];
    }
    for (int i = 0; i < 3; i++) {
      barH[i] = barY[0] * v[i][0] + barY[1] * v[i][1];
      barZ[i] = barH[i] * h[i] * (1 - h[i]);
    }

    try (Workspace workspace = Workspace.of(1);
        Graph g = workspace.inference()) {
      Node nodeU = g.variable(DoubleTensor.matrix(u));
      Node nodeA = g.variable(DoubleTensor.vector(a));
      Node nodeV = g.variable(DoubleTensor.matrix(v));
      Node nodeC = g.variable(DoubleTensor.vector(c));
      Node nodeX = g.constant(DoubleTensor.matrix(x));
      Node nodeZ = g.apply(new AddRowVector(), g.apply(new MatMul(), nodeX, nodeU), nodeA);
      Node nodeH = g.apply(new Logistic(), nodeZ);
      Node nodeY = g.apply(new AddRowVector(), g.apply(new MatMul(), nodeH, nodeV), nodeC);
      Node minusT = g.constant(DoubleTensor.matrix(new double[] {-t[0], -t[1]}));
      Node error = g.apply(new Add(), nodeY, minusT);
      Node loss =
          g.apply(new Scale(0.5), g.apply(Sum.plain(), g.apply(new Multiply(), error, error)));
      Gradients bar = g.backward(loss);

      List<Row> rows = new ArrayList<>();
      for (int k = 0; k < 2; k++) {
        rows.add(new Row("∂L/∂y" + k, barY[k], bar.of(nodeY).get(0, k)));
        rows.add(new Row("∂L/∂c" + k, barY[k], bar.of(nodeC).get(k)));
      }
      for (int i = 0; i < 3; i++) {
        rows.add(new Row("∂L/∂h" + i, barH[i], bar.of(nodeH).get(0, i)));
        rows.add(new Row("∂L/∂z" + i, barZ[i], bar.of(nodeZ).get(0, i)));
        rows.add(new Row("∂L/∂a" + i, barZ[i], bar.of(nodeA).get(i)));
        for (int k = 0; k < 2; k++) {
          rows.add(new Row("∂L/∂V" + i + k, h[i] * barY[k], bar.of(nodeV).get(i, k)));
          rows.add(new Row("∂L/∂U" + k + i, x[k] * barZ[i], bar.of(nodeU).get(k, i)));
        }
      }
      return rows;
    }
  }

  private static Tensor number(double value) {
    return Tensor.scalar(DType.FLOAT64, value);
  }
}
