package dev.lanewise.experiments;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.ImageDataset;
import dev.lanewise.data.TrainAndTest;
import dev.lanewise.experiments.report.Picture;
import dev.lanewise.experiments.report.SamplePage;
import dev.lanewise.experiments.run.DataSource;
import dev.lanewise.experiments.run.InputException;
import dev.lanewise.experiments.run.NearestNeighbour;
import dev.lanewise.experiments.run.OutputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `data`: what there is to train on.
@Command(
    name = "data",
    description = "Lists the built-in data sets, or shows one.",
    mixinStandardHelpOptions = true)
final class DataCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    list();
  }

  @Command(description = "Lists the built-in data sets.", mixinStandardHelpOptions = true)
  void list() {
    for (DataSource each : DataSource.values()) {
      out().printf("%-18s %s%n", each.label(), each.description());
    }
    out().printf("%-18s %s%n", "PATH", "a folder with the four IDX files of MNIST and its kin");
    out()
        .printf("%-18s %s%n", "PATH", "a folder for regression: data.txt, the target last, and")
        .printf("%-18s %s%n", "", "test_indices_20_splits.txt, of which the first split is taken");
  }

  @Command(
      description = "Shows sizes, classes and checksums of a data set.",
      mixinStandardHelpOptions = true)
  void show(
      @Parameters(paramLabel = "NAME", description = "a built-in name, or a folder") String name,
      @Option(names = "--out", paramLabel = "DIR", description = "a folder for a sample page")
          @Nullable Path folder,
      @Option(
              names = "--nearest-neighbour",
              description = "compute the test accuracy of the nearest training example")
          boolean nearestNeighbour) {
    int threads = Runtime.getRuntime().availableProcessors();
    TrainAndTest<? extends Dataset> data = DataSource.load(name, threads);
    print("training", data.train());
    print("test", data.test());
    if (folder != null) {
      if (!(data.train() instanceof ImageDataset images)) {
        throw new InputException(name + ": a sample page needs images, and this set has none.");
      }
      out().println(write(SamplePage.of(images), folder));
    }
    if (nearestNeighbour) {
      double accuracy = NearestNeighbour.accuracy(data, threads);
      out()
          .printf(Locale.ROOT, "nearest neighbour: %.2f %% of the test examples%n", 100 * accuracy);
    }
  }

  private void print(String part, Dataset dataset) {
    out()
        .printf(
            Locale.ROOT,
            "%s: %d examples of shape %s",
            part,
            dataset.size(),
            dataset.featureShape());
    if (!dataset.classLabels().isEmpty()) {
      out().printf(Locale.ROOT, ", %d classes", dataset.classLabels().size());
    }
    out().println();
    out().println("  " + dataset.provenance().source());
    dataset
        .provenance()
        .checksums()
        .forEach(each -> out().println("  " + each.sha256() + "  " + each.name()));
  }

  private static Path write(Picture picture, Path folder) {
    Path file = folder.resolve(picture.file());
    try {
      Files.createDirectories(folder);
      return Files.write(file, picture.png());
    } catch (IOException e) {
      throw new OutputException(file, e);
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
