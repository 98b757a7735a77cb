package dev.lanewise.experiments.readme;

import dev.lanewise.core.random.Key;
import dev.lanewise.data.Split;
import dev.lanewise.data.synthetic.Spirals;
import dev.lanewise.layers.Activations;
import dev.lanewise.layers.Initialisers;
import dev.lanewise.layers.Linear;
import dev.lanewise.layers.Sequential;
import dev.lanewise.layers.loss.SoftmaxCrossEntropy;
import dev.lanewise.optim.Trainer;
import dev.lanewise.optim.metric.Metrics;
import dev.lanewise.optim.optimizer.Adam;
import dev.lanewise.optim.stopping.EarlyStopping;

/// The README's first example: an experiment from data to result.
final class SpiralsExample {
  private SpiralsExample() {}

  static double accuracy() {
    Key key = Key.of(1);
    Split data = Split.stratified(Spirals.draw(3, 500, 1, 0.02, key.with("data")), 0.2, 0.2, key);
    Sequential model =
        Sequential.of(
            Linear.of(2, 64, Initialisers.heNormal(0), key.with("first")),
            Activations.relu(),
            Linear.of(64, 64, Initialisers.heNormal(0), key.with("second")),
            Activations.relu(),
            Linear.of(64, 3, Initialisers.glorotUniform(1), key.with("last")));
    Trainer trainer =
        Trainer.of(model, new SoftmaxCrossEntropy(), Adam.of(3e-3))
            .batchSize(32)
            .epochs(60)
            .earlyStopping(EarlyStopping.maximising().patience(10), Metrics::accuracy);
    trainer.fit(data.train(), data.validation());
    return trainer.evaluate(data.test()).accuracy();
  }
}
