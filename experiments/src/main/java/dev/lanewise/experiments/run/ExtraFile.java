package dev.lanewise.experiments.run;

import dev.lanewise.layers.Sequential;
import dev.lanewise.optim.observe.CsvMetrics;
import dev.lanewise.optim.observe.FileObserver;
import dev.lanewise.optim.observe.ParameterHashes;
import dev.lanewise.optim.observe.StatisticsFile;
import dev.lanewise.optim.observe.TensorBoardEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// What a run writes beside the usual files if it is asked to; it changes no result.
public enum ExtraFile {
  /// A hash of each parameter after each step.
  HASHES("hashes.jsonl"),

  /// Each epoch as comma-separated values.
  CSV("metrics.csv"),

  /// Gradients, updates and activations.
  STATISTICS("statistics.jsonl"),

  /// A folder of event files.
  TENSORBOARD("tensorboard");

  private final String file;

  ExtraFile(String file) {
    this.file = file;
  }

  /// Its name in the run's folder.
  ///
  /// @return a file's name, or a folder's
  public String file() {
    return file;
  }

  /// What a run was asked for when it was begun.
  ///
  /// @param folder the run's folder
  /// @return those that are there
  static Set<ExtraFile> in(RunFolder folder) {
    Set<ExtraFile> found = EnumSet.noneOf(ExtraFile.class);
    Arrays.stream(values())
        .filter(each -> Files.exists(folder.file(each.file)))
        .forEach(found::add);
    return found;
  }

  /// Opens it to write behind what is there.
  ///
  /// @throws java.io.UncheckedIOException if that fails
  FileObserver open(RunFolder folder, Sequential model) {
    Path path = folder.file(file);
    return switch (this) {
      case HASHES -> new ParameterHashes(path, model);
      case CSV -> new CsvMetrics(path);
      case STATISTICS -> new StatisticsFile(path);
      case TENSORBOARD -> new TensorBoardEvents(path, InstantSource.system());
    };
  }
}
