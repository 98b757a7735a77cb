package dev.lanewise.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.op.Add;
import dev.lanewise.core.op.AddRowVector;
import dev.lanewise.core.op.MatMul;
import dev.lanewise.core.op.Multiply;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The promise "the same bits on any number of threads", and what it rests on.
class ShardingTest {
  private static final int ROWS = 77;

  /// A net with everything that makes sharding hard: a tied weight, a parameter that is used before
  /// the batch, among its rows, and after it, and fan-out over the rows.
  private record Model(Parameter w, Parameter b) {
    static Model random(DType dtype) {
      RandomGenerator draws = Key.of(7).generator();
      return new Model(
          Parameter.of(normal(dtype, draws, 5, 5)), Parameter.of(normal(dtype, draws, 5)));
    }

    Node loss(Node x) {
      Graph graph = x.graph();
      Node weight = graph.parameter(w);
      Node squared = graph.apply(new Multiply(), weight, weight);
      Node hidden =
          graph.apply(
              new Tanh(),
              graph.apply(
                  new AddRowVector(), graph.apply(new MatMul(), x, weight), graph.parameter(b)));
      Node out = graph.apply(new Add(), graph.apply(new MatMul(), hidden, squared), hidden);
      Node mean = graph.apply(new Sum(x.shape().rows()), graph.apply(new Multiply(), out, out));
      return graph.apply(new Add(), mean, graph.apply(Sum.plain(), squared));
    }
  }

  private static Tensor normal(DType dtype, RandomGenerator draws, int... dims) {
    Tensor tensor = Tensor.zeros(dtype, Shape.of(dims));
    for (int i = 0; i < tensor.size(); i++) {
      tensor.setFlat(i, draws.nextGaussian());
    }
    return tensor;
  }

  private static List<Tensor> lossAndGradients(DType dtype, int threads, int rowsPerShard) {
    Model model = Model.random(dtype);
    Tensor x = normal(dtype, Key.of(8).generator(), ROWS, 5);
    List<Tensor> results = new ArrayList<>();
    try (Workspace workspace = Workspace.of(threads, rowsPerShard)) {
      for (int step = 0; step < 3; step++) { // the second step reuses the first one's memory
        try (Graph graph = workspace.training(Key.of(step))) {
          Node loss = model.loss(graph.batch(x));
          Gradients gradients = graph.backward(loss);
          results.add(loss.value().copy());
          results.add(gradients.of(model.w).copy());
          results.add(gradients.of(model.b).copy());
        }
      }
    }
    return results;
  }

  @ParameterizedTest
  @CsvSource({"2,8", "3,8", "4,8", "7,8", "4,32", "4,1", "2,76", "2,77", "2,1000"})
  void bitsDoNotDependOnTheNumberOfThreads(int threads, int rowsPerShard) {
    for (DType dtype : DType.values()) {
      List<Tensor> one = lossAndGradients(dtype, 1, rowsPerShard);
      List<Tensor> many = lossAndGradients(dtype, threads, rowsPerShard);
      for (int i = 0; i < one.size(); i++) {
        assertTrue(one.get(i).sameBits(many.get(i)), dtype + ", result " + i);
        assertTrue(one.get(i).sameBits(one.get(i % 3)), "a later step gave other bits");
      }
    }
  }

  /// A product as a call sees it: whether there are workers to share it.
  private record Watched(List<Boolean> calls) implements Op<@Nullable Void> {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return new MatMul().outputShape(inputs);
    }

    @Override
    public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
      synchronized (calls) {
        calls.add(pass.workers() != null);
      }
      return new MatMul().forward(inputs, output, pass);
    }

    @Override
    public void backward(
        @Nullable Void saved,
        List<Tensor> inputs,
        Tensor output,
        Tensor outputGradient,
        GradientSink sink,
        Pass pass) {
      synchronized (calls) {
        calls.add(pass.workers() != null);
      }
      new MatMul().backward(saved, inputs, output, outputGradient, sink, pass);
    }

    @Override
    public boolean rowwise(int input) {
      return input == 0;
    }
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32,2", "FLOAT32,4", "FLOAT64,3"})
  void aLargeProductThatNoShardComputesIsSharedWithTheSameBits(DType dtype, int threads) {
    int width = 130; // 2,197,000 multiplications
    List<Tensor> results = new ArrayList<>();
    for (int count : new int[] {1, threads}) {
      RandomGenerator draws = Key.of(9).generator();
      Parameter weight = Parameter.of(normal(dtype, draws, width, width));
      Watched product = new Watched(new ArrayList<>());
      try (Workspace workspace = Workspace.of(count, 10);
          Graph graph = workspace.training(Key.of(0))) {
        Node w = graph.parameter(weight);
        Node square = graph.apply(product, w, w);
        Node loss = graph.apply(Sum.plain(), graph.apply(new Tanh(), square));
        results.add(graph.backward(loss).of(weight).copy());
        results.add(square.value().copy());
        assertEquals(List.of(true, true), product.calls());
      }
    }
    assertTrue(results.get(0).sameBits(results.get(2)));
    assertTrue(results.get(1).sameBits(results.get(3)));
  }

  @Test
  void aShardHasOneThreadAndABatchOfOneShardHasAll() {
    for (int rowsPerShard : new int[] {ROWS, ROWS - 1}) {
      RandomGenerator draws = Key.of(9).generator();
      Parameter weight = Parameter.of(normal(DType.FLOAT32, draws, 5, 5));
      Watched product = new Watched(new ArrayList<>());
      try (Workspace workspace = Workspace.of(2, rowsPerShard);
          Graph graph = workspace.training(Key.of(0))) {
        Node x = graph.batch(normal(DType.FLOAT32, draws, ROWS, 5));
        graph.backward(graph.apply(Sum.plain(), graph.apply(product, x, graph.parameter(weight))));
      }
      boolean all = rowsPerShard == ROWS;
      assertEquals(Collections.nCopies(all ? 2 : 4, all), product.calls());
    }
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32,2", "FLOAT32,4", "FLOAT64,3"})
  void theWeightsOfAWideLayerAreCutIntoPiecesWithTheSameBits(DType dtype, int threads) {
    int width = 150; // 22,500 weights, so that there are several pieces
    List<Tensor> gradients = new ArrayList<>();
    for (int count : new int[] {1, threads}) {
      RandomGenerator draws = Key.of(9).generator();
      Parameter weight = Parameter.of(normal(dtype, draws, width, width));
      Tensor x = normal(dtype, draws, ROWS, width);
      try (Workspace workspace = Workspace.of(count, 10);
          Graph graph = workspace.training(Key.of(0))) {
        Node w = graph.parameter(weight);
        Node once = graph.apply(new MatMul(), graph.batch(x), w);
        Node twice = graph.apply(new MatMul(), once, w); // its sum is added to the other's
        Node loss = graph.apply(Sum.plain(), graph.apply(new Tanh(), twice));
        gradients.add(graph.backward(loss).of(weight).copy());
      }
    }
    assertTrue(gradients.get(0).sameBits(gradients.get(1)));
  }

  /// Each way of a row through a product is the same whatever the shard, and a weight's gradient is
  /// one sum over the batch.
  @ParameterizedTest
  @EnumSource(DType.class)
  void productsOfShardsWithPackedWeightsHaveTheBitsOfTheWholeBatch(DType dtype) {
    int rows = 270; // with a width of 300, enough to be packed for the shards
    int width = 300;
    List<List<Tensor>> results = new ArrayList<>();
    for (int rowsPerShard : new int[] {rows, 100}) {
      RandomGenerator draws = Key.of(10).generator();
      Parameter weight = Parameter.of(normal(dtype, draws, width, width));
      Tensor x = normal(dtype, draws, rows, width);
      try (Workspace workspace = Workspace.of(2, rowsPerShard);
          Graph graph = workspace.training(Key.of(0))) {
        Node w = graph.parameter(weight);
        Node once = graph.apply(new MatMul(), graph.batch(x), w);
        Node twice = graph.apply(new MatMul(), once, w);
        Gradients gradients = graph.backward(graph.apply(Sum.plain(), twice));
        results.add(
            List.of(twice.value().copy(), gradients.of(once).copy(), gradients.of(weight).copy()));
      }
    }
    for (int i = 0; i < results.get(0).size(); i++) {
      assertTrue(results.get(0).get(i).sameBits(results.get(1).get(i)), "result " + i);
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void shardsAgreeWithTheWholeBatch(DType dtype) {
    List<Tensor> whole = lossAndGradients(dtype, 1, ROWS);
    List<Tensor> sharded = lossAndGradients(dtype, 2, 10);
    double tolerance = dtype == DType.FLOAT32 ? 1e-5 : 1e-14;
    for (int i = 0; i < whole.size(); i++) {
      for (int j = 0; j < whole.get(i).size(); j++) {
        double expected = whole.get(i).getFlat(j);
        assertEquals(
            expected, sharded.get(i).getFlat(j), tolerance * Math.max(1, Math.abs(expected)));
      }
    }
  }

  /// `Y = X·(u + v)` by columns, with u's gradient summed over the batch and v's shard by shard.
  private record ScaleByTwo() implements Op<@Nullable Void> {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inputs.get(0);
    }

    @Override
    public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
      Tensor x = inputs.get(0);
      for (int i = 0; i < x.size(); i++) {
        int column = i % x.shape().dim(1);
        double factor = inputs.get(1).getFlat(column) + inputs.get(2).getFlat(column);
        output.setFlat(i, x.getFlat(i) * factor);
      }
      return null;
    }

    @Override
    public void backward(
        @Nullable Void saved,
        List<Tensor> inputs,
        Tensor output,
        Tensor outputGradient,
        GradientSink sink,
        Pass pass) {
      for (int input = 1; input < 3; input++) {
        if (sink.needs(input)) {
          add(inputs.get(0), outputGradient, sink.beta(input), sink.buffer(input));
        }
      }
    }

    @Override
    public boolean rowwise(int input) {
      return input == 0;
    }

    @Override
    public boolean summedOverBatch(int input) {
      return input == 1;
    }

    @Override
    public void sumOverBatch(
        int input,
        int from,
        int to,
        List<Tensor> inputs,
        Tensor outputGradient,
        double beta,
        Tensor rows,
        Pass pass) {
      add(inputs.get(0), outputGradient, beta, rows);
    }

    private static void add(Tensor x, Tensor dy, double beta, Tensor sums) {
      for (int j = 0; j < sums.size(); j++) {
        double sum = beta == 0 ? 0 : sums.getFlat(j);
        for (int i = j; i < x.size(); i += sums.size()) {
          sum += x.getFlat(i) * dy.getFlat(i);
        }
        sums.setFlat(j, sum);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void aParameterTwiceInAnOpHasTheSameGradientInEveryStep(DType dtype) {
    Parameter p = Parameter.of(DoubleTensor.vector(1, 2).to(dtype));
    Tensor x = DoubleTensor.matrix(new double[][] {{1, 2}, {3, 4}, {5, 6}}).to(dtype);
    try (Workspace workspace = Workspace.of(1, 2)) {
      for (int step = 0; step < 3; step++) {
        try (Graph graph = workspace.training(Key.of(1))) {
          Node node = graph.parameter(p);
          Node y = graph.apply(new ScaleByTwo(), graph.batch(x), node, node);
          Tensor gradient = graph.backward(graph.apply(Sum.plain(), y)).of(p);
          assertEquals(18, gradient.getFlat(0), "step " + step);
          assertEquals(24, gradient.getFlat(1), "step " + step);
        }
      }
    }
  }
}
