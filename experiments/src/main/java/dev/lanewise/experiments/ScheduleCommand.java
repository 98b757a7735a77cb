package dev.lanewise.experiments;

import dev.lanewise.experiments.report.Picture;
import dev.lanewise.experiments.report.SchedulePlot;
import dev.lanewise.experiments.report.TextPlot;
import dev.lanewise.experiments.run.InputException;
import dev.lanewise.experiments.run.OutputException;
import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.schedule.Schedules;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `schedule`: shows a learning rate before anything is trained with it.
@Command(
    name = "schedule",
    description = "Prints and plots a schedule of the learning rate; without one, lists the kinds.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class ScheduleCommand implements Runnable {
  private static final int ROWS = 20;
  private static final int POINTS = 2000;

  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "SPEC",
      arity = "0..1",
      description = "as in cosine, step:10ep,0.1 or warmup:5%%+cosine")
  private @Nullable String spec;

  @Option(names = "--lr", paramLabel = "RATE", description = "the largest learning rate")
  private double lr = 1e-3;

  @Option(names = "--epochs", paramLabel = "N", description = "how many epochs there are")
  private int epochs = 20;

  @Option(names = "--steps-per-epoch", paramLabel = "N", description = "the steps of an epoch")
  private int stepsPerEpoch = 100;

  @Option(names = "--out", paramLabel = "FILE.png", description = "a file for a picture")
  private @Nullable Path picture;

  @Override
  public void run() {
    PrintWriter out = command.commandLine().getOut();
    if (spec == null) {
      Schedules.forms().forEach(form -> out.printf("%-38s %s%n", form.syntax(), form.meaning()));
      out.println();
      out.println("A length is a number of steps (500), of epochs (3ep) or a share of all (5%).");
      out.println("Parts follow each other by +, each but the last with its length: cosine@50%.");
      return;
    }
    long steps = (long) epochs * stepsPerEpoch;
    Schedule schedule = parse(spec, steps);
    long[] shown = places(steps, POINTS);
    double[] rates = LongStream.of(shown).mapToDouble(schedule::at).toArray();
    if (picture != null) {
      write(picture, LongStream.of(shown).asDoubleStream().toArray(), rates);
    }
    out.printf("%s%n%n", schedule);
    out.printf("%10s %8s %14s%n", "step", "epoch", "rate");
    for (long step : places(steps, ROWS + 1)) {
      double epoch = (double) (step - 1) / stepsPerEpoch;
      out.printf(Locale.ROOT, "%10d %8.2f %14.8g%n", step, epoch, schedule.at(step));
    }
    out.println();
    out.print(TextPlot.of(rates, "step 1", "step " + steps));
  }

  private Schedule parse(String text, long steps) {
    try {
      if (epochs < 1 || stepsPerEpoch < 1) {
        throw new IllegalArgumentException(
            "--epochs and --steps-per-epoch must be whole numbers from 1 on, but are %d and %d."
                .formatted(epochs, stepsPerEpoch));
      }
      return Schedules.parse(text, lr, stepsPerEpoch, steps);
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  /// So many steps from the first to the last, or all if there are fewer.
  private static long[] places(long steps, int most) {
    int count = (int) Math.min(steps, most);
    return IntStream.range(0, count)
        .mapToLong(i -> count == 1 ? 1 : 1 + Math.round((double) i * (steps - 1) / (count - 1)))
        .toArray();
  }

  private void write(Path file, double[] steps, double[] rates) {
    Path name = file.getFileName();
    if (name == null || !name.toString().endsWith(".png")) {
      throw new InputException("--out must be a file that ends in .png, but is " + file + ".");
    }
    Picture drawn = SchedulePlot.of(name.toString(), String.valueOf(spec), steps, rates);
    try {
      Files.write(file, drawn.png());
    } catch (IOException e) {
      throw new OutputException(file, e);
    }
  }
}
