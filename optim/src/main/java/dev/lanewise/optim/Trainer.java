package dev.lanewise.optim;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.data.Dataset;
import dev.lanewise.optim.checkpoint.Checkpoint;
import dev.lanewise.optim.checkpoint.CheckpointException;
import dev.lanewise.optim.checkpoint.CheckpointFolder;
import dev.lanewise.optim.checkpoint.Checkpoints;
import dev.lanewise.optim.checkpoint.Environment;
import dev.lanewise.optim.metric.Evaluator;
import dev.lanewise.optim.metric.Metrics;
import dev.lanewise.optim.stopping.EarlyStopping;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.GradientTransform;
import dev.lanewise.optim.transform.Penalty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// Trains a model by gradient descent on batches.
///
/// ```java
/// Trainer trainer =
///     Trainer.of(model, new SoftmaxCrossEntropy(), Adam.of(1e-3))
///         .batchSize(128)
///         .epochs(20)
///         .earlyStopping(EarlyStopping.maximising().patience(3), Metrics::accuracy)
///         .seed(1);
/// TrainingResult result = trainer.fit(training, validation);
/// Metrics metrics = trainer.evaluate(test);
/// ```
///
/// A trainer is a value: each setting gives a new one. What is not set: batches of 32, 10 epochs,
/// seed 1, as many processors as a step is worth (see [#threads]), early stopping without patience
/// on the smallest validation loss, no penalty, no averaging, no checkpoints.
///
/// The order of the rows derives from (seed, "order", epoch), what is drawn in a step from (seed,
/// "step", step). Equal settings, data and initial weights give equal weights to the bit, on any
/// number of threads.
public final class Trainer {
  /// How many multiplications of a row by a weight there are in a step for each thread at least.
  /// Each thread reads all weights in each step, most of which another has just changed. Where
  /// processors share no cache that took as long as the arithmetic of some 30 rows of 784-128-10,
  /// whose batches of 32 four threads trained at 0.6 to 0.8 of the speed of one. Larger networks
  /// gain by four threads at 32 rows already.
  private static final long WORK_PER_THREAD = 1 << 21;

  final Layer model;
  final Loss loss;
  private final GradientTransform<?> optimizer;
  int batchSize = 32;
  private int epochs = 10;
  private EarlyStopping earlyStopping = EarlyStopping.minimising();
  ToDoubleFunction<Metrics> monitored = Metrics::loss;
  List<Penalty> penalties = List.of();
  @Nullable Averaging averaging;
  double largestGradient = Double.POSITIVE_INFINITY;
  @Nullable Statistics statistics;
  long seed = 1;
  private int threads = Runtime.getRuntime().availableProcessors();
  private long workPerThread = WORK_PER_THREAD;
  List<TrainingObserver> observers = List.of();
  BooleanSupplier stopRequested = () -> false;
  @Nullable Checkpoints checkpoints;
  private boolean resumesAnywhere;

  /// What is measured for observers: every so many steps, and on these rows after each epoch.
  record Statistics(int everySteps, Dataset sample) {}

  private Trainer(Layer model, Loss loss, GradientTransform<?> optimizer) {
    this.model = model;
    this.loss = loss;
    this.optimizer = optimizer;
  }

  /// A trainer with the usual settings.
  ///
  /// @param model the model; its parameters are changed by [#fit(Dataset, Dataset)]
  /// @param loss what to make small: a mean over the rows of a batch
  /// @param optimizer what makes updates of gradients
  /// @return a trainer
  public static Trainer of(Layer model, Loss loss, GradientTransform<?> optimizer) {
    return new Trainer(model, loss, optimizer);
  }

  /// Another batch size.
  ///
  /// @param rows how many rows make a batch; the last of an epoch may be smaller
  /// @return a new trainer
  /// @throws IllegalArgumentException if it is not positive
  public Trainer batchSize(int rows) {
    requirePositive("batch size", rows);
    Trainer changed = copy();
    changed.batchSize = rows;
    return changed;
  }

  /// Another number of epochs.
  ///
  /// @param number how often each row is seen at most
  /// @return a new trainer
  /// @throws IllegalArgumentException if it is not positive
  public Trainer epochs(int number) {
    requirePositive("number of epochs", number);
    Trainer changed = copy();
    changed.epochs = number;
    return changed;
  }

  /// Another policy of early stopping, which also decides whose weights are the best.
  ///
  /// @param policy the policy; its limit of epochs holds beside the trainer's
  /// @param metric what it monitors on the validation set, for example `Metrics::loss`
  /// @return a new trainer
  public Trainer earlyStopping(EarlyStopping policy, ToDoubleFunction<Metrics> metric) {
    Trainer changed = copy();
    changed.earlyStopping = policy;
    changed.monitored = metric;
    return changed;
  }

  /// L2 regularisation of all weights but not the biases: the objective is the loss plus
  /// `½·λ·‖w‖²`.
  ///
  /// @param lambda λ
  /// @return a new trainer
  /// @throws IllegalArgumentException if λ is negative or not finite
  public Trainer l2(double lambda) {
    return penalty(Penalty.l2(lambda));
  }

  /// Other penalties: the objective is the loss plus all of them; their sum is reported apart from
  /// the loss.
  ///
  /// @param chosen the penalties, instead of those before; none takes them away
  /// @return a new trainer
  public Trainer penalty(Penalty... chosen) {
    Trainer changed = copy();
    changed.penalties = List.of(chosen);
    return changed;
  }

  /// Averages the weights over steps: validation, the best weights and the trained model are the
  /// average's.
  ///
  /// @param how which weights count how much
  /// @return a new trainer
  public Trainer averaging(Averaging how) {
    Trainer changed = copy();
    changed.averaging = how;
    return changed;
  }

  /// Another seed.
  ///
  /// @param number what the order of the rows and all draws in the model derive from
  /// @return a new trainer
  public Trainer seed(long number) {
    Trainer changed = copy();
    changed.seed = number;
    return changed;
  }

  /// Another number of threads; the weights do not depend on it. Steps that have little to compute
  /// (rows of a batch times weights) are left to fewer, as the log says at level INFO: those of 32
  /// rows and 100,000 weights to one. What is measured after each epoch is left to as many.
  ///
  /// @param number how many threads compute at most
  /// @return a new trainer
  /// @throws IllegalArgumentException if it is not positive
  public Trainer threads(int number) {
    requirePositive("number of threads", number);
    Trainer changed = copy();
    changed.threads = number;
    return changed;
  }

  /// Another least work for a thread in a step.
  Trainer workPerThread(long multiplications) {
    Trainer changed = copy();
    changed.workPerThread = multiplications;
    return changed;
  }

  /// One more observer.
  ///
  /// @param observer who is told what happens
  /// @return a new trainer
  public Trainer observer(TrainingObserver observer) {
    Trainer changed = copy();
    changed.observers = new ArrayList<>(observers);
    changed.observers.add(observer);
    return changed;
  }

  /// Another way to interrupt training from outside.
  ///
  /// @param condition asked after each step, in the thread that trains; true ends the training
  /// @return a new trainer
  public Trainer stopWhen(BooleanSupplier condition) {
    Trainer changed = copy();
    changed.stopRequested = condition;
    return changed;
  }

  /// Stops a training that explodes as one that diverged.
  ///
  /// @param norm the largest Euclidean norm that the gradient of all parameters together may have
  /// @return a new trainer
  /// @throws IllegalArgumentException if it is not positive
  public Trainer largestGradient(double norm) {
    if (!(norm > 0)) {
      throw new IllegalArgumentException(
          "The largest norm of a gradient must be positive, but is " + norm + ".");
    }
    Trainer changed = copy();
    changed.largestGradient = norm;
    return changed;
  }

  /// Measures for the observers, which are told [TrainingEvent.StepMeasured] and
  /// [TrainingEvent.EpochMeasured]. No bit of the training depends on it; without it nothing is
  /// computed for it.
  ///
  /// @param everySteps gradients and updates are measured in the first step and every so many from
  ///     there on, at the cost of a few passes over the weights
  /// @param sample the rows on which activations are measured after each epoch, by one pass of
  ///     inference: a part of the training set, say
  /// @return a new trainer
  /// @throws IllegalArgumentException if the number is not positive or there are no rows
  public Trainer statistics(int everySteps, Dataset sample) {
    requirePositive("number of steps between statistics", everySteps);
    requirePositive("number of rows to measure activations on", sample.size());
    Trainer changed = copy();
    changed.statistics = new Statistics(everySteps, sample);
    return changed;
  }

  /// Writes checkpoints, from which [#resume(Path, Dataset, Dataset)] continues.
  ///
  /// @param policy where, when and how many
  /// @return a new trainer
  public Trainer checkpoints(Checkpoints policy) {
    Trainer changed = copy();
    changed.checkpoints = policy;
    return changed;
  }

  /// Continues also where another processor, JDK, vector width or version gives other bits; what
  /// differs is logged as a warning.
  ///
  /// @return a new trainer
  public Trainer resumesAnywhere() {
    Trainer changed = copy();
    changed.resumesAnywhere = true;
    return changed;
  }

  /// Trains without a validation set: for all epochs, and the last weights are kept.
  ///
  /// @param training the rows to learn from
  /// @return how it went
  /// @throws IllegalArgumentException if there are no rows, the model has nothing to train, it
  ///     computes with a parameter that [dev.lanewise.core.graph.Parameters#of] does not find, or
  ///     early stopping has a patience but nothing to monitor
  /// @throws CheckpointException if a checkpoint cannot be written, or there are some of another
  ///     training
  public TrainingResult fit(Dataset training) {
    return fit(training, Optional.empty());
  }

  /// Trains, and evaluates on the validation set after each epoch. At the end the model has the
  /// weights of the best epoch; they are evaluated again, and must give what was recorded.
  ///
  /// If training diverges (a loss or a weight is not a finite number), it stops, and the model has
  /// the weights of the best epoch so far, or the initial ones. If it is interrupted before the
  /// first epoch is done, the model keeps the weights of the last step, or their average.
  ///
  /// @param training the rows to learn from
  /// @param validation the rows to choose the best epoch by; if empty, as [#fit(Dataset)]
  /// @return how it went
  /// @throws IllegalArgumentException if there are no rows to learn from, the model has nothing to
  ///     train, it computes with a parameter that [dev.lanewise.core.graph.Parameters#of] does not
  ///     find, or early stopping has a patience but nothing to monitor
  /// @throws CheckpointException if a checkpoint cannot be written, or there are some of another
  ///     training
  /// @throws IllegalStateException if the restored weights give other metrics than were recorded:
  ///     somebody else changed weights or data, or the model computes with something that is
  ///     neither
  public TrainingResult fit(Dataset training, Dataset validation) {
    return fit(training, withRows(validation));
  }

  /// Continues a training without a validation set, see [#resume(Path, Dataset, Dataset)].
  ///
  /// @param folder the folder of the checkpoints
  /// @param training the same rows
  /// @return how it went, from the first epoch on
  /// @throws CheckpointException if it cannot be continued here
  public TrainingResult resume(Path folder, Dataset training) {
    return resume(folder, training, Optional.empty());
  }

  /// Continues a training from its last checkpoint that is whole, and ends it with the weights it
  /// would have had if nothing had ended it before, to the bit. A training that was over gives its
  /// result once more.
  ///
  /// Model, data and all settings but the number of threads must be those of [#fit]; the initial
  /// weights are not used. Functions (a predicate on parameters, the monitored metric) cannot be
  /// compared: they must be the same too. Observers hear [TrainingEvent.Started],
  /// [TrainingEvent.Resumed], and then what comes after the checkpoint.
  ///
  /// @param folder the folder of the checkpoints
  /// @param training the same rows
  /// @param validation the same rows; if empty, as [#resume(Path, Dataset)]
  /// @return how it went, from the first epoch on
  /// @throws CheckpointException if no checkpoint is whole; if settings, data or model are others;
  ///     if this machine or program would give other bits, unless [#resumesAnywhere] is said. The
  ///     message names what differs, and nothing is changed
  public TrainingResult resume(Path folder, Dataset training, Dataset validation) {
    return resume(folder, training, withRows(validation));
  }

  /// Measures the model as it is.
  ///
  /// @param dataset the rows
  /// @return the metrics
  /// @throws IllegalArgumentException if there are no rows
  public Metrics evaluate(Dataset dataset) {
    try (Workspace workspace = Workspace.of(threads)) {
      return new Evaluator(model, loss).evaluate(dataset, workspace);
    }
  }

  private TrainingResult fit(Dataset training, Optional<Dataset> validation) {
    try (Workspace workspace = workspace(validation)) {
      return new TrainingRun(this, training, validation, workspace).fromTheStart();
    }
  }

  private TrainingResult resume(Path folder, Dataset training, Optional<Dataset> validation) {
    Checkpoint<SavedState> checkpoint = new CheckpointFolder(folder).readLast(SavedState.class);
    checkpoint.state().requireSettings(settings(training, validation));
    requireSameEnvironment(checkpoint.state().environment());
    try (Workspace workspace = workspace(validation)) {
      return new TrainingRun(this, training, validation, workspace).from(checkpoint);
    }
  }

  private void requireSameEnvironment(Environment was) {
    List<String> differences = was.differences(Environment.here());
    if (differences.isEmpty()) {
      return;
    }
    String what = String.join("; ", differences);
    if (!resumesAnywhere) {
      throw new CheckpointException(
          "Here the training would not end with the bits it would have had: " + what + ".");
    }
    LoggerFactory.getLogger(Trainer.class)
        .warn("The training will not end with the bits it would have had: {}.", what);
  }

  private Workspace workspace(Optional<Dataset> validation) {
    if (validation.isEmpty() && policy().patience() != EarlyStopping.UNLIMITED) {
      throw new IllegalArgumentException(
          "Early stopping with a patience of "
              + policy().patience()
              + " epochs needs a validation set with rows to monitor.");
    }
    int worth = stepThreads();
    if (worth < threads) {
      LoggerFactory.getLogger(Trainer.class)
          .info("A step has work for {} of the {} threads.", worth, threads);
    }
    return Workspace.of(worth);
  }

  /// How many threads a step is worth.
  int stepThreads() {
    long work = batchSize * Parameters.of(model).count();
    return Math.clamp(work / workPerThread, 1, threads);
  }

  private static Optional<Dataset> withRows(Dataset dataset) {
    return Optional.of(dataset).filter(rows -> rows.size() > 0);
  }

  /// Early stopping, which also ends training after the last epoch.
  EarlyStopping policy() {
    return earlyStopping.maxEpochs(Math.min(epochs, earlyStopping.maxEpochs()));
  }

  /// All that the weights depend on besides the initial ones, in words; not the number of threads.
  Map<String, String> settings(Dataset training, Optional<Dataset> validation) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("loss", loss.getClass().isRecord() ? loss.toString() : "a function");
    settings.put("optimizer", regularised().explain());
    settings.put("batch size", Integer.toString(batchSize));
    settings.put("average", averaging == null ? "none" : averaging.toString());
    settings.put("early stopping", policy().toString());
    settings.put("seed", Long.toString(seed));
    settings.put("training rows", rows(training));
    settings.put("validation rows", validation.map(Trainer::rows).orElse("none"));
    return settings;
  }

  private static String rows(Dataset dataset) {
    return dataset.size() + " of " + dataset.provenance();
  }

  /// The optimizer behind the penalties, which see the gradients first.
  GradientTransform<?> regularised() {
    if (penalties.isEmpty()) {
      return optimizer;
    }
    List<GradientTransform<?>> links = new ArrayList<>(penalties);
    links.add(optimizer);
    return new Chain(links);
  }

  private Trainer copy() {
    Trainer copy = new Trainer(model, loss, optimizer);
    copy.batchSize = batchSize;
    copy.epochs = epochs;
    copy.earlyStopping = earlyStopping;
    copy.monitored = monitored;
    copy.penalties = penalties;
    copy.averaging = averaging;
    copy.largestGradient = largestGradient;
    copy.statistics = statistics;
    copy.seed = seed;
    copy.threads = threads;
    copy.workPerThread = workPerThread;
    copy.observers = observers;
    copy.stopRequested = stopRequested;
    copy.checkpoints = checkpoints;
    copy.resumesAnywhere = resumesAnywhere;
    return copy;
  }

  private static void requirePositive(String what, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(
          "The " + what + " must be at least 1, but is " + number + ".");
    }
  }
}
