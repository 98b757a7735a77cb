package dev.lanewise.experiments;

import dev.lanewise.experiments.lecture.Experiment;
import dev.lanewise.experiments.run.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `experiment`: the lecture's experiments.
@Command(
    name = "experiment",
    description = "Runs an experiment of the lecture; without a name, lists them.",
    mixinStandardHelpOptions = true)
final class ExperimentCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "which experiment")
  private @Nullable String name;

  @Option(names = "--out", paramLabel = "DIR", description = "a folder for pictures")
  private @Nullable Path folder;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (name == null) {
      for (Experiment each : Experiment.all()) {
        out.printf("%-18s %s%n", each.name(), each.claim());
      }
      return;
    }
    Experiment experiment = find(name);
    if (folder != null) {
      createFolder(folder);
    }
    out.println(experiment.claim());
    out.println();
    experiment.run(out, Optional.ofNullable(folder));
  }

  private static Experiment find(String name) {
    return Experiment.all().stream()
        .filter(experiment -> experiment.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "There is no experiment '"
                        + name
                        + "': expected one of "
                        + Experiment.all().stream()
                            .map(Experiment::name)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  private static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InputException(folder + ": the folder cannot be made (" + e + ").", e);
    }
  }
}
