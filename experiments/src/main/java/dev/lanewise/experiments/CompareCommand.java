package dev.lanewise.experiments;

import dev.lanewise.data.Provenance;
import dev.lanewise.experiments.run.InputException;
import dev.lanewise.experiments.run.RunEvaluation;
import dev.lanewise.optim.metric.Bootstrap;
import dev.lanewise.optim.metric.Interval;
import dev.lanewise.optim.metric.McNemar;
import dev.lanewise.optim.metric.Predictions;
import dev.lanewise.optim.metric.RegressionErrors;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `compare`: whether two runs differ by more than chance.
@Command(
    name = "compare",
    description =
        "Evaluates two runs on the same test part and says whether they differ by more than"
            + " chance.",
    mixinStandardHelpOptions = true)
final class CompareCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN1", description = "a run's folder")
  private Path first = Path.of("");

  @Parameters(index = "1", paramLabel = "RUN2", description = "another run's folder")
  private Path second = Path.of("");

  @Option(names = "--data", paramLabel = "NAME|PATH", description = "by default the runs' own")
  private @Nullable String data;

  @Override
  public void run() {
    RunEvaluation one = RunEvaluation.of(first, data);
    RunEvaluation other = RunEvaluation.of(second, data);
    requireSameTest(one, other);
    Predictions ones = one.result().predictions();
    Predictions others = other.result().predictions();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "test examples: %d%n", ones.rows());
    if (ones.classes() > 0) {
      classes(out, ones, others);
    } else {
      numbers(out, new RegressionErrors(ones), new RegressionErrors(others));
    }
  }

  private void classes(PrintWriter out, Predictions ones, Predictions others) {
    interval(out, "accuracy of " + first, ones.accuracy());
    interval(out, "accuracy of " + second, others.accuracy());
    McNemar test = McNemar.of(ones.correct(), others.correct());
    interval(out, "difference", test.difference());
    out.println();
    out.printf(Locale.ROOT, "only the first is right: %d%n", test.onlyFirst());
    out.printf(Locale.ROOT, "only the second is right: %d%n", test.onlySecond());
    out.printf(Locale.ROOT, "McNemar's test, exact: p = %.4g%n", test.exactP());
    out.printf(
        Locale.ROOT,
        "McNemar's test, continuity corrected: χ² = %.4f, p = %.4g%n",
        test.chiSquared(),
        test.chiSquaredP());
    out.println();
    out.println(
        test.exactP() < 0.05
            ? "If both were equally good, a difference like this would be rarer than 1 in 20."
            : "Two models that are equally good may well differ by as much.");
  }

  /// The rows are drawn together for both, so that what makes a row hard for both cancels.
  private void numbers(PrintWriter out, RegressionErrors ones, RegressionErrors others) {
    Bootstrap bootstrap = Bootstrap.of(1);
    double[] differences = ones.squared();
    double[] subtracted = others.squared();
    Arrays.setAll(differences, row -> differences[row] - subtracted[row]);
    interval(out, "mean squared error of " + first, ones.meanSquared(bootstrap));
    interval(out, "mean squared error of " + second, others.meanSquared(bootstrap));
    Interval difference = bootstrap.ofMean(differences);
    interval(out, "difference", difference);
    out.println();
    out.println(
        difference.low() > 0 || difference.high() < 0
            ? "The interval of the difference excludes 0."
            : "The interval of the difference includes 0.");
  }

  private static void interval(PrintWriter out, String name, Interval interval) {
    out.printf(
        Locale.ROOT,
        "%s: %.4g (95 %%: %.4g to %.4g)%n",
        name,
        interval.estimate(),
        interval.low(),
        interval.high());
  }

  private void requireSameTest(RunEvaluation one, RunEvaluation other) {
    Provenance ones = one.test().provenance();
    Provenance others = other.test().provenance();
    boolean known = !ones.checksums().isEmpty() && !others.checksums().isEmpty();
    boolean same = known ? hashes(ones).equals(hashes(others)) : ones.equals(others);
    if (!same) {
      throw new InputException(
          "%s is tested on %s, but %s on %s: name one set for both by --data."
              .formatted(first, ones.source(), second, others.source()));
    }
  }

  /// The content alone: the same files may lie in several places.
  private static List<String> hashes(Provenance provenance) {
    return provenance.checksums().stream().map(Provenance.Checksum::sha256).toList();
  }
}
