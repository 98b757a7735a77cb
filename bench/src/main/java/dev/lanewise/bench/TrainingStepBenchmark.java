package dev.lanewise.bench;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Provenance;
import dev.lanewise.data.TensorDataset;
import dev.lanewise.layers.Activations;
import dev.lanewise.layers.Initialisers;
import dev.lanewise.layers.Linear;
import dev.lanewise.layers.Sequential;
import dev.lanewise.layers.loss.SoftmaxCrossEntropy;
import dev.lanewise.optim.Trainer;
import dev.lanewise.optim.TrainingResult;
import dev.lanewise.optim.optimizer.Adam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Training steps as a user gets them, by a [Trainer] with Adam: an epoch of batches of 128 in
/// memory. The score counts samples.
@State(Scope.Thread)
@Fork(5)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TrainingStepBenchmark {
  private static final int SAMPLES = 8192;
  private static final int BATCH = 128;

  /// So small that the loss falls, but that nothing is ever learnt to the end: vanishing gradients
  /// would be another benchmark.
  private static final double RATE = 1e-6;

  /// The element type.
  @Param("FLOAT32")
  public DType dtype;

  /// The widths of the layers, from the input to the classes.
  @Param({"784-128-10", "784-512-256-10"})
  public String net;

  /// How many threads share each batch.
  @Param({"1", "4"})
  public int threads;

  private Trainer trainer;
  private Dataset dataset;
  private long flop;
  private final List<Double> losses = new ArrayList<>();

  /// Makes a network, and noise to train it on.
  @Setup
  public void prepare(StepGarbage garbage) {
    int[] widths = Arrays.stream(net.split("-")).mapToInt(Integer::parseInt).toArray();
    Key key = Key.of(1);
    Layer model = Parameters.convert(network(widths, key.with("model")), dtype);
    trainer =
        Trainer.of(model, new SoftmaxCrossEntropy(), Adam.of(RATE))
            .batchSize(BATCH)
            .epochs(1)
            .threads(threads)
            .observer(garbage);
    dataset = noise(widths[0], widths[widths.length - 1], key.with("data").generator());
    flop = SAMPLES * flopPerSample(widths);
  }

  /// One epoch.
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public TrainingResult samples(Work work, Peak peak) {
    TrainingResult result = trainer.fit(dataset);
    losses.add(result.history().getFirst().trainingLoss());
    work.flop += flop;
    return result;
  }

  /// Asserts that training trained.
  @TearDown
  public void verify() {
    if (losses.size() > 1 && !(losses.getLast() < losses.getFirst())) {
      throw new AssertionError(
          "%s: the loss went from %s to %s".formatted(net, losses.getFirst(), losses.getLast()));
    }
  }

  /// Forward, and backward without the gradient by the data: three products for each layer, two for
  /// the first, with two operations per weight.
  static long flopPerSample(int[] widths) {
    long weights = 0;
    for (int i = 1; i < widths.length; i++) {
      weights += (long) widths[i - 1] * widths[i];
    }
    return 6 * weights - 2L * widths[0] * widths[1];
  }

  private static Layer network(int[] widths, Key key) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 1; i < widths.length; i++) {
      layers.add(Linear.of(widths[i - 1], widths[i], Initialisers.heNormal(0), key.with(i)));
      layers.add(Activations.relu());
    }
    layers.removeLast();
    return new Sequential(layers);
  }

  private static Dataset noise(int features, int classes, RandomGenerator random) {
    Shape shape = Shape.of(SAMPLES, features);
    double[] values = random.doubles(shape.size()).toArray();
    double[] labels = random.ints(SAMPLES, 0, classes).asDoubleStream().toArray();
    return TensorDataset.classification(
        Tensor.of(DType.FLOAT32, shape, values),
        Tensor.of(DType.FLOAT32, Shape.of(SAMPLES), labels),
        IntStream.range(0, classes).mapToObj(Integer::toString).toList(),
        Provenance.of("noise"));
  }
}
