package dev.lanewise.bench.peers;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.FloatTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Provenance;
import dev.lanewise.data.TensorDataset;
import dev.lanewise.layers.Activations;
import dev.lanewise.layers.Linear;
import dev.lanewise.layers.Sequential;
import dev.lanewise.layers.loss.SoftmaxCrossEntropy;
import dev.lanewise.optim.EpochRecord;
import dev.lanewise.optim.Trainer;
import dev.lanewise.optim.optimizer.Adam;
import dev.lanewise.optim.optimizer.Momentum;
import dev.lanewise.optim.transform.Chain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Our trainer, as a user calls it: each call starts a training.
final class LanewiseTrainee implements Trainee {
  private final Trainer trainer;
  private final Dataset dataset;

  LanewiseTrainee(TrainingProblem problem) {
    Chain optimizer =
        switch (problem.optimizer()) {
          case MOMENTUM -> Momentum.of(problem.rate(), TrainingProblem.MOMENTUM);
          case NESTEROV -> Momentum.nesterov(problem.rate(), TrainingProblem.MOMENTUM);
          case ADAM -> Adam.of(problem.rate());
        };
    this.trainer =
        Trainer.of(network(problem), new SoftmaxCrossEntropy(), optimizer)
            .batchSize(problem.batch())
            .threads(problem.threads());
    int inputs = problem.widths().getFirst();
    double[] labels = Arrays.stream(problem.labels()).asDoubleStream().toArray();
    this.dataset =
        TensorDataset.classification(
            new FloatTensor(Shape.of(problem.samples(), inputs), problem.features(), 0),
            Tensor.of(DType.FLOAT32, Shape.of(problem.samples()), labels),
            IntStream.range(0, problem.widths().getLast()).mapToObj(Integer::toString).toList(),
            Provenance.of("noise"));
  }

  @Override
  public double[] train(int epochs) {
    return trainer.epochs(epochs).fit(dataset).history().stream()
        .mapToDouble(EpochRecord::trainingLoss)
        .toArray();
  }

  @Override
  public void close() {
    // A fit ends its own threads.
  }

  private static Layer network(TrainingProblem problem) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < problem.layers(); i++) {
      int in = problem.widths().get(i);
      int out = problem.widths().get(i + 1);
      Tensor weight = new FloatTensor(Shape.of(in, out), problem.weights().get(i).clone(), 0);
      Tensor bias = Tensor.zeros(DType.FLOAT32, Shape.of(out));
      layers.add(new Linear(Parameter.of(weight), Optional.of(Parameter.of(bias))));
      layers.add(Activations.relu());
    }
    layers.removeLast();
    return new Sequential(layers);
  }
}
