package dev.lanewise.experiments.run;

import dev.lanewise.layers.ModelSummary;
import dev.lanewise.optim.TrainingEvent;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A line for each epoch, and on a terminal a bar under it while the epoch lasts.
public final class ConsoleProgress implements Progress {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleProgress.class);
  private static final int MILLISECONDS_BETWEEN_UPDATES = 200;
  private static final int NARROWEST_BAR = 40;

  private final PrintWriter out;
  private final @Nullable Terminal terminal;
  private @Nullable ProgressBar bar;
  private TrainingEvent.@Nullable Started sizes;
  private @Nullable EpochLine last;

  private ConsoleProgress(PrintWriter out, @Nullable Terminal terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /// A progress that writes lines, and bars too if standard input and output are a terminal.
  ///
  /// @param out where the lines go
  /// @return the progress
  @SuppressWarnings("SystemConsoleNull") // since JDK 25 it is null again where there is none
  public static ConsoleProgress to(PrintWriter out) {
    Console console = System.console();
    return new ConsoleProgress(
        out, console != null && console.isTerminal() ? openTerminal() : null);
  }

  /// The terminal, opened without touching its signals: left to itself, the progress bar would open
  /// one that lets Ctrl-C end the program before anything is saved.
  private static @Nullable Terminal openTerminal() {
    try {
      return TerminalBuilder.builder().system(true).dumb(true).nativeSignals(false).build();
    } catch (IOException e) {
      LOG.warn(
          "There is no progress bar, because the terminal cannot be opened ({}).", e.toString());
      return null;
    }
  }

  @Override
  public void about(TrainingJob job) {
    RunConfig config = job.config();
    out.println(config.trainData().source());
    out.printf(
        Locale.ROOT,
        "%d examples to train on, %d for validation, %d for the test%n",
        config.split().train(),
        config.split().validation(),
        config.split().test());
    out.println(ModelSummary.of(job.model()));
    TrainSettings settings = config.settings();
    if (settings.isSolved()) {
      out.printf(
          "%s solves for the weights without steps%s%n",
          settings.optimizer(), settings.l2() == 0 ? "" : ", L2 penalty " + settings.l2());
      out.flush();
      return;
    }
    out.printf(
        Locale.ROOT,
        "%s, rate %s (%s), batches of %d%s%n",
        settings.optimizer(),
        settings.lr(),
        settings.schedule(),
        settings.batch(),
        settings.average() == 0
            ? ""
            : "; the model is the moving average of the weights, decay " + settings.average());
    out.println(job.updateRule().indent(2).stripTrailing());
    if (config.split().validation() == 0) {
      out.println(
          "Without validation training runs for all epochs, and the last weights are kept.");
    }
    out.flush();
  }

  @Override
  public void started(TrainingEvent.Started event) {
    sizes = event;
  }

  @Override
  public void resumed(List<EpochLine> lines) {
    lines.forEach(this::epoch);
    out.println("Going on from the checkpoint.");
    out.flush();
  }

  @Override
  public void step(TrainingEvent.StepDone event) {
    if (terminal == null || sizes == null) {
      return;
    }
    ProgressBar current = bar;
    if (current == null) {
      current =
          new ProgressBarBuilder()
              .setTaskName("epoch " + event.epoch() + "/" + sizes.maxEpochs())
              .setInitialMax(sizes.samples())
              .setUnit(" samples", 1)
              .showSpeed(new DecimalFormat("0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
              .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
              .setUpdateIntervalMillis(MILLISECONDS_BETWEEN_UPDATES)
              .setConsumer(consumer(terminal))
              .clearDisplayOnFinish()
              .build();
      bar = current;
    }
    current.stepBy(event.samples());
    String accuracy =
        last == null || last.validationAccuracy() == null
            ? ""
            : String.format(Locale.ROOT, ", accuracy %.2f %%", 100 * last.validationAccuracy());
    current.setExtraMessage(String.format(Locale.ROOT, ", loss %.4f%s", event.loss(), accuracy));
  }

  @Override
  public void epoch(EpochLine line) {
    closeBar();
    last = line;
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "epoch %2d  loss %.4f", line.epoch(), line.trainLoss()));
    if (line.validationLoss() != null) {
      text.append(String.format(Locale.ROOT, "  validation loss %.4f", line.validationLoss()));
    }
    if (line.validationAccuracy() != null) {
      text.append(
          String.format(Locale.ROOT, "  accuracy %.2f %%", 100 * line.validationAccuracy()));
    }
    text.append(String.format(Locale.ROOT, "  %.0f samples/s", line.samplesPerSecond()));
    boolean judged = line.validationLoss() != null;
    out.println(text.append(judged && line.best() ? "  best so far" : ""));
    out.flush();
  }

  @Override
  public void finished(TrainingJob.Outcome outcome) {
    closeBar();
    RunSummary summary = outcome.summary();
    if (outcome.test().isPresent()) { // else the command says what went wrong
      out.println(summary.explanation());
    }
    RunSummary.Solution solution = summary.solution();
    if (solution != null) {
      evidence(solution, summary);
    }
    if (summary.testAccuracy() != null && solution != null) {
      out.printf(Locale.ROOT, "Test accuracy %.2f %%.%n", 100 * summary.testAccuracy());
    } else if (summary.testAccuracy() != null) {
      out.printf(
          Locale.ROOT,
          "Test accuracy %.2f %% with the weights of epoch %d, after %.1f s.%n",
          100 * summary.testAccuracy(),
          summary.bestEpoch(),
          summary.seconds());
    }
    if (summary.testMse() != null) {
      out.printf(Locale.ROOT, "Test mean squared error %.6g.%n", summary.testMse());
    }
  }

  private void evidence(RunSummary.Solution solution, RunSummary summary) {
    out.printf(
        Locale.ROOT,
        "Objective %.6g, optimality %.2g",
        solution.objective(),
        solution.optimality());
    if (solution.condition() != null) {
      out.printf(Locale.ROOT, ", condition %.3g", solution.condition());
    }
    if (solution.iterations() > 0) {
      out.printf(Locale.ROOT, ", %d iterations", solution.iterations());
    }
    out.printf(Locale.ROOT, ", %.1f s.%n", summary.seconds());
    if (summary.validationLoss() != null) {
      out.printf(Locale.ROOT, "Validation loss %.4f.%n", summary.validationLoss());
    }
  }

  @Override
  public void close() {
    closeBar();
    if (terminal != null) {
      try {
        terminal.close();
      } catch (IOException e) {
        LOG.warn("The terminal cannot be closed ({}).", e.toString());
      }
    }
  }

  private static ConsoleProgressBarConsumer consumer(Terminal terminal) {
    PrintStream stream = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
    int width = Math.max(terminal.getWidth() - 1, NARROWEST_BAR);
    return new ConsoleProgressBarConsumer(stream, width);
  }

  private void closeBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
