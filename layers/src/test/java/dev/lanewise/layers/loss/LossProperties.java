package dev.lanewise.layers.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.layers.Initialisers;
import dev.lanewise.layers.Linear;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LossProperties {
  /// What a loss is given and gives: the prediction is `X·W`, so that gradients sum over shards.
  private record Result(double loss, Tensor weightGradient) {}

  private enum Kind {
    SQUARED(new SquaredError()),
    MEAN_SQUARED(new MeanSquaredError()),
    BINARY(new BinaryCrossEntropyWithLogits()),
    LABELS(new SoftmaxCrossEntropy()),
    DISTRIBUTIONS(new SoftmaxCrossEntropy());

    private final Loss loss;

    Kind(Loss loss) {
      this.loss = loss;
    }

    Tensor target(int n, int k, Key key) {
      Tensor target = Tensor.zeros(DType.FLOAT64, this == LABELS ? Shape.of(n) : Shape.of(n, k));
      Initialisers.uniform(0, 1).fill(target, key);
      for (int i = 0; i < target.size() && this == LABELS; i++) {
        target.setFlat(i, Math.floor(target.getFlat(i) * k));
      }
      for (int i = 0; i < n && this == DISTRIBUTIONS; i++) {
        double sum = 0;
        for (int j = 0; j < k; j++) {
          sum += target.get(i, j);
        }
        for (int j = 0; j < k; j++) {
          target.set(target.get(i, j) / sum, i, j);
        }
      }
      return target;
    }
  }

  private static final int FEATURES = 5;

  private static Tensor normal(DType dtype, Key key, int... dims) {
    Tensor tensor = Tensor.zeros(dtype, Shape.of(dims));
    Initialisers.normal(0, 1).fill(tensor, key);
    return tensor;
  }

  private static Result compute(
      Kind kind, int n, int k, long seed, DType dtype, int threads, int rowsPerShard) {
    Key key = Key.of(seed);
    Parameter weight = Parameter.of(normal(dtype, key.with("w"), FEATURES, k));
    Linear model = new Linear(weight, Optional.empty());
    try (Workspace workspace = Workspace.of(threads, rowsPerShard);
        Graph graph = workspace.training(key)) {
      Node x = graph.batch(normal(dtype, key.with("x"), n, FEATURES));
      Node target = graph.batch(kind.target(n, k, key.with("t")).to(dtype));
      Node loss = kind.loss.of(model.apply(x), target);
      Tensor gradient = graph.backward(loss).of(weight).copy();
      return new Result(loss.value().item(), gradient);
    }
  }

  @Property(tries = 100, seed = "1")
  void shardsGiveTheSameLossToTheBitAndTheSameGradient(
      @ForAll Kind kind,
      @ForAll @IntRange(min = 1, max = 20) int n,
      @ForAll @IntRange(min = 1, max = 9) int k,
      @ForAll @IntRange(min = 1, max = 7) int rowsPerShard,
      @ForAll long seed) {
    Result whole = compute(kind, n, k, seed, DType.FLOAT64, 1, 1000);
    Result shards = compute(kind, n, k, seed, DType.FLOAT64, 1, rowsPerShard);
    Result threads = compute(kind, n, k, seed, DType.FLOAT64, 3, rowsPerShard);
    assertEquals(whole.loss(), shards.loss());
    assertEquals(shards.loss(), threads.loss());
    assertTrue(shards.weightGradient().sameBits(threads.weightGradient()));
    assertClose(whole.weightGradient(), shards.weightGradient(), 1e-13);
  }

  @Property(tries = 100, seed = "2")
  void float32IsFloat64WithinRounding(
      @ForAll Kind kind,
      @ForAll @IntRange(min = 1, max = 20) int n,
      @ForAll @IntRange(min = 1, max = 9) int k,
      @ForAll long seed) {
    Result single = compute(kind, n, k, seed, DType.FLOAT32, 1, 8);
    Result both = compute(kind, n, k, seed, DType.FLOAT64, 1, 8);
    // Inputs rounded to 2^-24, five features and up to 20 rows: some tens of roundings.
    assertEquals(both.loss(), single.loss(), 1e-5 * (1 + both.loss()));
    assertClose(both.weightGradient(), single.weightGradient(), 1e-5);
  }

  @Property(tries = 100, seed = "3")
  void labelsAreOneHotDistributions(
      @ForAll @IntRange(min = 1, max = 20) int n,
      @ForAll @IntRange(min = 1, max = 9) int k,
      @ForAll long seed) {
    Tensor logits = normal(DType.FLOAT64, Key.of(seed), n, k);
    Tensor labels = Kind.LABELS.target(n, k, Key.of(seed).with("t"));
    Tensor oneHot = Tensor.zeros(DType.FLOAT64, Shape.of(n, k));
    for (int i = 0; i < n; i++) {
      oneHot.set(1, i, (int) labels.getFlat(i));
    }
    try (Workspace workspace = Workspace.of(1);
        Graph graph = workspace.training(Key.of(1))) {
      Node z = graph.variable(logits);
      Node left = new SoftmaxCrossEntropy().of(z, graph.constant(labels));
      Node right = new SoftmaxCrossEntropy().of(z, graph.constant(oneHot));
      assertEquals(left.value().item(), right.value().item(), 1e-14 * (1 + left.value().item()));
      assertClose(graph.backward(left).of(z), graph.backward(right).of(z), 1e-15);
    }
  }

  @Property(tries = 100, seed = "4")
  void binaryCrossEntropyIsSoftmaxCrossEntropyOfTwoClasses(
      @ForAll @IntRange(min = 1, max = 20) int n, @ForAll long seed) {
    Tensor z = normal(DType.FLOAT64, Key.of(seed), n);
    Tensor labels = Kind.LABELS.target(n, 2, Key.of(seed).with("t"));
    Tensor logits = Tensor.zeros(DType.FLOAT64, Shape.of(n, 2));
    for (int i = 0; i < n; i++) {
      logits.set(z.getFlat(i), i, 1);
    }
    try (Workspace workspace = Workspace.of(1);
        Graph graph = workspace.inference()) {
      Node target = graph.constant(labels);
      double binary =
          new BinaryCrossEntropyWithLogits().of(graph.constant(z), target).value().item();
      double softmax = new SoftmaxCrossEntropy().of(graph.constant(logits), target).value().item();
      assertEquals(softmax, binary, 1e-14 * (1 + softmax));
    }
  }

  private static void assertClose(Tensor expected, Tensor found, double relative) {
    for (int i = 0; i < expected.size(); i++) {
      double limit = relative * (1 + Math.abs(expected.getFlat(i)));
      assertEquals(expected.getFlat(i), found.getFlat(i), limit, "element " + i);
    }
  }
}
