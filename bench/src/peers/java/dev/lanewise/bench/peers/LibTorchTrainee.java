package dev.lanewise.bench.peers;

import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.from_blob;
import static org.bytedeco.pytorch.global.torch.relu;
import static org.bytedeco.pytorch.global.torch.set_num_threads;

import dev.lanewise.bench.peers.TrainingProblem.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// PyTorch's C++ modules and optimizers by JavaCPP. The rows of a batch are selected from the
/// examples in random order.
final class LibTorchTrainee implements Trainee {
  private final TrainingProblem problem;
  private final List<LinearImpl> layers = new ArrayList<>();
  private final org.bytedeco.pytorch.Optimizer optimizer;
  private final FloatPointer features;
  private final LongPointer labels;
  private final Tensor x;
  private final Tensor t;

  LibTorchTrainee(TrainingProblem problem) {
    set_num_threads(problem.threads());
    this.problem = problem;
    TensorVector parameters = new TensorVector();
    for (int i = 0; i < problem.layers(); i++) {
      int in = problem.widths().get(i);
      int out = problem.widths().get(i + 1);
      LinearImpl layer = new LinearImpl(in, out);
      FloatPointer initial = new FloatPointer(problem.weights().get(i));
      long[] shape = {in, out};
      Tensor weight = from_blob(initial, shape, new TensorOptions(ScalarType.Float));
      layer.weight().set_data(weight.t().contiguous());
      layer.bias().set_data(layer.bias().detach().clone().zero_());
      layers.add(layer);
      parameters.push_back(layer.weight());
      parameters.push_back(layer.bias());
    }
    this.optimizer = optimizer(problem, parameters);
    this.features = new FloatPointer(problem.features());
    this.labels = new LongPointer(Arrays.stream(problem.labels()).asLongStream().toArray());
    long[] shape = {problem.samples(), problem.widths().getFirst()};
    this.x = from_blob(features, shape, new TensorOptions(ScalarType.Float));
    this.t = from_blob(labels, new long[] {problem.samples()}, new TensorOptions(ScalarType.Long));
  }

  private static org.bytedeco.pytorch.Optimizer optimizer(
      TrainingProblem problem, TensorVector parameters) {
    if (problem.optimizer() == Optimizer.ADAM) {
      return new Adam(parameters, new AdamOptions(problem.rate()));
    }
    SGDOptions options = new SGDOptions(problem.rate());
    options.momentum().put(TrainingProblem.MOMENTUM);
    return new SGD(parameters, options);
  }

  @Override
  public double[] train(int epochs) {
    double[] losses = new double[epochs];
    for (int epoch = 0; epoch < epochs; epoch++) {
      long[] order = Arrays.stream(problem.order(epoch)).asLongStream().toArray();
      for (int i = 0; i < problem.batches(); i++) {
        boolean last = i == problem.batches() - 1;
        int first = i * problem.batch();
        double loss = step(Arrays.copyOfRange(order, first, first + problem.batch()), last);
        if (last) {
          losses[epoch] = loss;
        }
      }
    }
    return losses;
  }

  private double step(long[] chosen, boolean read) {
    try (PointerScope _ = new PointerScope()) {
      Tensor rows =
          from_blob(
              new LongPointer(chosen),
              new long[] {chosen.length},
              new TensorOptions(ScalarType.Long));
      Tensor h = x.index_select(0, rows);
      for (int i = 0; i < layers.size(); i++) {
        h = layers.get(i).forward(h);
        if (i < layers.size() - 1) {
          h = relu(h);
        }
      }
      Tensor loss = cross_entropy_loss(h, t.index_select(0, rows));
      optimizer.zero_grad();
      loss.backward();
      optimizer.step();
      return read ? loss.item_float() : Double.NaN;
    }
  }

  @Override
  public void close() {
    optimizer.close();
    layers.forEach(LinearImpl::close);
    x.close();
    t.close();
    features.close();
    labels.close();
  }
}
