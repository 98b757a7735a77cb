package dev.lanewise.experiments;

import dev.lanewise.experiments.report.MetricsTable;
import dev.lanewise.experiments.run.RunEvaluation;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `evaluate`: measures a run's weights on a test part.
@Command(
    name = "evaluate",
    description = "Measures the weights of a run on the test part of its data, or of others.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(names = "--model", required = true, paramLabel = "DIR", description = "a run's folder")
  private Path run = Path.of("");

  @Option(names = "--data", paramLabel = "NAME|PATH", description = "by default the run's own")
  private @Nullable String data;

  @Override
  public void run() {
    RunEvaluation evaluation = RunEvaluation.of(run, data);
    spec.commandLine().getOut().print(MetricsTable.of(evaluation));
  }
}
