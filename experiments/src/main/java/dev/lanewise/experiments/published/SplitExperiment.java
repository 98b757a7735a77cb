package dev.lanewise.experiments.published;

import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Split;
import dev.lanewise.data.Standardise;
import dev.lanewise.data.StandardiseTargets;
import dev.lanewise.data.TrainAndTest;
import dev.lanewise.layers.Activations;
import dev.lanewise.layers.Initialisers;
import dev.lanewise.layers.Linear;
import dev.lanewise.layers.Sequential;
import dev.lanewise.layers.loss.MeanSquaredError;
import dev.lanewise.optim.Trainer;
import dev.lanewise.optim.direct.LeastSquares;
import dev.lanewise.optim.metric.Evaluator;
import dev.lanewise.optim.optimizer.Adam;
import dev.lanewise.optim.schedule.Cosine;
import java.util.List;

/// One split of a set for regression: a network of one hidden layer, and least squares beside it.
///
/// The recipe, the same for all sets: features and target standardised on the rows that are trained
/// on; 50 units of tanh; Adam on batches of 32, its rate falling along a cosine from 5e-3 to zero.
/// The L2 penalty is chosen by the error on a tenth of the training part, and the network is then
/// trained anew on all of it. The test rows are used once, for the result.
///
/// @param name the set's name, part of the seed
/// @param number the split's number, part of the seed
/// @param parts the published training and test rows
/// @param steps how many steps a network is trained for, up to whole epochs
record SplitExperiment(String name, int number, TrainAndTest<Dataset> parts, int steps) {
  /// The steps of the recipe.
  static final int STEPS = 20_000;

  private static final int UNITS = 50;
  private static final int BATCH = 32;
  private static final double RATE = 5e-3;
  private static final double VALIDATION = 0.1;
  private static final List<Double> PENALTIES = List.of(1e-4, 1e-3, 3e-3, 1e-2);

  /// What was found: root mean squared errors in the target's own units.
  ///
  /// @param network the network's on the test rows
  /// @param linear that of least squares on the test rows
  /// @param validation the network's on the tenth of the training part, with the chosen penalty
  record Result(double network, double linear, double validation) {}

  Result run(long seed) {
    Key key = Key.of(seed).with(name).with(number);
    Split held = Split.random(parts.train(), VALIDATION, 0, key);
    double best = Double.POSITIVE_INFINITY;
    double penalty = PENALTIES.getFirst();
    for (double candidate : PENALTIES) {
      double error = trained(held.train(), held.validation(), candidate, key);
      if (error < best) {
        best = error;
        penalty = candidate;
      }
    }
    return new Result(trained(parts.train(), parts.test(), penalty, key), linear(), best);
  }

  /// The error on some rows of a network trained on others.
  private double trained(Dataset training, Dataset other, double penalty, Key key) {
    Standardise features = Standardise.fit(training);
    StandardiseTargets targets = StandardiseTargets.fit(training);
    Dataset rows = targets.apply(features.apply(training));
    Sequential model =
        Sequential.of(
            Linear.of(
                rows.featureShape().size(), UNITS, Initialisers.glorotUniform(1), key.with(0)),
            Activations.tanh(),
            Linear.of(UNITS, 1, Initialisers.glorotUniform(1), key.with(1)));
    int perEpoch = Math.ceilDiv(rows.size(), BATCH);
    int epochs = Math.ceilDiv(steps, perEpoch);
    Trainer trainer =
        Trainer.of(
                model,
                new MeanSquaredError(),
                Adam.of(
                    new Cosine(RATE, 0, (long) epochs * perEpoch),
                    Adam.BETA1,
                    Adam.BETA2,
                    Adam.EPSILON))
            .batchSize(BATCH)
            .epochs(epochs)
            .l2(penalty)
            .seed(key.bits())
            .threads(1);
    trainer.fit(rows);
    double error = trainer.evaluate(targets.apply(features.apply(other))).meanSquaredError();
    return Math.sqrt(error) * targets.deviation()[0];
  }

  private double linear() {
    Linear model = LeastSquares.plain().solve(parts.train()).model();
    try (Workspace workspace = Workspace.of(1)) {
      return Math.sqrt(
          new Evaluator(model, new MeanSquaredError())
              .evaluate(parts.test(), workspace)
              .meanSquaredError());
    }
  }
}
