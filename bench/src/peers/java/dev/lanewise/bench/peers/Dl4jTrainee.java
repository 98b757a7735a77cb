package dev.lanewise.bench.peers;

import dev.lanewise.bench.peers.TrainingProblem.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/// Deeplearning4j's network of layers. The batches lie ready off the heap, with their classes as
/// rows of zeros and a one, so nothing is shuffled or copied.
final class Dl4jTrainee implements Trainee {
  private final MultiLayerNetwork network;
  private final List<INDArray> features = new ArrayList<>();
  private final List<INDArray> classes = new ArrayList<>();

  Dl4jTrainee(TrainingProblem problem) {
    Nd4j.getMemoryManager().togglePeriodicGc(false); // it would collect our garbage too
    this.network = network(problem);
    int inputs = problem.widths().getFirst();
    int outputs = problem.widths().getLast();
    for (int i = 0; i < problem.batches(); i++) {
      int first = i * problem.batch();
      int end = first + problem.batch();
      features.add(
          Nd4j.create(
              Arrays.copyOfRange(problem.features(), first * inputs, end * inputs),
              new long[] {problem.batch(), inputs},
              'c'));
      float[] ones = new float[problem.batch() * outputs];
      for (int row = 0; row < problem.batch(); row++) {
        ones[row * outputs + problem.labels()[first + row]] = 1;
      }
      classes.add(Nd4j.create(ones, new long[] {problem.batch(), outputs}, 'c'));
    }
  }

  private static MultiLayerNetwork network(TrainingProblem problem) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.FLOAT)
            .updater(updater(problem))
            .list();
    int last = problem.layers() - 1;
    for (int i = 0; i < last; i++) {
      layers.layer(
          new DenseLayer.Builder()
              .nIn(problem.widths().get(i))
              .nOut(problem.widths().get(i + 1))
              .activation(Activation.RELU)
              .build());
    }
    layers.layer(
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nIn(problem.widths().get(last))
            .nOut(problem.widths().get(last + 1))
            .activation(Activation.SOFTMAX)
            .build());
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    for (int i = 0; i < problem.layers(); i++) {
      long[] shape = {problem.widths().get(i), problem.widths().get(i + 1)};
      try (INDArray weights = Nd4j.create(problem.weights().get(i), shape, 'c')) {
        network.setParam(i + "_W", weights);
      }
    }
    return network;
  }

  private static IUpdater updater(TrainingProblem problem) {
    return problem.optimizer() == Optimizer.ADAM
        ? new Adam(problem.rate())
        : new Nesterovs(problem.rate(), TrainingProblem.MOMENTUM);
  }

  @Override
  public double[] train(int epochs) {
    double[] losses = new double[epochs];
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (int i = 0; i < features.size(); i++) {
        network.fit(features.get(i), classes.get(i));
      }
      losses[epoch] = network.score();
    }
    return losses;
  }

  @Override
  public void close() {
    network.close();
    features.forEach(INDArray::close);
    classes.forEach(INDArray::close);
  }
}
