package dev.lanewise.experiments.run;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.ImageDataset;
import dev.lanewise.data.Split;
import dev.lanewise.data.TrainAndTest;
import dev.lanewise.layers.ModelFile;
import dev.lanewise.layers.Sequential;
import dev.lanewise.optim.Averaging;
import dev.lanewise.optim.EpochRecord;
import dev.lanewise.optim.Trainer;
import dev.lanewise.optim.TrainingResult;
import dev.lanewise.optim.checkpoint.Checkpoints;
import dev.lanewise.optim.metric.Metrics;
import dev.lanewise.optim.stopping.EarlyStopping;
import dev.lanewise.optim.stopping.StopReason;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.GradientTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// A training run from checked settings to weights and a summary. [#prepare] does all that can go
/// wrong because of the user's input, before anything is written. [SolvedJob] is one without steps.
///
/// The best epoch is chosen by validation: the largest accuracy for classes, else the smallest
/// loss. The test part is read once, by the weights of the best epoch.
///
/// @param config everything about the run
/// @param training the rows to learn from
/// @param validation the rows to choose the best epoch by; may be empty
/// @param test the rows to report the result on
/// @param choice the loss
/// @param model the model, with its initial weights
public record TrainingJob(
    RunConfig config,
    Dataset training,
    Dataset validation,
    Dataset test,
    LossChoice choice,
    Sequential model) {
  /// About how often an epoch's gradients and updates are measured, if they are.
  private static final int MEASURED_STEPS_PER_EPOCH = 20;

  /// What a run came to.
  ///
  /// @param lines the epochs
  /// @param stop why training ended; empty if the model was solved for
  /// @param test the answers on the test part; empty unless training ended well
  /// @param summary the result
  public record Outcome(
      List<EpochLine> lines,
      Optional<StopReason> stop,
      Optional<TestResult> test,
      RunSummary summary) {}

  /// Checks the settings, reads the data and builds the model.
  ///
  /// @param settings the settings
  /// @return the job
  /// @throws InputException if a name is unknown, or data and settings do not fit together
  /// @throws dev.lanewise.data.DataException if data are missing or malformed
  public static TrainingJob prepare(TrainSettings settings) {
    DType dtype = settings.elementType();
    settings.penalties();
    if (settings.isSolved()) {
      settings.solver();
    }
    LossChoice.requireKnown(settings.loss());
    MlpSpec.activationByName(settings.activation());
    TrainAndTest<? extends Dataset> data = DataSource.load(settings.data(), settings.threads());
    return prepare(settings, data, dtype);
  }

  /// As [#prepare(TrainSettings)], on data that are there.
  static TrainingJob prepare(
      TrainSettings settings, TrainAndTest<? extends Dataset> data, DType dtype) {
    boolean classes = !data.train().classLabels().isEmpty();
    LossChoice choice =
        settings.isSolved()
            ? LossChoice.ofSolver(settings, data.train())
            : LossChoice.of(settings.loss(), data.train());
    Split split = split(data.train(), settings);
    if (!settings.isSolved()) {
      settings.chain(stepsPerEpoch(split.train(), settings));
    }
    int outputs = classes ? data.train().classLabels().size() : data.train().targetShape().size();
    MlpSpec spec =
        new MlpSpec(
            data.train().featureShape().size(),
            settings.hidden(),
            settings.activation(),
            settings.dropout(),
            outputs);
    RunConfig config =
        new RunConfig(
            settings.withLoss(choice.label()),
            spec,
            InputScaling.fit(split.train(), data.train() instanceof ImageDataset),
            TargetScaling.fit(split.train()),
            data.train().classLabels(),
            Workspace.DEFAULT_ROWS_PER_SHARD,
            new RunConfig.SplitSizes(
                split.train().size(), split.validation().size(), data.test().size()),
            data.train().provenance(),
            data.test().provenance(),
            RunConfig.theseKernels(),
            RunConfig.thisJdk(),
            RunConfig.thisMachine(),
            RunConfig.thisVersion());
    return new TrainingJob(
        config,
        split.train(),
        split.validation(),
        data.test(),
        choice,
        spec.build(settings.seed(), dtype));
  }

  /// Trains. Writes the configuration before, the metrics on the way, and weights and summary at
  /// the end.
  ///
  /// @param folder where to
  /// @param progress who is told
  /// @param stopRequested true ends training after the step
  /// @param extras what to write beside the usual files
  /// @return what it came to
  /// @throws OutputException if a file cannot be written
  public Outcome run(
      RunFolder folder, Progress progress, BooleanSupplier stopRequested, Set<ExtraFile> extras) {
    folder.write(RunFolder.CONFIG, Json.page(config));
    return run(folder, progress, stopRequested, extras, Trainer::fit);
  }

  /// Goes on where a run was killed or interrupted, and ends it with the weights it would have had.
  /// The extra files that it began are continued.
  ///
  /// @param folder the run's folder
  /// @param progress who is told
  /// @param stopRequested true ends training after the step
  /// @param anyway goes on also where the processor or the program give other bits
  /// @return what it came to, from its first epoch on
  /// @throws dev.lanewise.optim.checkpoint.CheckpointException if it cannot go on here
  /// @throws InputException if one of its files ends before its checkpoint
  /// @throws OutputException if a file cannot be written
  public Outcome resume(
      RunFolder folder, Progress progress, BooleanSupplier stopRequested, boolean anyway) {
    return run(
        folder,
        progress,
        stopRequested,
        ExtraFile.in(folder),
        (trainer, rows, others) ->
            (anyway ? trainer.resumesAnywhere() : trainer)
                .resume(folder.file(RunFolder.CHECKPOINTS), rows, others));
  }

  /// Trains from the start, or from where a checkpoint is.
  @FunctionalInterface
  private interface Training {
    TrainingResult of(Trainer trainer, Dataset training, Dataset validation);
  }

  private Outcome run(
      RunFolder folder,
      Progress progress,
      BooleanSupplier stopRequested,
      Set<ExtraFile> extras,
      Training way) {
    Dataset sample = prepared(trainingSample());
    Trainer trainer =
        trainer(extras.contains(ExtraFile.STATISTICS), sample)
            .checkpoints(Checkpoints.in(folder.file(RunFolder.CHECKPOINTS)))
            .stopWhen(stopRequested);
    long start = System.nanoTime();
    TrainingResult result;
    List<EpochLine> lines;
    double earlier;
    try (RunRecorder recorder = new RunRecorder(folder, progress, () -> trainer.evaluate(sample));
        ExtraFiles files = new ExtraFiles()) {
      extras.forEach(each -> files.open(folder.file(each.file()), () -> each.open(folder, model)));
      result =
          way.of(
              trainer.observer(recorder).observer(files), prepared(training), prepared(validation));
      lines = recorder.lines();
      earlier = recorder.secondsBefore();
    }
    double seconds = earlier + (System.nanoTime() - start) * 1e-9;
    folder.replace(RunFolder.MODEL, path -> ModelFile.save(model, path));
    Optional<TestResult> tested =
        result.stop().endedWell() ? Optional.of(testResult()) : Optional.empty();
    RunSummary summary = summary(result, tested, seconds);
    folder.write(RunFolder.SUMMARY, Json.page(summary));
    return new Outcome(lines, Optional.of(result.stop()), tested, summary);
  }

  private Trainer trainer(boolean measured, Dataset sample) {
    TrainSettings settings = config.settings();
    boolean validated = validation.size() > 0;
    EarlyStopping policy =
        isClassification() ? EarlyStopping.maximising() : EarlyStopping.minimising();
    Trainer trainer =
        Trainer.of(model, choice.loss(), settings.chain(stepsPerEpoch(training, settings)))
            .batchSize(settings.batch())
            .epochs(settings.epochs())
            .earlyStopping(
                policy
                    .minDelta(settings.minDelta())
                    .patience(validated ? settings.patience() : EarlyStopping.UNLIMITED),
                isClassification() ? Metrics::accuracy : Metrics::loss)
            .seed(settings.seed())
            .threads(settings.threads());
    if (settings.average() > 0) {
      trainer = trainer.averaging(Averaging.exponential(settings.average()));
    }
    if (measured) {
      long every = Math.ceilDiv(stepsPerEpoch(training, settings), MEASURED_STEPS_PER_EPOCH);
      trainer = trainer.statistics((int) every, sample);
    }
    return trainer.penalty(settings.penalties());
  }

  /// How gradients become updates, with all numbers.
  ///
  /// @return one line for each transform, the penalties first
  public String updateRule() {
    TrainSettings settings = config.settings();
    List<GradientTransform<?>> links = new ArrayList<>(List.of(settings.penalties()));
    links.add(settings.chain(stepsPerEpoch(training, settings)));
    return new Chain(links).explain();
  }

  private static long stepsPerEpoch(Dataset training, TrainSettings settings) {
    return Math.ceilDiv((long) training.size(), settings.batch());
  }

  /// What the weights come to on the test part.
  TestResult testResult() {
    TrainSettings settings = config.settings();
    return TestResult.of(
        model,
        choice,
        config.inputs().apply(test),
        config.targets(),
        settings.elementType(),
        settings.threads());
  }

  private RunSummary summary(TrainingResult result, Optional<TestResult> tested, double seconds) {
    Optional<Metrics> validated = result.best().flatMap(EpochRecord::validation);
    double trainingSeconds = result.history().stream().mapToDouble(EpochRecord::seconds).sum();
    double samples = result.history().stream().mapToDouble(EpochRecord::samples).sum();
    return new RunSummary(
        tested.map(TestResult::accuracy).orElse(null),
        tested.map(TestResult::meanSquaredError).orElse(null),
        tested.map(TestResult::loss).orElse(null),
        result.bestEpoch().orElse(0),
        validation.size() == 0
            ? "last epoch"
            : isClassification() ? "validation accuracy" : "validation loss",
        validated.map(found -> found.others().get(Metrics.ACCURACY)).orElse(null),
        validated.map(Metrics::loss).orElse(null),
        result.history().size(),
        result.steps(),
        result.stop().name().toLowerCase(Locale.ROOT),
        result.explanation(),
        seconds,
        trainingSeconds == 0 ? 0 : samples / trainingSeconds,
        Parameters.of(model).count(),
        config.settings().seed(),
        null);
  }

  /// As model and loss want it.
  Dataset prepared(Dataset dataset) {
    return choice.prepare(config.targets().apply(config.inputs().apply(dataset)));
  }

  private boolean isClassification() {
    return !config.classLabels().isEmpty();
  }

  /// As many training rows as there are for validation, or 1000 without validation.
  private Dataset trainingSample() {
    int wanted = validation.size() > 0 ? validation.size() : 1000;
    int size = Math.min(wanted, training.size());
    int step = training.size() / size;
    return training.select(IntStream.range(0, size).map(i -> i * step).toArray());
  }

  private static Split split(Dataset dataset, TrainSettings settings) {
    double fraction = settings.validation();
    Key key = Key.of(settings.seed()).with("validation");
    Split split;
    try {
      split =
          dataset.classLabels().isEmpty()
              ? Split.random(dataset, fraction, 0, key)
              : Split.stratified(dataset, fraction, 0, key);
    } catch (IllegalArgumentException e) {
      throw new InputException("--validation " + fraction + ": " + e.getMessage(), e);
    }
    if (fraction > 0 && split.validation().size() == 0) {
      throw new InputException(
          "--validation "
              + fraction
              + " of "
              + dataset.size()
              + " training examples is none: ask for more, or for 0.");
    }
    return split;
  }
}
