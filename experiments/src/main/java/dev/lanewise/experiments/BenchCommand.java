package dev.lanewise.experiments;

import dev.lanewise.experiments.run.InputException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `bench`: a jar of its own, which the launcher starts in place of this one.
@Command(
    name = "bench",
    description = "Runs the benchmarks whose names match; their options are those of JMH.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Runnable {
  @Parameters(paramLabel = "REGEX", arity = "0..*", description = "which benchmarks, and options")
  private List<String> arguments = List.of();

  @Override
  public void run() {
    throw new InputException(
        "The benchmarks are in a jar of their own: start them by the launcher, as in"
            + " ./lanewise bench "
            + String.join(" ", arguments));
  }
}
