package dev.lanewise.experiments.published;

import dev.lanewise.data.table.RegressionFolder;
import dev.lanewise.experiments.lecture.Experiment;
import dev.lanewise.experiments.run.InputException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Five sets for regression, each on its 20 published splits, beside the backpropagation of J. M.
/// Hernández-Lobato and R. Adams, *Probabilistic Backpropagation for Scalable Learning of Bayesian
/// Neural Networks* (ICML 2015), table 1: one hidden layer of 50 units. [SplitExperiment] is what
/// is done with a split.
public final class UciRegression implements Experiment {
  private static final long SEED = 1;

  private final Optional<Path> data;

  /// The experiment.
  ///
  /// @param data a folder with a [RegressionFolder] for each set; empty only to list the experiment
  public UciRegression(Optional<Path> data) {
    this.data = data;
  }

  /// A set and its published error.
  ///
  /// @param folder the name of its folder
  /// @param published the mean over the splits of the root mean squared error of backpropagation
  record Target(String folder, double published) {}

  static final List<Target> TARGETS =
      List.of(
          new Target("boston-housing", 3.23),
          new Target("energy-efficiency", 1.10),
          new Target("yacht-hydrodynamics", 1.18),
          new Target("kin8nm", 0.09),
          new Target("power-plant", 4.18));

  @Override
  public String name() {
    return "uci-regression";
  }

  @Override
  public String claim() {
    return "One hidden layer of 50 units reaches the published errors of five sets on their"
        + " splits.";
  }

  @Override
  public void run(PrintWriter out, Optional<Path> folder) {
    Path root =
        data.orElseThrow(
            () ->
                new InputException(
                    "The experiment "
                        + name()
                        + " needs --data DIR: a folder with the folders "
                        + String.join(", ", TARGETS.stream().map(Target::folder).toList())
                        + "."));
    List<RegressionFolder> sets = new ArrayList<>();
    for (Target target : TARGETS) {
      Path each = root.resolve(target.folder());
      if (!Files.isDirectory(each)) {
        throw new InputException(each + ": there is no such folder.");
      }
      sets.add(RegressionFolder.read(each));
    }
    out.println("  Root mean squared error on the test rows, over the published splits:");
    out.printf(
        "  %-20s %6s %9s %9s %9s   %-17s %-17s%n",
        "", "rows", "published", "median", "reached", "mean", "least squares");
    int threads = Runtime.getRuntime().availableProcessors();
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < sets.size(); i++) {
        print(out, TARGETS.get(i), sets.get(i), run(TARGETS.get(i), sets.get(i), workers));
      }
    }
  }

  private static List<SplitExperiment.Result> run(
      Target target, RegressionFolder set, ExecutorService workers) {
    List<Future<SplitExperiment.Result>> running =
        IntStream.range(0, set.splits())
            .mapToObj(
                number ->
                    new SplitExperiment(
                        target.folder(), number, set.split(number), SplitExperiment.STEPS))
            .map(split -> workers.submit(() -> split.run(SEED)))
            .toList();
    List<SplitExperiment.Result> results = new ArrayList<>();
    for (Future<SplitExperiment.Result> each : running) {
      try {
        results.add(each.get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        workers.shutdownNow();
        throw new IllegalStateException("Interrupted while the splits were computed.", e);
      } catch (ExecutionException e) {
        workers.shutdownNow();
        throw new IllegalStateException("A split of " + target.folder() + " failed.", e);
      }
    }
    return results;
  }

  private static void print(
      PrintWriter out, Target target, RegressionFolder set, List<SplitExperiment.Result> results) {
    Summary network = Summary.of(results.stream().mapToDouble(r -> r.network()).toArray());
    Summary linear = Summary.of(results.stream().mapToDouble(r -> r.linear()).toArray());
    out.printf(
        Locale.ROOT,
        "  %-20s %6d %9.2f %9.4f %9s   %-17s %-17s%n",
        target.folder(),
        set.dataset().size(),
        target.published(),
        network.median(),
        network.median() <= target.published() ? "yes" : "no",
        network,
        linear);
    out.flush();
  }
}
