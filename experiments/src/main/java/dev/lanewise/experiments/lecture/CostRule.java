package dev.lanewise.experiments.lecture;

import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.experiments.report.CostPlot;
import dev.lanewise.experiments.report.Picture;
import dev.lanewise.experiments.run.OutputException;
import dev.lanewise.layers.Activations;
import dev.lanewise.layers.Initialisers;
import dev.lanewise.layers.Linear;
import dev.lanewise.layers.Sequential;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What the backward pass costs. A linear layer of n inputs and n outputs is one matrix product
/// forward, and two backward: the gradients by its weights and by its input. The first of L layers
/// does not need the latter, so backward costs 2 − 1/L times as much as forward, and 2 times if the
/// gradient by the data is wanted. Both grow in proportion to L, and with the square of n.
public final class CostRule implements Experiment {
  private static final int BATCH = 128;
  private static final int UNITS = 512;
  private static final int LAYERS = 4;
  private static final List<Integer> DEPTHS = List.of(1, 2, 3, 4, 6, 8);
  private static final List<Integer> WIDTHS = List.of(128, 256, 512, 1024);

  private static final long WARM_UP = 1_000_000_000;
  private static final long MEASURED = 250_000_000;
  private static final int LEAST_STEPS = 7;

  /// What a step costs, in seconds or in operations.
  ///
  /// @param forward from the data to the output
  /// @param backward from the output's gradient to those of all weights
  record Cost(double forward, double backward) {
    double ratio() {
      return backward / forward;
    }
  }

  /// Equal layers with ReLU between them.
  ///
  /// @param layers how many
  /// @param units the inputs and outputs of each
  /// @param ofData whether the gradient by the data is wanted
  record Case(int layers, int units, boolean ofData) {
    /// 2 − 1/L, or 2.
    double rule() {
      return ofData ? 2 : 2 - 1.0 / layers;
    }

    Layer model() {
      List<Layer> model = new ArrayList<>();
      for (int i = 0; i < layers; i++) {
        model.add(Linear.of(units, units, Initialisers.heNormal(0), Key.of(1).with(i)));
        model.add(Activations.relu());
      }
      model.removeLast();
      return new Sequential(model);
    }

    Node input(Graph graph) {
      Tensor x = Tensor.zeros(DType.FLOAT32, Shape.of(BATCH, units));
      for (int i = 0; i < x.size(); i++) {
        x.setFlat(i, i % 7 - 3);
      }
      return ofData ? graph.variable(x) : graph.batch(x);
    }
  }

  @Override
  public String name() {
    return "cost-rule";
  }

  @Override
  public String claim() {
    return "Backward costs 2 − 1/L times as much as forward; both ∝ layers and ∝ units².";
  }

  @Override
  public void run(PrintWriter out, Optional<Path> folder) {
    seconds(new Case(LAYERS, UNITS, true), WARM_UP);
    out.printf("  Batches of %d, float32, one thread, %d units:%n", BATCH, UNITS);
    out.printf(
        "  %6s %11s %12s  %19s  %19s%n", "layers", "forward", "backward", "÷, rule", "with dX");
    List<Cost> plain = new ArrayList<>();
    List<Cost> ofData = new ArrayList<>();
    for (int layers : DEPTHS) {
      Cost cost = seconds(new Case(layers, UNITS, false), MEASURED);
      Cost more = seconds(new Case(layers, UNITS, true), MEASURED);
      plain.add(cost);
      ofData.add(more);
      double rule = new Case(layers, UNITS, false).rule();
      out.printf(
          "  %6d %8.3f ms %9.3f ms  %6.2f of %4.2f %+3.0f %%  %6.2f of 2.00 %+3.0f %%%n",
          layers,
          1e3 * cost.forward,
          1e3 * cost.backward,
          cost.ratio(),
          rule,
          100 * (cost.ratio() / rule - 1),
          more.ratio(),
          100 * (more.ratio() / 2 - 1));
    }
    out.printf("%n  %d layers:%n  %6s %11s %12s%n", LAYERS, "units", "forward", "backward");
    List<Cost> wide = new ArrayList<>();
    for (int units : WIDTHS) {
      Cost cost = seconds(new Case(LAYERS, units, false), MEASURED);
      wide.add(cost);
      out.printf("  %6d %8.3f ms %9.3f ms%n", units, 1e3 * cost.forward, 1e3 * cost.backward);
    }
    if (folder.isEmpty()) {
      out.println("With --out DIR the plots are written there.");
      return;
    }
    double[] depths = DEPTHS.stream().mapToDouble(Integer::doubleValue).toArray();
    double[] widths = WIDTHS.stream().mapToDouble(Integer::doubleValue).toArray();
    write(out, folder.get(), CostPlot.ratios(depths, ratios(plain), ratios(ofData)));
    write(out, folder.get(), CostPlot.byLayers(depths, forward(plain), backward(plain)));
    write(out, folder.get(), CostPlot.byUnits(widths, forward(wide), backward(wide)));
  }

  /// The operations of the products in a recorded graph: two for each weight and example forward,
  /// as many for the gradient by the weights, and for that by the input where it is wanted.
  static Cost operations(Case network) {
    try (Workspace workspace = Workspace.of(1);
        Graph graph = workspace.inference()) {
      Node x = network.input(graph);
      network.model().apply(x);
      double forward = 0;
      double backward = 0;
      for (Node node : graph.nodes()) {
        if (isProduct(node)) {
          Shape weight = node.inputs().get(1).shape();
          double flop = 2.0 * BATCH * weight.dim(0) * weight.dim(1);
          boolean first = node.inputs().getFirst().equals(x);
          forward += flop;
          backward += first && !network.ofData ? flop : 2 * flop;
        }
      }
      return new Cost(forward, backward);
    }
  }

  private static boolean isProduct(Node node) {
    return node.inputs().size() == 2
        && node.inputs().stream().allMatch(input -> input.shape().rank() == 2);
  }

  /// The fastest of as many steps as there is time for: what else the machine does costs the
  /// others.
  private static Cost seconds(Case network, long time) {
    Layer model = network.model();
    Tensor gradient = Tensor.zeros(DType.FLOAT32, Shape.of(BATCH, network.units));
    for (int i = 0; i < gradient.size(); i++) {
      gradient.setFlat(i, 1);
    }
    List<Double> forward = new ArrayList<>();
    List<Double> backward = new ArrayList<>();
    try (Workspace workspace = Workspace.of(1, BATCH)) {
      long begin = System.nanoTime();
      while (forward.size() < LEAST_STEPS || System.nanoTime() - begin < time) {
        try (Graph graph = workspace.training(Key.of(1))) {
          Node output = model.apply(network.input(graph));
          long start = System.nanoTime();
          graph.forward(output);
          long middle = System.nanoTime();
          graph.backward(output, gradient);
          long end = System.nanoTime();
          forward.add(1e-9 * (middle - start));
          backward.add(1e-9 * (end - middle));
        }
      }
    }
    return new Cost(Collections.min(forward), Collections.min(backward));
  }

  private static double[] ratios(List<Cost> costs) {
    return costs.stream().mapToDouble(Cost::ratio).toArray();
  }

  private static double[] forward(List<Cost> costs) {
    return costs.stream().mapToDouble(cost -> 1e3 * cost.forward).toArray();
  }

  private static double[] backward(List<Cost> costs) {
    return costs.stream().mapToDouble(cost -> 1e3 * cost.backward).toArray();
  }

  private static void write(PrintWriter out, Path folder, Picture picture) {
    Path file = folder.resolve(picture.file());
    try {
      Files.write(file, picture.png());
    } catch (IOException e) {
      throw new OutputException(file, e);
    }
    out.println(file);
  }
}
