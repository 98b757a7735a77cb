package dev.lanewise.optim;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.data.Dataset;
import dev.lanewise.layers.Activations;
import dev.lanewise.layers.Dropout;
import dev.lanewise.layers.Initialisers;
import dev.lanewise.layers.Linear;
import dev.lanewise.layers.ModelFile;
import dev.lanewise.layers.Sequential;
import dev.lanewise.layers.loss.SoftmaxCrossEntropy;
import dev.lanewise.optim.checkpoint.CheckpointFolder;
import dev.lanewise.optim.checkpoint.Checkpoints;
import dev.lanewise.optim.metric.Metrics;
import dev.lanewise.optim.optimizer.Adam;
import dev.lanewise.optim.stopping.EarlyStopping;
import java.nio.file.Path;

/// A training in a process of its own, to be killed: it goes on from the checkpoints it finds, and
/// leaves the final weights. It says each step that it makes.
final class KilledTraining {
  static final String CHECKPOINTS = "checkpoints";
  static final String WEIGHTS = "final.safetensors";

  private static final Dataset TRAINING = Blobs.of(70, 20, 4, 1);
  private static final Dataset VALIDATION = Blobs.of(50, 20, 4, 2);

  private KilledTraining() {}

  static Sequential network() {
    Key key = Key.of(3);
    return Parameters.convert(
        Sequential.of(
            Linear.of(20, 16, Initialisers.heNormal(0), key.with(0)),
            Activations.relu(),
            new Dropout(0.2),
            Linear.of(16, 4, Initialisers.glorotUniform(1), key.with(1))),
        DType.FLOAT32);
  }

  /// At most ten epochs of four steps.
  private static Trainer trainer(Sequential model) {
    return Trainer.of(model, new SoftmaxCrossEntropy(), Adam.of(0.02))
        .batchSize(20)
        .epochs(10)
        .earlyStopping(EarlyStopping.minimising().patience(4), Metrics::loss)
        .averaging(new Averaging(new Averaging.Exponential(0.99), 2))
        .l2(1e-3)
        .threads(2)
        .workPerThread(1);
  }

  /// Without checkpoints and without being killed.
  static Sequential uninterrupted() {
    Sequential model = network();
    trainer(model).fit(TRAINING, VALIDATION);
    return model;
  }

  /// @param args the folder
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    Path checkpoints = folder.resolve(CHECKPOINTS);
    Sequential model = network();
    Trainer trainer =
        trainer(model)
            .checkpoints(Checkpoints.in(checkpoints).everySteps(1))
            .observer(
                event -> {
                  if (event instanceof TrainingEvent.StepDone step) {
                    System.out.println(step.step());
                  }
                });
    if (new CheckpointFolder(checkpoints).steps().isEmpty()) {
      trainer.fit(TRAINING, VALIDATION);
    } else {
      trainer.resume(checkpoints, TRAINING, VALIDATION);
    }
    ModelFile.save(model, folder.resolve(WEIGHTS));
  }
}
