package dev.lanewise.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.op.Add;
import dev.lanewise.core.op.AddRowVector;
import dev.lanewise.core.op.Logistic;
import dev.lanewise.core.op.MatMul;
import dev.lanewise.core.op.Multiply;
import dev.lanewise.core.op.Relu;
import dev.lanewise.core.op.Scale;
import dev.lanewise.core.op.Softplus;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/// Random graphs have the same bits fused and unfused: values and gradients, also between.
class FusionProperties {
  private static final int[] WIDTHS = {1, 3, 17, 130};

  @Property(tries = 500, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void fusedIsUnfused(
      @ForAll @LongRange(max = Integer.MAX_VALUE) long seed,
      @ForAll boolean four,
      @ForAll @IntRange(min = 1, max = 40) int rowsPerShard) {
    Sketch sketch = Sketch.draw(new Random(seed));
    try (Workspace fused = Workspace.of(four ? 4 : 1, rowsPerShard);
        Workspace plain = Workspace.unfused(1, rowsPerShard)) {
      for (int round = 0; round < 4; round++) {
        Random random = new Random(seed + round);
        sketch.newNumbers(random);
        Run expected = sketch.run(plain, random, true);
        Run found = sketch.run(fused, random, round >= 2);
        expected.requireEqual(found, "round " + round + " of " + sketch);
      }
    }
  }

  /// A batch of one shard, large enough for its fused products to be cut into many pieces, with B
  /// packed first: the random graphs above are too small for that.
  @Example
  void fusedProductsThatThreadsShareAreUnfused() {
    for (DType dtype : DType.values()) {
      for (boolean training : new boolean[] {false, true}) {
        Sketch sketch = Sketch.layers(dtype, 200, 130, training);
        try (Workspace fused = Workspace.of(4, 200);
            Workspace plain = Workspace.unfused(1, 200)) {
          for (int round = 0; round < 2; round++) {
            sketch.newNumbers(new Random(round));
            Run expected = sketch.run(plain, new Random(round), true);
            Run found = sketch.run(fused, new Random(round), round == 1);
            expected.requireEqual(found, "round " + round + " of " + dtype + ", " + training);
          }
        }
      }
    }
  }

  /// What to do with which earlier nodes.
  private record Step(int what, int first, int second, int parameter) {}

  /// What a graph computed. There are several gradients by a node, or none; those by nodes between
  /// need not be here.
  private record Run(List<Tensor> values, List<List<Boolean>> has, List<List<Tensor>> gradients) {
    static Run of(int nodes) {
      Run run = new Run(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (int i = 0; i < nodes; i++) {
        run.has.add(new ArrayList<>());
        run.gradients.add(new ArrayList<>());
      }
      return run;
    }

    void requireEqual(Run other, String what) {
      for (int i = 0; i < values.size(); i++) {
        String where = "node " + i + ", " + what;
        assertTrue(values.get(i).sameBits(other.values.get(i)), () -> "the value of " + where);
        assertEquals(has.get(i), other.has.get(i), () -> "which gradients there are by " + where);
        for (int j = 0; j < other.gradients.get(i).size(); j++) {
          assertTrue(
              gradients.get(i).get(j).sameBits(other.gradients.get(i).get(j)),
              () -> "the gradient by " + where);
        }
      }
    }
  }

  /// A graph of matrices of one shape.
  private record Sketch(
      int rows,
      DType dtype,
      boolean batch,
      boolean training,
      boolean inParts,
      Tensor x,
      Tensor mixer,
      List<Parameter> weights,
      List<Parameter> biases,
      List<Step> steps) {
    static Sketch draw(Random random) {
      int rows = 1 + random.nextInt(50);
      int width = WIDTHS[random.nextInt(WIDTHS.length)];
      DType dtype = random.nextBoolean() ? DType.FLOAT32 : DType.FLOAT64;
      List<Parameter> weights = new ArrayList<>();
      List<Parameter> biases = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        weights.add(parameter(dtype, Shape.of(width, width), random));
        biases.add(parameter(dtype, Shape.of(width), random));
      }
      List<Step> steps = new ArrayList<>();
      int count = 2 + random.nextInt(11);
      for (int i = 0; i < count; i++) {
        int first = random.nextInt(6) > 0 ? i : random.nextInt(i + 1);
        int what = i > 0 && random.nextInt(3) > 0 ? next(steps.getLast().what) : random.nextInt(11);
        steps.add(new Step(what, first, random.nextInt(i + 1), random.nextInt(3)));
      }
      return new Sketch(
          rows,
          dtype,
          random.nextInt(4) > 0,
          random.nextInt(4) > 0,
          random.nextInt(4) == 0,
          Tensor.zeros(dtype, Shape.of(rows, width)),
          Tensor.zeros(dtype, Shape.of(rows, rows)),
          weights,
          biases,
          steps);
    }

    /// Three layers, with relu, tanh and the logistic function.
    static Sketch layers(DType dtype, int rows, int width, boolean training) {
      List<Parameter> weights = new ArrayList<>();
      List<Parameter> biases = new ArrayList<>();
      List<Step> steps = new ArrayList<>();
      for (int layer = 0; layer < 3; layer++) {
        weights.add(Parameter.of(Tensor.zeros(dtype, Shape.of(width, width))));
        biases.add(Parameter.of(Tensor.zeros(dtype, Shape.of(width))));
        for (int what : new int[] {0, 3, 5 + layer}) {
          steps.add(new Step(what, steps.size(), 0, layer));
        }
      }
      return new Sketch(
          rows,
          dtype,
          true,
          training,
          false,
          Tensor.zeros(dtype, Shape.of(rows, width)),
          Tensor.zeros(dtype, Shape.of(rows, rows)),
          weights,
          biases,
          steps);
    }

    /// A product is followed by a row, that by an activation, and that by a product, as a rule.
    private static int next(int what) {
      return what < 3 ? 3 : what < 5 ? 5 : what < 8 ? 0 : 2;
    }

    private static Parameter parameter(DType dtype, Shape shape, Random random) {
      Tensor value = Tensor.zeros(dtype, shape);
      return random.nextInt(4) > 0 ? Parameter.of(value) : Parameter.frozen(value);
    }

    void newNumbers(Random random) {
      fill(x, random);
      fill(mixer, random);
      weights.forEach(each -> fill(each.value(), random));
      biases.forEach(each -> fill(each.value(), random));
    }

    private static void fill(Tensor tensor, Random random) {
      double scale = 2 / Math.sqrt(tensor.shape().dim(0));
      for (int i = 0; i < tensor.size(); i++) {
        tensor.setFlat(i, scale * random.nextGaussian());
      }
    }

    /// Computes the graph, and asks for gradients by nodes between only if told.
    Run run(Workspace workspace, Random random, boolean between) {
      try (Graph graph = training ? workspace.training(Key.of(1)) : workspace.inference()) {
        List<Node> chain = new ArrayList<>();
        chain.add(batch ? graph.batch(x) : graph.variable(x));
        for (Step step : steps) {
          chain.add(record(graph, step, chain));
          if (inParts && random.nextInt(4) == 0) {
            chain.get(random.nextInt(chain.size())).value();
          }
        }
        List<Node> nodes = graph.nodes();
        Run run = Run.of(nodes.size());
        Node root = chain.getLast();
        if (random.nextBoolean()) {
          root.value();
        } else {
          nodes.get(random.nextInt(nodes.size())).value();
        }
        Tensor upstream = Tensor.zeros(dtype, root.shape());
        fill(upstream, new Random(5));
        for (Node from : List.of(root, root, chain.get(chain.size() / 2))) {
          if (from.wantsGradient()) {
            Gradients found = graph.backward(from, upstream);
            for (Node node : nodes) {
              run.has.get(node.index()).add(found.has(node));
              if (found.has(node) && (between || node.isLeaf())) {
                run.gradients.get(node.index()).add(found.of(node).copy());
              }
            }
          }
        }
        nodes.forEach(node -> run.values.add(node.value().copy()));
        return run;
      }
    }

    private Node record(Graph graph, Step step, List<Node> chain) {
      Node first = chain.get(step.first);
      Node second = chain.get(step.second);
      Node weight = graph.parameter(weights.get(step.parameter));
      return switch (step.what) {
        case 0, 1, 2 -> graph.apply(new MatMul(), first, weight);
        case 3, 4 ->
            graph.apply(new AddRowVector(), first, graph.parameter(biases.get(step.parameter)));
        case 5 -> graph.apply(new Relu(), first);
        case 6 -> graph.apply(new Tanh(), first);
        case 7 -> graph.apply(new Logistic(), first);
        case 8 -> graph.apply(step.parameter == 0 ? new Softplus() : new Scale(2), first);
        case 9 ->
            step.parameter == 0
                ? graph.apply(new MatMul(), graph.constant(mixer), first)
                : graph.apply(new Add(), first, second);
        default -> graph.apply(new Multiply(), first, second);
      };
    }
  }
}
