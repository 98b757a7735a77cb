package dev.lanewise.experiments;

import dev.lanewise.experiments.run.InputException;
import dev.lanewise.experiments.run.MetricsFile;
import dev.lanewise.optim.stopping.Condition;
import dev.lanewise.optim.stopping.Direction;
import dev.lanewise.optim.stopping.EarlyStopping;
import dev.lanewise.optim.stopping.Monitor;
import dev.lanewise.optim.stopping.NotFinite;
import dev.lanewise.optim.stopping.Observation;
import dev.lanewise.optim.stopping.Replay;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `replay`: where a finished run would have stopped under another policy.
@Command(
    name = "replay",
    description = "Applies another policy of early stopping to the saved history of a run.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class ReplayCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "a run's folder")
  private Path run = Path.of("");

  @Option(
      names = "--monitor",
      paramLabel = "METRIC",
      description =
          "a name in metrics.jsonl; otherwise validation_accuracy if it is there, else"
              + " validation_loss, else train_loss")
  private @Nullable String metric;

  @Option(
      names = "--mode",
      paramLabel = "min|max",
      description = "what is better; must be said for metrics other than losses and accuracies")
  private @Nullable String mode;

  @Option(names = "--patience", paramLabel = "N", description = "epochs without progress")
  private int patience = 5;

  @Option(names = "--min-delta", paramLabel = "X", description = "what counts as progress")
  private double minDelta = 0;

  @Option(
      names = "--relative-delta",
      paramLabel = "SHARE",
      description = "what counts as progress, as a share of the best")
  private double relativeDelta = 0;

  @Option(names = "--warmup", paramLabel = "N", description = "epochs before patience begins")
  private int warmup = 0;

  @Option(names = "--target", paramLabel = "X", description = "stop when it is reached")
  private @Nullable Double target;

  @Option(names = "--limit", paramLabel = "X", description = "stop when it is worse than this")
  private @Nullable Double limit;

  @Option(names = "--seconds", paramLabel = "N", description = "a budget of training time")
  private @Nullable Double seconds;

  @Option(names = "--stop-at-nan", description = "stop when it is not a finite number")
  private boolean stopAtNan;

  @Override
  public void run() {
    List<Observation> epochs = MetricsFile.read(run);
    String name = metric == null ? usual(epochs.getFirst().values()) : metric;
    Direction direction = direction(name);
    Replay replay;
    Replay whole;
    try {
      replay = policy(name, direction).replay(epochs);
      whole = EarlyStopping.of(new Monitor(name, direction)).replay(epochs);
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (replay.stop().isPresent()) {
      out.println(replay.explanation());
    } else {
      out.printf("It would not have stopped within the %d epochs of the run.%n", epochs.size());
    }
    out.println();
    row(out, "", "epochs", "best epoch", name, "seconds");
    row(out, "the run", epochs, whole, name);
    row(out, "this policy", epochs, replay, name);
  }

  private static void row(
      PrintWriter out, String who, List<Observation> epochs, Replay replay, String name) {
    double time = epochs.stream().limit(replay.epochs()).mapToDouble(Observation::seconds).sum();
    String best =
        replay.bestEpoch() == 0
            ? "none"
            : String.format(
                Locale.ROOT, "%.6g", epochs.get(replay.bestEpoch() - 1).values().get(name));
    row(
        out,
        who,
        Integer.toString(replay.epochs()),
        Integer.toString(replay.bestEpoch()),
        best,
        String.format(Locale.ROOT, "%.2f", time));
  }

  private static void row(
      PrintWriter out, String who, String epochs, String best, String value, String seconds) {
    out.printf("%-12s %8s %11s %20s %10s%n", who, epochs, best, value, seconds);
  }

  private EarlyStopping policy(String name, Direction direction) {
    EarlyStopping policy =
        EarlyStopping.of(new Monitor(name, direction, minDelta, relativeDelta))
            .patience(patience)
            .warmup(warmup)
            .notFinite(stopAtNan ? NotFinite.STOP : NotFinite.WAIT);
    if (target != null) {
      policy = policy.stopWhen(new Condition.Target(name, direction, target));
    }
    if (limit != null) {
      policy = policy.stopWhen(new Condition.WorseThan(name, direction, limit));
    }
    if (seconds != null) {
      policy = policy.stopWhen(new Condition.TimeBudget(seconds));
    }
    return policy;
  }

  private static String usual(Map<String, Double> values) {
    return List.of("validation_accuracy", "validation_loss").stream()
        .filter(values::containsKey)
        .findFirst()
        .orElse("train_loss");
  }

  private Direction direction(String name) {
    if (mode == null) {
      if (name.endsWith("_accuracy")) {
        return Direction.MAX;
      }
      if (name.endsWith("_loss")) {
        return Direction.MIN;
      }
      throw new InputException(
          "Whether a small or a large " + name + " is better must be said: --mode min or max.");
    }
    return switch (mode) {
      case "min" -> Direction.MIN;
      case "max" -> Direction.MAX;
      default -> throw new InputException("--mode must be min or max, but is '" + mode + "'.");
    };
  }
}
