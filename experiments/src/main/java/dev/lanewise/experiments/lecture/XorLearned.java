package dev.lanewise.experiments.lecture;

import dev.lanewise.core.random.Key;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.synthetic.Xor;
import dev.lanewise.layers.Activations;
import dev.lanewise.layers.Initialisers;
import dev.lanewise.layers.Linear;
import dev.lanewise.layers.Sequential;
import dev.lanewise.layers.loss.SoftmaxCrossEntropy;
import dev.lanewise.optim.Trainer;
import dev.lanewise.optim.optimizer.Adam;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/// Exclusive or, learned: a hidden layer finds the four corners' classes, a linear model cannot.
public final class XorLearned implements Experiment {
  @Override
  public String name() {
    return "xor-learned";
  }

  @Override
  public String claim() {
    return "A hidden layer learns exclusive or, which no linear model can express.";
  }

  @Override
  public void run(PrintWriter out, Optional<Path> folder) {
    out.printf("  linear model:       %.0f of 4 corners%n", 4 * accuracy(linear()));
    out.printf("  with 8 tanh units:  %.0f of 4 corners%n", 4 * accuracy(withHiddenLayer()));
  }

  static Sequential linear() {
    return Sequential.of(Linear.of(2, 2, Initialisers.glorotUniform(1), Key.of(1).with(0)));
  }

  static Sequential withHiddenLayer() {
    return Sequential.of(
        Linear.of(2, 8, Initialisers.glorotUniform(1), Key.of(1).with(0)),
        Activations.tanh(),
        Linear.of(8, 2, Initialisers.glorotUniform(1), Key.of(1).with(1)));
  }

  /// Trains a model on the four corners.
  static double accuracy(Sequential model) {
    Dataset corners = Xor.table();
    Trainer trainer =
        Trainer.of(model, new SoftmaxCrossEntropy(), Adam.of(0.05))
            .batchSize(4)
            .epochs(300)
            .threads(1);
    trainer.fit(corners);
    return trainer.evaluate(corners).accuracy();
  }
}
