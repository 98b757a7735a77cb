package dev.lanewise.experiments;

import dev.lanewise.experiments.run.RunDiff;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `diff`: where two runs part.
@Command(
    name = "diff",
    description = {
      "Names the settings in which two runs differ, and the first step and parameters in which",
      "their weights do (if both were trained with --hashes), with distances in ULP where",
      "checkpoints of the same step or final weights are there. Exit code 0 if all weights that",
      "could be compared have the same bits, else 1."
    },
    mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN1", description = "a run's folder")
  private Path one = Path.of("");

  @Parameters(index = "1", paramLabel = "RUN2", description = "another")
  private Path other = Path.of("");

  @Override
  public Integer call() {
    RunDiff diff = RunDiff.between(one, other);
    PrintWriter out = spec.commandLine().getOut();
    diff.lines().forEach(out::println);
    if (diff.equal()) {
      out.println("All weights that both runs have are the same, bit for bit.");
    }
    return diff.equal() ? 0 : Errors.FAILED;
  }
}
