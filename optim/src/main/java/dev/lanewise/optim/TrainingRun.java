package dev.lanewise.optim;

import dev.lanewise.core.graph.Gradients;
import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.data.BatchLoader;
import dev.lanewise.data.Batches;
import dev.lanewise.data.Dataset;
import dev.lanewise.optim.TrainingResult.Divergence;
import dev.lanewise.optim.metric.Evaluator;
import dev.lanewise.optim.metric.Metrics;
import dev.lanewise.optim.stopping.EarlyStopping;
import dev.lanewise.optim.stopping.StopReason;
import dev.lanewise.optim.transform.GradientTransform;
import dev.lanewise.optim.transform.Penalty;
import dev.lanewise.optim.transform.StepContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;

/// One training from beginning to end: [#run] is the whole of it.
final class TrainingRun {
  private final Layer model;
  private final Loss loss;
  private final List<Penalty> penalties;
  private final int batchSize;
  private final Optional<WeightAverage> average;
  private final EarlyStopping policy;
  private final ToDoubleFunction<Metrics> monitored;
  private final Key key;
  private final List<TrainingObserver> observers;
  private final BooleanSupplier stopRequested;
  private final Workspace workspace;

  private final Parameters parameters;
  private final Updater updater;
  private final Evaluator evaluator;
  private final Snapshot best;
  private final List<EpochRecord> history = new ArrayList<>();
  private final List<Tensor> gradients = new ArrayList<>();
  private EarlyStopping.State stopping;
  private long steps;

  TrainingRun(
      Layer model,
      Loss loss,
      GradientTransform<?> optimizer,
      List<Penalty> penalties,
      int batchSize,
      Optional<Averaging> averaging,
      EarlyStopping policy,
      ToDoubleFunction<Metrics> monitored,
      long seed,
      List<TrainingObserver> observers,
      BooleanSupplier stopRequested,
      Workspace workspace) {
    this.model = model;
    this.loss = loss;
    this.penalties = penalties;
    this.batchSize = batchSize;
    this.policy = policy;
    this.monitored = monitored;
    this.key = Key.of(seed);
    this.observers = observers;
    this.stopRequested = stopRequested;
    this.workspace = workspace;
    this.parameters = Parameters.of(model).trainable();
    if (parameters.byPath().isEmpty()) {
      throw new IllegalArgumentException(
          "The model "
              + model.getClass().getSimpleName()
              + " has no parameters to train: a model is a record whose components are parameters"
              + " or layers, and some must not be frozen.");
    }
    this.updater = new Updater(optimizer, parameters, workspace);
    this.average = averaging.map(how -> new WeightAverage(how, parameters, workspace));
    this.evaluator = new Evaluator(model, loss);
    this.best = Snapshot.of(Parameters.of(model));
    this.stopping = policy.start();
  }

  TrainingResult run(Dataset training, Optional<Dataset> validation) {
    if (training.size() == 0) {
      throw new IllegalArgumentException("The training set has no rows.");
    }
    Batches batches = Batches.shuffled(training, batchSize, Evaluator.elementType(model), key);
    tell(
        new TrainingEvent.Started(
            parameters.count(), training.size(), batches.perEpoch(), policy.maxEpochs()));
    try (BatchLoader loader =
        workspace.threads() == 1 ? BatchLoader.direct(batches) : BatchLoader.ahead(batches)) {
      return train(loader, batches.perEpoch(), training.size(), validation);
    }
  }

  private TrainingResult train(
      BatchLoader loader, int stepsPerEpoch, int samples, Optional<Dataset> validation) {
    Key stepKey = key.with("step");
    for (int epoch = 1; ; epoch++) {
      long start = System.nanoTime();
      double lossSum = 0;
      for (int i = 0; i < stepsPerEpoch; i++) {
        Batches.Batch batch = loader.load(epoch - 1, i);
        int rows = batch.features().shape().rows();
        long step = steps + 1;
        double batchLoss;
        try (Graph graph = workspace.training(stepKey.with(step))) {
          Node prediction = model.apply(graph.batch(batch.features()));
          Node objective = loss.of(prediction, graph.batch(batch.targets()));
          batchLoss = objective.value().item();
          if (!Double.isFinite(batchLoss)) {
            return diverged(new Divergence(epoch, step, "the loss is " + batchLoss), validation);
          }
          if (step == 1) {
            requireKnown(graph.parameters());
          }
          collectGradients(graph.backward(objective));
          Optional<String> broken = updater.update(gradients, new StepContext(step, batchLoss));
          if (broken.isPresent()) {
            String what = broken.get() + " has an element that is not a finite number";
            return diverged(new Divergence(epoch, step, what), validation);
          }
        }
        average.ifPresent(each -> each.follow(step));
        steps = step;
        lossSum += batchLoss * rows;
        tell(new TrainingEvent.StepDone(epoch, step, batchLoss, rows));
        if (stopRequested.getAsBoolean()) {
          return interrupted(epoch, validation);
        }
      }
      double seconds = (System.nanoTime() - start) * 1e-9;
      double penalty = penalties.stream().mapToDouble(each -> each.value(parameters, steps)).sum();

      average.ifPresent(WeightAverage::exchange);
      Optional<Metrics> metrics = validation.map(rows -> evaluator.evaluate(rows, workspace));
      EarlyStopping.Verdict verdict =
          metrics
              .map(found -> policy.observe(stopping, monitored.applyAsDouble(found)))
              .orElseGet(() -> policy.count(stopping));
      stopping = verdict.state();
      if (verdict.progress()) {
        best.save();
      }
      EpochRecord record =
          new EpochRecord(
              epoch,
              steps,
              lossSum / samples,
              penalty,
              metrics,
              samples,
              seconds,
              verdict.progress());
      history.add(record);
      tell(new TrainingEvent.EpochDone(record));
      if (verdict.stop().isPresent()) {
        OptionalInt restored = restoreBest(validation);
        return stopped(verdict.stop().get(), verdict.explanation(), restored, Optional.empty());
      }
      average.ifPresent(WeightAverage::exchange);
    }
  }

  /// A parameter that the model computes with but does not show would silently keep its value.
  private void requireKnown(List<Parameter> recorded) {
    List<Parameter> known = parameters.list();
    for (Parameter parameter : recorded) {
      if (!parameter.isFrozen() && !known.contains(parameter)) {
        throw new IllegalArgumentException(
            "The model computes with a "
                + parameter
                + " that is not among its parameters: a model shows those in its record components"
                + " and in lists and optionals there, not in arrays, maps or other classes.");
      }
    }
  }

  private void collectGradients(Gradients found) {
    gradients.clear();
    for (Map.Entry<String, Parameter> each : parameters.byPath().entrySet()) {
      if (!found.has(each.getValue())) {
        throw new IllegalArgumentException(
            "The loss does not depend on the parameter "
                + each.getKey()
                + ": freeze it or use it.");
      }
      gradients.add(found.of(each.getValue()));
    }
  }

  private TrainingResult diverged(Divergence divergence, Optional<Dataset> validation) {
    OptionalInt restored = restoreBest(validation);
    if (restored.isEmpty()) {
      best.restore(); // nothing was saved since the beginning
    }
    String weights =
        restored.isPresent()
            ? "the weights of epoch " + restored.getAsInt() + " are kept"
            : "the initial weights are kept";
    return stopped(
        StopReason.DIVERGED,
        "Training diverged at step "
            + divergence.step()
            + " (epoch "
            + divergence.epoch()
            + "): "
            + divergence.what()
            + "; "
            + weights
            + ".",
        restored,
        Optional.of(divergence));
  }

  private TrainingResult interrupted(int epoch, Optional<Dataset> validation) {
    // Without validation the last epoch is not known to be better than what came after it.
    OptionalInt restored = validation.isPresent() ? restoreBest(validation) : OptionalInt.empty();
    if (restored.isEmpty()) {
      average.ifPresent(WeightAverage::exchange);
    }
    String weights =
        restored.isPresent()
            ? "the weights of epoch " + restored.getAsInt() + ", the best so far, are kept"
            : "the weights of this step are kept";
    return stopped(
        StopReason.INTERRUPTED,
        "Interrupted after step " + steps + " (epoch " + epoch + "); " + weights + ".",
        restored,
        Optional.empty());
  }

  /// Restores the weights of the best epoch, if there is one, and checks that they are.
  private OptionalInt restoreBest(Optional<Dataset> validation) {
    int epoch = stopping.bestEpoch();
    if (epoch == 0) {
      return OptionalInt.empty();
    }
    best.restore();
    Optional<Metrics> recorded = history.get(epoch - 1).validation();
    Optional<Metrics> restored = validation.map(rows -> evaluator.evaluate(rows, workspace));
    if (!restored.equals(recorded)) {
      throw new IllegalStateException(
          "The restored weights of epoch "
              + epoch
              + " give "
              + restored
              + ", but recorded was "
              + recorded
              + ": the model computes with something besides its parameters and input.");
    }
    return OptionalInt.of(epoch);
  }

  private TrainingResult stopped(
      StopReason reason,
      String explanation,
      OptionalInt restored,
      Optional<Divergence> divergence) {
    TrainingResult result =
        new TrainingResult(history, restored, reason, explanation, steps, divergence);
    tell(new TrainingEvent.Stopped(result));
    return result;
  }

  private void tell(TrainingEvent event) {
    for (TrainingObserver observer : observers) {
      observer.on(event);
    }
  }
}
