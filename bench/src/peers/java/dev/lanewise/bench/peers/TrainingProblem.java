package dev.lanewise.bench.peers;

import dev.lanewise.core.random.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Noise, and a network of linear layers with ReLU between them that learns it, by the mean softmax
/// cross-entropy of batches.
///
/// @param widths of the layers, from the input to the classes
/// @param weights the initial weights of each layer, `[in,out]` in rows; the biases are 0
/// @param features the examples in rows
/// @param labels their classes
/// @param batch the examples of a step
/// @param optimizer what makes the updates
/// @param rate the learning rate
/// @param threads how many compute
record TrainingProblem(
    List<Integer> widths,
    List<float[]> weights,
    float[] features,
    int[] labels,
    int batch,
    Optimizer optimizer,
    double rate,
    int threads) {

  static final double MOMENTUM = 0.9;

  /// So small that nothing is ever learnt to the end: vanishing gradients would be another
  /// benchmark.
  private static final double TIMED_RATE = 1e-6;

  private static final double VERIFIED_RATE = 1e-3;

  /// What makes updates of gradients.
  enum Optimizer {
    /// Gradient descent with momentum.
    MOMENTUM("momentum", 5),
    /// The same in Nesterov's form, the only one that DL4J has; its cost is no other.
    NESTEROV("Nesterov momentum", 5),
    /// Adam.
    ADAM("Adam", 7);

    private final String title;
    private final int passes;

    Optimizer(String title, int passes) {
      this.title = title;
      this.passes = passes;
    }

    String title() {
      return title;
    }

    /// How many numbers an update reads and writes for each parameter: its gradient, and it and its
    /// moments twice.
    int passes() {
      return passes;
    }
  }

  static TrainingProblem of(
      String net, int batch, int batches, Optimizer optimizer, double rate, int threads) {
    List<Integer> widths = Arrays.stream(net.split("-")).map(Integer::parseInt).toList();
    Key key = Key.of(1);
    List<float[]> weights = new ArrayList<>();
    for (int i = 1; i < widths.size(); i++) {
      int in = widths.get(i - 1);
      RandomGenerator random = key.with("weights").with(i).generator();
      weights.add(normal(in * widths.get(i), Math.sqrt(2.0 / in), random));
    }
    int samples = batch * batches;
    RandomGenerator random = key.with("data").generator();
    float[] features = new float[samples * widths.getFirst()];
    for (int i = 0; i < features.length; i++) {
      features[i] = random.nextFloat();
    }
    int[] labels = random.ints(samples, 0, widths.getLast()).toArray();
    return new TrainingProblem(widths, weights, features, labels, batch, optimizer, rate, threads);
  }

  /// The same with Nesterov's form of momentum in place of momentum.
  TrainingProblem inNesterovsForm() {
    return optimizer == Optimizer.MOMENTUM
        ? new TrainingProblem(
            widths, weights, features, labels, batch, Optimizer.NESTEROV, rate, threads)
        : this;
  }

  /// The problem whose steps are timed.
  static TrainingProblem timed(
      String net, int batch, int samples, Optimizer optimizer, int threads) {
    return of(net, batch, samples / batch, optimizer, TIMED_RATE, threads);
  }

  /// A problem of one batch, so that its order does not matter: a few steps must give the same
  /// losses everywhere.
  static TrainingProblem verified(String net, int batch, Optimizer optimizer, int threads) {
    return of(net, batch, 1, optimizer, VERIFIED_RATE, threads);
  }

  int samples() {
    return labels.length;
  }

  int batches() {
    return samples() / batch;
  }

  /// The examples in another order in each epoch.
  int[] order(int epoch) {
    int[] order = IntStream.range(0, samples()).toArray();
    RandomGenerator random = Key.of(1).with("order").with(epoch).generator();
    for (int last = order.length - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int kept = order[last];
      order[last] = order[other];
      order[other] = kept;
    }
    return order;
  }

  int layers() {
    return weights.size();
  }

  /// How many numbers are learnt.
  long parameters() {
    long count = 0;
    for (int i = 1; i < widths.size(); i++) {
      count += (widths.get(i - 1) + 1L) * widths.get(i);
    }
    return count;
  }

  /// The operations of an epoch forward, and backward without the gradient by the data: three
  /// products for each layer, two for the first, with two operations per weight.
  double flop() {
    long weights = 0;
    for (int i = 1; i < widths.size(); i++) {
      weights += (long) widths.get(i - 1) * widths.get(i);
    }
    return (double) samples() * (6 * weights - 2L * widths.get(0) * widths.get(1));
  }

  /// The bytes that the optimizer reads and writes in an epoch.
  double bytes() {
    return (double) batches() * Float.BYTES * optimizer.passes() * parameters();
  }

  String net() {
    return widths.stream().map(Object::toString).collect(Collectors.joining("-"));
  }

  private static float[] normal(int size, double deviation, RandomGenerator random) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }
}
