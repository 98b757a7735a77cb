package dev.lanewise.optim;

import dev.lanewise.core.graph.Gradients;
import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.data.Batches;
import dev.lanewise.data.Dataset;
import dev.lanewise.optim.TrainingResult.Divergence;
import dev.lanewise.optim.TrainingState.Ending;
import dev.lanewise.optim.checkpoint.Checkpoint;
import dev.lanewise.optim.metric.Evaluator;
import dev.lanewise.optim.metric.Metrics;
import dev.lanewise.optim.stopping.EarlyStopping;
import dev.lanewise.optim.stopping.Observation;
import dev.lanewise.optim.stopping.StopReason;
import dev.lanewise.optim.transform.StepContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// One training from beginning to end: [#run] is the whole of it. What it remembers is a
/// [TrainingState] and a [TrainingMemory]; nothing else survives a step, so that with the two of
/// them it can be continued.
final class TrainingRun {
  private final Trainer trainer;
  private final Dataset training;
  private final Optional<Dataset> validation;
  private final Workspace workspace;

  private final EarlyStopping policy;
  private final Key key;
  private final Parameters parameters;
  private final Updater updater;
  private final Optional<WeightAverage> average;
  private final Evaluator evaluator;
  private final Batches batches;
  private final List<Tensor> gradients = new ArrayList<>();
  private final Optional<StepMeter> steps;
  private final Optional<ActivationMeter> activations;

  private final TrainingMemory memory;
  private TrainingState state;
  private final Optional<CheckpointWriter> checkpoints;

  TrainingRun(
      Trainer trainer, Dataset training, Optional<Dataset> validation, Workspace workspace) {
    if (training.size() == 0) {
      throw new IllegalArgumentException("The training set has no rows.");
    }
    this.trainer = trainer;
    this.training = training;
    this.validation = validation;
    this.workspace = workspace;
    this.policy = trainer.policy();
    this.key = Key.of(trainer.seed);
    this.parameters = Parameters.of(trainer.model).trainable();
    if (parameters.byPath().isEmpty()) {
      throw new IllegalArgumentException(
          "The model "
              + trainer.model.getClass().getSimpleName()
              + " has no parameters to train: a model is a record whose components are parameters"
              + " or layers, and some must not be frozen.");
    }
    this.updater = new Updater(trainer.regularised(), parameters, workspace);
    this.average =
        Optional.ofNullable(trainer.averaging)
            .map(how -> new WeightAverage(how, parameters, workspace));
    this.evaluator = new Evaluator(trainer.model, trainer.loss);
    this.batches =
        Batches.shuffled(training, trainer.batchSize, Evaluator.elementType(trainer.model), key);
    Optional<Trainer.Statistics> asked = Optional.ofNullable(trainer.statistics);
    this.steps = asked.map(what -> new StepMeter(what.everySteps(), parameters));
    this.activations =
        asked.map(what -> new ActivationMeter(trainer.model, parameters, what.sample(), workspace));
    this.memory = new TrainingMemory(Parameters.of(trainer.model), parameters, updater, average);
    this.state = TrainingState.start(policy);
    this.checkpoints =
        Optional.ofNullable(trainer.checkpoints)
            .map(how -> new CheckpointWriter(how, trainer.settings(training, validation), memory));
  }

  /// Trains from the first step on.
  TrainingResult fromTheStart() {
    checkpoints.ifPresent(writer -> writer.start(state));
    tellStarted();
    return run();
  }

  /// Trains from a checkpoint on.
  TrainingResult from(Checkpoint<SavedState> checkpoint) {
    memory.restore(checkpoint.tensors());
    state = checkpoint.state().state();
    tellStarted();
    tell(new TrainingEvent.Resumed(state.epochs(), state.step()));
    return run();
  }

  private TrainingResult run() {
    boolean interrupted = false;
    while (state.ending().isEmpty() && !interrupted) {
      Optional<Divergence> divergence =
          step(batches.load(state.epochs(), state.batches(), workspace));
      if (divergence.isPresent()) {
        return diverged(divergence.get());
      }
      boolean endsEpoch = state.batches() == batches.perEpoch();
      if (endsEpoch) {
        closeEpoch();
      }
      interrupted = trainer.stopRequested.getAsBoolean();
      boolean last = interrupted || state.ending().isPresent();
      checkpoints.ifPresent(writer -> writer.after(state, endsEpoch, last));
    }
    return state.ending().map(this::ended).orElseGet(this::interrupted);
  }

  /// One step: loss, gradients, update. What is not finite, or too large, stops it.
  private Optional<Divergence> step(Batches.Batch batch) {
    long start = System.nanoTime();
    long step = state.step() + 1;
    int epoch = state.epochs() + 1;
    int rows = batch.features().shape().rows();
    double loss;
    Key stepKey = key.with("step").with(step);
    try (Graph graph = workspace.training(stepKey)) {
      Node prediction = trainer.model.apply(graph.batch(batch.features()));
      Node objective = trainer.loss.of(prediction, graph.batch(batch.targets()));
      loss = objective.value().item();
      if (!Double.isFinite(loss)) {
        Optional<NonFinite> first = NonFinite.first(graph, parameters);
        return Optional.of(
            new Divergence(
                epoch,
                step,
                "the loss is " + loss,
                first.map(NonFinite::node),
                first.flatMap(NonFinite::parameter)));
      }
      if (step == 1) {
        requireKnown(graph.parameters());
      }
      collectGradients(graph.backward(objective));
      Optional<Divergence> explosion = explosion(epoch, step);
      if (explosion.isPresent()) {
        return explosion;
      }
      BatchObjective objectiveElsewhere =
          new BatchObjective(trainer, parameters, batch, stepKey, step, workspace);
      StepContext context =
          new StepContext(step, loss, monitored(), Optional.of(objectiveElsewhere));
      Optional<StepMeter> meter = steps.filter(each -> each.wants(step));
      meter.ifPresent(each -> each.before(gradients));
      Optional<String> broken = updater.update(gradients, context);
      if (broken.isPresent()) {
        String what = broken.get() + " has an element that is not a finite number";
        return Optional.of(new Divergence(epoch, step, what, Optional.empty(), broken));
      }
      meter.ifPresent(each -> tell(new TrainingEvent.StepMeasured(epoch, step, each.after())));
    }
    average.ifPresent(each -> each.follow(step));
    tell(new TrainingEvent.StepDone(epoch, step, loss, rows));
    state = state.afterStep(loss, rows, (System.nanoTime() - start) * 1e-9);
    return Optional.empty();
  }

  /// Evaluates an epoch whose last step is done, and judges it.
  private void closeEpoch() {
    double penalty =
        trainer.penalties.stream().mapToDouble(each -> each.value(parameters, state.step())).sum();
    average.ifPresent(WeightAverage::exchange);
    Optional<Metrics> metrics = evaluated();
    double loss = state.lossSum() / training.size();
    EarlyStopping.Verdict verdict =
        metrics
            .map(found -> policy.observe(state.stopping(), observed(loss, found)))
            .orElseGet(
                () ->
                    policy.count(
                        state.stopping(), Observation.of(loss, Optional.empty(), state.seconds())));
    if (verdict.progress()) {
      memory.rememberBest();
    }
    EpochRecord record =
        new EpochRecord(
            state.epochs() + 1,
            state.step(),
            loss,
            penalty,
            metrics,
            training.size(),
            state.seconds(),
            verdict.progress());
    state = state.afterEpoch(record, verdict);
    activations.ifPresent(
        each ->
            tell(new TrainingEvent.EpochMeasured(record.epoch(), record.steps(), each.measure())));
    tell(new TrainingEvent.EpochDone(record));
    average.ifPresent(WeightAverage::exchange);
  }

  private Observation observed(double loss, Metrics metrics) {
    return Observation.of(loss, Optional.of(metrics), state.seconds())
        .with(Observation.MONITORED, trainer.monitored.applyAsDouble(metrics));
  }

  private TrainingResult ended(Ending ending) {
    OptionalInt restored = restoreBest();
    if (restored.isEmpty()) {
      average.ifPresent(WeightAverage::exchange);
    }
    return stopped(ending.reason(), ending.explanation(), restored, Optional.empty());
  }

  private TrainingResult interrupted() {
    // Without validation the last epoch is not known to be better than what came after it.
    OptionalInt restored = validation.isPresent() ? restoreBest() : OptionalInt.empty();
    if (restored.isEmpty()) {
      average.ifPresent(WeightAverage::exchange);
    }
    String weights =
        restored.isPresent()
            ? "the weights of epoch " + restored.getAsInt() + ", the best so far, are kept"
            : "the weights of this step are kept";
    int epoch = state.batches() == 0 ? state.epochs() : state.epochs() + 1;
    return stopped(
        StopReason.INTERRUPTED,
        "Interrupted after step " + state.step() + " (epoch " + epoch + "); " + weights + ".",
        restored,
        Optional.empty());
  }

  private TrainingResult diverged(Divergence divergence) {
    OptionalInt restored = restoreBest();
    if (restored.isEmpty()) {
      memory.restoreBest(); // nothing is better than the beginning
    }
    String weights =
        restored.isPresent()
            ? "the weights of epoch " + restored.getAsInt() + " are kept"
            : "the initial weights are kept";
    String node =
        divergence
            .node()
            .map(
                first ->
                    ", the first value that is not finite is that of "
                        + first
                        + divergence.parameter().map(path -> ", near " + path).orElse(""))
            .orElse("");
    return stopped(
        StopReason.DIVERGED,
        "Training diverged at step "
            + divergence.step()
            + " (epoch "
            + divergence.epoch()
            + "): "
            + divergence.what()
            + node
            + "; "
            + weights
            + ".",
        restored,
        Optional.of(divergence));
  }

  /// Restores the best epoch, if there is one, and checks that its weights give what was recorded.
  private OptionalInt restoreBest() {
    int epoch = state.stopping().bestEpoch();
    if (epoch == 0) {
      return OptionalInt.empty();
    }
    memory.restoreBest();
    Optional<Metrics> recorded = state.history().get(epoch - 1).validation();
    Optional<Metrics> restored = evaluated();
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

  private Optional<Metrics> evaluated() {
    return validation.map(rows -> evaluator.evaluate(rows, workspace));
  }

  /// What early stopping saw last.
  private OptionalDouble monitored() {
    return state.history().isEmpty()
        ? OptionalDouble.empty()
        : state.history().getLast().validation().stream()
            .mapToDouble(trainer.monitored)
            .findFirst();
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

  /// Whether the norm of the gradient is above the limit; the parameter with the largest part of it
  /// is named.
  private Optional<Divergence> explosion(int epoch, long step) {
    if (trainer.largestGradient == Double.POSITIVE_INFINITY) {
      return Optional.empty();
    }
    double sum = 0;
    double most = -1;
    int at = 0;
    for (int i = 0; i < gradients.size(); i++) {
      double squares = TensorMath.dot(gradients.get(i), gradients.get(i));
      sum += squares;
      if (!(squares <= most)) {
        most = squares;
        at = i;
      }
    }
    double norm = Math.sqrt(sum);
    if (norm <= trainer.largestGradient) {
      return Optional.empty();
    }
    String path = List.copyOf(parameters.byPath().keySet()).get(at);
    return Optional.of(
        new Divergence(
            epoch,
            step,
            "the norm of the gradient is %s, more than %s, most of it that of %s"
                .formatted(norm, trainer.largestGradient, path),
            Optional.empty(),
            Optional.of(path)));
  }

  private TrainingResult stopped(
      StopReason reason,
      String explanation,
      OptionalInt restored,
      Optional<Divergence> divergence) {
    TrainingResult result =
        new TrainingResult(
            state.history(), restored, reason, explanation, state.step(), divergence);
    tell(new TrainingEvent.Stopped(result));
    return result;
  }

  private void tellStarted() {
    tell(
        new TrainingEvent.Started(
            parameters.count(), training.size(), batches.perEpoch(), policy.maxEpochs()));
  }

  private void tell(TrainingEvent event) {
    for (TrainingObserver observer : trainer.observers) {
      observer.on(event);
    }
  }
}
