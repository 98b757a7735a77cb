package dev.lanewise.optim;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.data.Dataset;
import dev.lanewise.optim.metric.Evaluator;
import dev.lanewise.optim.metric.Metrics;
import dev.lanewise.optim.stopping.EarlyStopping;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.GradientTransform;
import dev.lanewise.optim.transform.Penalty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

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
/// seed 1, all processors, early stopping without patience on the smallest validation loss, no
/// penalty, no averaging.
///
/// The order of the rows derives from (seed, "order", epoch), what is drawn in a step from (seed,
/// "step", step). Equal settings, data and initial weights give equal weights to the bit, on any
/// number of threads.
public final class Trainer {
  private final Layer model;
  private final Loss loss;
  private final GradientTransform<?> optimizer;
  private int batchSize = 32;
  private int epochs = 10;
  private EarlyStopping earlyStopping = EarlyStopping.minimising();
  private ToDoubleFunction<Metrics> monitored = Metrics::loss;
  private List<Penalty> penalties = List.of();
  private @Nullable Averaging averaging;
  private long seed = 1;
  private int threads = Runtime.getRuntime().availableProcessors();
  private List<TrainingObserver> observers = List.of();
  private BooleanSupplier stopRequested = () -> false;

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

  /// Another number of threads; the weights do not depend on it.
  ///
  /// @param number how many threads compute
  /// @return a new trainer
  /// @throws IllegalArgumentException if it is not positive
  public Trainer threads(int number) {
    requirePositive("number of threads", number);
    Trainer changed = copy();
    changed.threads = number;
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

  /// Trains without a validation set: for all epochs, and the last weights are kept.
  ///
  /// @param training the rows to learn from
  /// @return how it went
  /// @throws IllegalArgumentException if there are no rows, the model has nothing to train, it
  ///     computes with a parameter that [dev.lanewise.core.graph.Parameters#of] does not find, or
  ///     early stopping has a patience but nothing to monitor
  public TrainingResult fit(Dataset training) {
    return run(training, Optional.empty());
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
  /// @throws IllegalStateException if the restored weights give other metrics than were recorded:
  ///     somebody else changed weights or data, or the model computes with something that is
  ///     neither
  public TrainingResult fit(Dataset training, Dataset validation) {
    return run(training, Optional.of(validation).filter(rows -> rows.size() > 0));
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

  private TrainingResult run(Dataset training, Optional<Dataset> validation) {
    EarlyStopping policy = earlyStopping.maxEpochs(Math.min(epochs, earlyStopping.maxEpochs()));
    if (validation.isEmpty() && policy.patience() != EarlyStopping.UNLIMITED) {
      throw new IllegalArgumentException(
          "Early stopping with a patience of "
              + policy.patience()
              + " epochs needs a validation set with rows to monitor.");
    }
    try (Workspace workspace = Workspace.of(threads)) {
      return new TrainingRun(
              model,
              loss,
              regularised(),
              penalties,
              batchSize,
              Optional.ofNullable(averaging),
              policy,
              monitored,
              seed,
              observers,
              stopRequested,
              workspace)
          .run(training, validation);
    }
  }

  /// The optimizer behind the penalties, which see the gradients first.
  private GradientTransform<?> regularised() {
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
    copy.seed = seed;
    copy.threads = threads;
    copy.observers = observers;
    copy.stopRequested = stopRequested;
    return copy;
  }

  private static void requirePositive(String what, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(
          "The " + what + " must be at least 1, but is " + number + ".");
    }
  }
}
