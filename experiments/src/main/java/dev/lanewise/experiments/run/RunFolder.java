package dev.lanewise.experiments.run;

import static java.util.stream.Collectors.joining;

import dev.lanewise.layers.WeightsException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// The folder of one run. A file is written beside its place and then moved there, so that a reader
/// finds all of it or nothing; only `metrics.jsonl` and an [ExtraFile] grow line by line.
///
/// @param path the folder, which exists
public record RunFolder(Path path) {
  /// Settings and surroundings: enough to repeat the run.
  public static final String CONFIG = "config.json";

  /// One object for each epoch.
  public static final String METRICS = "metrics.jsonl";

  /// The result.
  public static final String SUMMARY = "summary.json";

  /// The weights of the best epoch.
  public static final String MODEL = "model.safetensors";

  /// A folder of what a killed run continues from.
  public static final String CHECKPOINTS = "checkpoints";

  /// The page to read.
  public static final String REPORT = "report.html";

  /// Checks that a folder can be made, or is there and empty, without touching anything.
  ///
  /// @param path the folder
  /// @param shared whether it is one for several runs, which need not be empty
  /// @throws InputException if it is not empty, is no folder, or cannot be written
  public static void requireUsable(Path path, boolean shared) {
    if (!shared && Files.isDirectory(path)) {
      requireEmpty(path);
    }
    Path existing = path.toAbsolutePath();
    while (!Files.exists(existing)) {
      Path parent = existing.getParent();
      if (parent == null) {
        throw new InputException(path + ": cannot be made a run's folder: it has no root.");
      }
      existing = parent;
    }
    if (!Files.isDirectory(existing)) {
      throw new InputException(
          path + ": cannot be made a run's folder, because " + existing + " is not a folder.");
    }
    if (!Files.isWritable(existing)) {
      throw new InputException(
          path + ": cannot be made a run's folder, because " + existing + " cannot be written.");
    }
  }

  /// Makes the folder, with those above it.
  ///
  /// @param path the folder, which must not exist or be empty
  /// @return the folder
  /// @throws InputException if it is not empty or cannot be made
  public static RunFolder create(Path path) {
    requireUsable(path, false);
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new InputException(path + ": the folder cannot be made (" + e + ").", e);
    }
    return new RunFolder(path);
  }

  /// Makes a folder that was not there, even when several runs start at once: `NAME-001`,
  /// `NAME-002`, …
  ///
  /// @param runs the folder of all runs
  /// @param name what the run is called
  /// @return the folder
  /// @throws InputException if it cannot be made
  public static RunFolder createNext(Path runs, String name) {
    try {
      Files.createDirectories(runs);
      for (int number = 1; ; number++) {
        Path path = runs.resolve("%s-%03d".formatted(name, number));
        try {
          return new RunFolder(Files.createDirectory(path));
        } catch (FileAlreadyExistsException e) {
          // An earlier run has it: the next number.
        }
      }
    } catch (IOException e) {
      throw new InputException(runs + ": no folder for the run can be made (" + e + ").", e);
    }
  }

  /// Where a file stands.
  ///
  /// @param name the file's name
  /// @return its path
  public Path file(String name) {
    return path.resolve(name);
  }

  /// Writes a whole file, in place of an older one.
  ///
  /// @param name the file's name
  /// @param content its bytes
  /// @throws OutputException if it cannot be written
  public void write(String name, byte[] content) {
    replace(name, beside -> Files.write(beside, content));
  }

  /// Writes a whole file of text.
  ///
  /// @param name the file's name
  /// @param content its text
  /// @throws OutputException if it cannot be written
  public void write(String name, String content) {
    write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /// Writes a value as a page of JSON: what is null is left out, names are in snake case.
  ///
  /// @param name the file's name
  /// @param value a record
  /// @throws UncheckedIOException if it cannot be written
  public void writeJson(String name, Object value) {
    write(name, Json.page(value));
  }

  /// Lets something write a file beside the place, then moves it there.
  ///
  /// @param name the file's name
  /// @param writing writes to the path it is given
  /// @throws OutputException if it cannot be written
  public void replace(String name, Writing writing) {
    Path beside = file("." + name + ".tmp");
    try {
      try {
        writing.to(beside);
        Files.move(
            beside,
            file(name),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException | WeightsException e) {
      throw new OutputException(file(name), e.getCause() == null ? e : e.getCause());
    }
  }

  /// Writes a file to a path.
  @FunctionalInterface
  public interface Writing {
    /// Writes.
    ///
    /// @param path where
    /// @throws IOException if that fails
    void to(Path path) throws IOException;
  }

  /// Keeps the first lines of `metrics.jsonl`: what came after them is computed again.
  ///
  /// @param epochs how many
  /// @return the lines
  /// @throws InputException if there are fewer, or they cannot be read
  List<EpochLine> keepMetrics(int epochs) {
    Path file = file(METRICS);
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read (" + e + ").", e);
    }
    if (lines.size() < epochs) {
      throw new InputException(
          "%s: the run's checkpoint is of epoch %d, but there are %d lines."
              .formatted(file, epochs, lines.size()));
    }
    List<EpochLine> kept = new ArrayList<>();
    for (int i = 0; i < epochs; i++) {
      kept.add(Json.parse(lines.get(i), file + ", line " + (i + 1), EpochLine.class));
    }
    write(METRICS, lines.stream().limit(epochs).map(line -> line + "\n").collect(joining()));
    return kept;
  }

  /// Opens `metrics.jsonl` to write behind what is there.
  FileChannel openMetrics() {
    try {
      return FileChannel.open(file(METRICS), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new OutputException(file(METRICS), e);
    }
  }

  private static void requireEmpty(Path path) {
    try (DirectoryStream<Path> content = Files.newDirectoryStream(path)) {
      if (content.iterator().hasNext()) {
        throw new InputException(
            path + ": this folder is not empty; a run needs one of its own (see --out).");
      }
    } catch (IOException e) {
      throw new InputException(path + ": the folder cannot be read (" + e + ").", e);
    }
  }
}
