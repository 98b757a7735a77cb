package dev.lanewise.experiments;

import dev.lanewise.experiments.report.RunReport;
import dev.lanewise.experiments.run.ConsoleProgress;
import dev.lanewise.experiments.run.DataSource;
import dev.lanewise.experiments.run.ExtraFile;
import dev.lanewise.experiments.run.InputException;
import dev.lanewise.experiments.run.Progress;
import dev.lanewise.experiments.run.RunConfig;
import dev.lanewise.experiments.run.RunFolder;
import dev.lanewise.experiments.run.SolvedJob;
import dev.lanewise.experiments.run.TrainSettings;
import dev.lanewise.experiments.run.TrainingJob;
import dev.lanewise.optim.direct.DirectSolvers;
import dev.lanewise.optim.optimizer.Optimizers;
import dev.lanewise.optim.stopping.StopReason;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `train`: trains a multilayer perceptron and leaves a run's folder.
@Command(
    name = "train",
    description = "Trains a network and writes a folder with its weights, metrics and report.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class TrainCommand implements Callable<Integer> {
  private static final Path RUNS = Path.of("runs");

  /// The flags that a direct solver has a use for.
  private static final Set<String> FLAGS_OF_SOLVERS =
      Set.of(
          "--data",
          "--hidden",
          "--loss",
          "--optimizer",
          "--l2",
          "--validation",
          "--seed",
          "--dtype",
          "--threads",
          "--out",
          "--quiet");

  @Spec private CommandSpec spec;

  @Option(names = "--data", paramLabel = "NAME|PATH", description = "a built-in set or a folder")
  private String data = "synthetic-digits";

  @Option(
      names = "--hidden",
      paramLabel = "N,N,…",
      description = "the units of each hidden layer; \"\" for a linear model")
  private String hidden = "128";

  @Option(names = "--activation", paramLabel = "NAME", description = "after each hidden layer")
  private String activation = "relu";

  @Option(names = "--loss", paramLabel = "NAME", description = "auto: what the targets ask for")
  private String loss = "auto";

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description =
          "what makes steps of gradients; or, for a linear model, what solves for it without any:"
              + " least-squares, ridge, least-absolute or newton")
  private String optimizer = "adam";

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      description = "the learning rate; by default the optimizer's usual one, 1e-3 for adam",
      showDefaultValue = Visibility.NEVER)
  private @Nullable Double lr;

  @Option(
      names = "--schedule",
      paramLabel = "SPEC",
      description =
          "how the rate changes, as in cosine or warmup:5%%+cosine; see lanewise schedule")
  private String schedule = "constant";

  @Option(names = "--momentum", paramLabel = "X", description = "of optimizers that have one")
  private String momentum = TrainSettings.USUAL;

  @Option(
      names = "--convention",
      paramLabel = "NAME",
      description = "whose form of the optimizer: torch, keras, sklearn or paper")
  private String convention = TrainSettings.USUAL;

  @Option(
      names = "--clip-norm",
      paramLabel = "X",
      description = "the largest norm of a gradient over all parameters; 0: any")
  private double clipNorm = 0;

  @Option(names = "--batch", paramLabel = "N", description = "the examples of a step")
  private int batch = 128;

  @Option(names = "--epochs", paramLabel = "N", description = "how many epochs at most")
  private int epochs = 20;

  @Option(names = "--l1", paramLabel = "LAMBDA", description = "of the penalty LAMBDA·Σ|w|")
  private double l1 = 0;

  @Option(names = "--l2", paramLabel = "LAMBDA", description = "of the penalty ½·LAMBDA·‖w‖²")
  private double l2 = 0;

  @Option(
      names = "--lp",
      paramLabel = "P:LAMBDA",
      description = "of the penalty LAMBDA/P·Σ|w|^P, P from 1 on")
  private String lp = "2:0";

  @Option(
      names = "--dropout",
      paramLabel = "RATE",
      description = "the share of a hidden layer's units that a step leaves out")
  private double dropout = 0;

  @Option(
      names = "--average",
      paramLabel = "DECAY",
      description =
          "the model is the moving average of the weights, by DECAY per step; 0: it is not")
  private double average = 0.998;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "how many epochs without progress end training")
  private int patience = 5;

  @Option(names = "--min-delta", paramLabel = "X", description = "what counts as progress")
  private double minDelta = 0;

  @Option(
      names = "--validation",
      paramLabel = "FRACTION",
      description = "of the training part, to choose the best epoch by")
  private double validation = 0.1;

  @Option(names = "--seed", paramLabel = "N", description = "what everything random derives from")
  private long seed = 1;

  @Option(names = "--dtype", paramLabel = "TYPE", description = "float32 or float64")
  private String dtype = "float32";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "how many threads compute at most; changes no result")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "the run's folder, new or empty; by default a new one in runs/",
      showDefaultValue = Visibility.NEVER)
  private @Nullable Path out;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "goes on with a run that was killed or interrupted, from its last checkpoint",
      showDefaultValue = Visibility.NEVER)
  private @Nullable Path resume;

  @Option(
      names = "--resume-anyway",
      description = "goes on also where processor, JDK or kernels are others and give other bits")
  private boolean resumeAnyway;

  @Option(
      names = "--hashes",
      description = "hashes each parameter after each step, for lanewise diff")
  private boolean hashes;

  @Option(names = "--csv", description = "writes the epochs also as metrics.csv")
  private boolean csv;

  @Option(
      names = "--statistics",
      description = "measures gradients, updates and dead units, for the report too")
  private boolean statistics;

  @Option(names = "--tensorboard", description = "writes event files for TensorBoard")
  private boolean tensorboard;

  @Option(names = "--quiet", description = "no progress")
  private boolean quiet;

  @Override
  public Integer call() {
    return resume == null ? begin() : goOn(resume);
  }

  private int begin() {
    TrainSettings settings = settings();
    RunFolder.requireUsable(out == null ? RUNS : out, out == null);
    TrainingJob job = TrainingJob.prepare(settings);
    if (settings.isSolved()) {
      return solve(job);
    }
    return train(
        job, newFolder(), (where, progress, stop) -> job.run(where, progress, stop, extras()));
  }

  private RunFolder newFolder() {
    return out == null
        ? RunFolder.createNext(RUNS, DataSource.shortName(data))
        : RunFolder.create(out);
  }

  private int solve(TrainingJob job) {
    PrintWriter console = spec.commandLine().getOut();
    try (Progress progress = quiet ? Progress.none() : ConsoleProgress.to(console)) {
      progress.about(job);
      SolvedJob solved = SolvedJob.solve(job);
      RunFolder folder = newFolder();
      TrainingJob.Outcome outcome = solved.write(folder);
      finish(folder, solved.job(), outcome, progress);
    }
    return 0;
  }

  private int goOn(Path run) {
    RunFolder folder = new RunFolder(run);
    TrainSettings recorded = RunConfig.read(run).settings();
    if (recorded.isSolved()) {
      throw new InputException(
          run + ": there is nothing to go on with, for " + recorded.optimizer() + " has no steps.");
    }
    recorded.requireSame(settings(), givenFlags(), run);
    TrainingJob job = TrainingJob.prepare(recorded.withThreads(threads));
    return train(
        job, folder, (where, progress, stop) -> job.resume(where, progress, stop, resumeAnyway));
  }

  private Set<ExtraFile> extras() {
    Set<ExtraFile> extras = EnumSet.noneOf(ExtraFile.class);
    if (hashes) {
      extras.add(ExtraFile.HASHES);
    }
    if (csv) {
      extras.add(ExtraFile.CSV);
    }
    if (statistics) {
      extras.add(ExtraFile.STATISTICS);
    }
    if (tensorboard) {
      extras.add(ExtraFile.TENSORBOARD);
    }
    return extras;
  }

  /// One of the ways to train.
  @FunctionalInterface
  private interface Training {
    TrainingJob.Outcome of(RunFolder folder, Progress progress, BooleanSupplier stopRequested);
  }

  private int train(TrainingJob job, RunFolder folder, Training training) {
    PrintWriter console = spec.commandLine().getOut();
    try (Interrupt interrupt = Interrupt.listen();
        Progress progress = quiet ? Progress.none() : ConsoleProgress.to(console)) {
      progress.about(job);
      TrainingJob.Outcome outcome = training.of(folder, progress, interrupt::requested);
      finish(folder, job, outcome, progress);
      return outcome.stop().map(stop -> exitCode(stop, outcome)).orElse(0);
    }
  }

  private void finish(
      RunFolder folder, TrainingJob job, TrainingJob.Outcome outcome, Progress progress) {
    PrintWriter console = spec.commandLine().getOut();
    RunReport.write(folder, job, outcome);
    progress.finished(outcome);
    console.println(folder.file(RunFolder.SUMMARY));
    console.flush();
  }

  /// The flags of the command line that say something about the run itself.
  private List<String> givenFlags() {
    return spec.commandLine().getParseResult().matchedOptions().stream()
        .map(OptionSpec::longestName)
        .filter(
            name -> !Set.of("--resume", "--resume-anyway", "--threads", "--quiet").contains(name))
        .toList();
  }

  private int exitCode(StopReason reason, TrainingJob.Outcome outcome) {
    return switch (reason) {
      case StopReason.EPOCHS,
          StopReason.PATIENCE,
          StopReason.TARGET,
          StopReason.TIME,
          StopReason.CONDITIONS ->
          0;
      case StopReason.DIVERGED -> {
        spec.commandLine().getErr().println("lanewise train: " + outcome.summary().explanation());
        yield Errors.FAILED;
      }
      case StopReason.INTERRUPTED -> {
        spec.commandLine().getErr().println("lanewise train: " + outcome.summary().explanation());
        yield Errors.INTERRUPTED;
      }
    };
  }

  private TrainSettings settings() {
    require(!data.isBlank(), "--data", "a built-in set or a folder", "empty");
    require(
        out == null || !out.toString().isBlank(),
        "--out",
        "a folder that is new or empty",
        "empty");
    boolean solved = DirectSolvers.names().contains(optimizer);
    if (solved) {
      requireFlagsOfSolver();
    }
    double rate = lr != null ? lr : solved ? 0 : usualRate();
    return new TrainSettings(
        data,
        units(hidden),
        activation,
        loss,
        optimizer,
        rate,
        schedule,
        momentum,
        convention,
        clipNorm,
        batch,
        epochs,
        l1,
        l2,
        lp,
        dropout,
        solved ? 0 : average,
        patience,
        minDelta,
        validation,
        seed,
        dtype,
        threads);
  }

  private void requireFlagsOfSolver() {
    for (OptionSpec each : spec.commandLine().getParseResult().matchedOptions()) {
      if (!FLAGS_OF_SOLVERS.contains(each.longestName())) {
        throw new InputException(
            "%s does not go with --optimizer %s, which solves for the weights without steps."
                .formatted(each.longestName(), optimizer));
      }
    }
  }

  private double usualRate() {
    if (!Optimizers.names().contains(optimizer)) {
      throw new InputException(
          "There is no optimizer '%s': expected one of %s; or for a linear model, one of %s."
              .formatted(
                  optimizer,
                  String.join(", ", Optimizers.names()),
                  String.join(", ", DirectSolvers.names())));
    }
    return Optimizers.usualRate(optimizer);
  }

  private static void require(boolean holds, String flag, String expected, Object found) {
    if (!holds) {
      throw new InputException(flag + " must be " + expected + ", not " + found + ".");
    }
  }

  private static List<Integer> units(String text) {
    List<Integer> units = new ArrayList<>();
    if (text.isBlank()) {
      return units;
    }
    for (String part : text.split(",", -1)) {
      try {
        units.add(Integer.parseInt(part.strip()));
      } catch (NumberFormatException e) {
        throw wrongHidden(text, e);
      }
      if (units.getLast() < 1) {
        throw wrongHidden(text, null);
      }
    }
    return units;
  }

  private static InputException wrongHidden(String text, @Nullable Exception cause) {
    String message =
        "--hidden must be whole numbers from 1 on with commas between, as in 512,256, or \"\" for a"
            + " linear model, not '"
            + text
            + "'.";
    return cause == null ? new InputException(message) : new InputException(message, cause);
  }
}
