package dev.lanewise.bench.peers;

import dev.lanewise.bench.peers.TrainingProblem.Optimizer;
import java.util.Arrays;
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

/// Deeplearning4j's network of layers. The rows of a batch are pulled from the examples in random
/// order, those of its classes from rows of zeros and a one, into the same two arrays each time.
final class Dl4jTrainee implements Trainee {
  private final TrainingProblem problem;
  private final MultiLayerNetwork network;
  private final INDArray features;
  private final INDArray classes;
  private final INDArray batch;
  private final INDArray classesOfBatch;

  Dl4jTrainee(TrainingProblem problem) {
    Nd4j.getMemoryManager().togglePeriodicGc(false); // it would collect our garbage too
    this.problem = problem;
    this.network = network(problem);
    int samples = problem.samples();
    int inputs = problem.widths().getFirst();
    int outputs = problem.widths().getLast();
    float[] ones = new float[samples * outputs];
    for (int row = 0; row < samples; row++) {
      ones[row * outputs + problem.labels()[row]] = 1;
    }
    this.features = Nd4j.create(problem.features(), new long[] {samples, inputs}, 'c');
    this.classes = Nd4j.create(ones, new long[] {samples, outputs}, 'c');
    this.batch = Nd4j.create(DataType.FLOAT, problem.batch(), inputs);
    this.classesOfBatch = Nd4j.create(DataType.FLOAT, problem.batch(), outputs);
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
      int[] order = problem.order(epoch);
      for (int i = 0; i < problem.batches(); i++) {
        int first = i * problem.batch();
        int[] rows = Arrays.copyOfRange(order, first, first + problem.batch());
        Nd4j.pullRows(features, batch, 1, rows);
        Nd4j.pullRows(classes, classesOfBatch, 1, rows);
        network.fit(batch, classesOfBatch);
      }
      losses[epoch] = network.score();
    }
    return losses;
  }

  @Override
  public void close() {
    network.close();
    features.close();
    classes.close();
    batch.close();
    classesOfBatch.close();
  }
}
