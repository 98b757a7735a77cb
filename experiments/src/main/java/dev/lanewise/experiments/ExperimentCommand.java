package dev.lanewise.experiments;

import dev.lanewise.experiments.lecture.Experiment;
import dev.lanewise.experiments.published.UciRegression;
import dev.lanewise.experiments.run.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `experiment`: the lecture's experiments, and those that repeat published results.
@Command(
    name = "experiment",
    description = "Runs an experiment; without a name, lists them.",
    mixinStandardHelpOptions = true)
final class ExperimentCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "which experiment")
  private @Nullable String name;

  @Option(names = "--out", paramLabel = "DIR", description = "a folder for pictures")
  private @Nullable Path folder;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "the folder of the data sets that the experiment needs")
  private @Nullable Path data;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (name == null) {
      for (Experiment each : experiments()) {
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

  private List<Experiment> experiments() {
    return Stream.concat(
            Experiment.all().stream(), Stream.of(new UciRegression(Optional.ofNullable(data))))
        .toList();
  }

  private Experiment find(String name) {
    return experiments().stream()
        .filter(experiment -> experiment.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "There is no experiment '"
                        + name
                        + "': expected one of "
                        + experiments().stream()
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
