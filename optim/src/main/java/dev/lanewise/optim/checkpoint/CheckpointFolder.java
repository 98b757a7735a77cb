package dev.lanewise.optim.checkpoint;

import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.layers.Safetensors;
import dev.lanewise.layers.WeightsException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The checkpoints of one training, each a folder:
///
/// ```text
/// step-000123/
///   tensors.safetensors    everything that is a tensor, for any program that reads the format
///   state.json             everything else
///   manifest.json          the format's number; of each file its length and SHA-256
/// ```
///
/// A checkpoint is written under another name, synced file by file, and renamed: what has the name
/// of a checkpoint was once complete. One program at a time writes to a folder.
///
/// @param path the folder
public record CheckpointFolder(Path path) {
  private static final String TENSORS = "tensors.safetensors";
  private static final String STATE = "state.json";
  private static final String UNFINISHED = ".tmp-";
  private static final Pattern NAME = Pattern.compile("step-(\\d{6,18})");

  /// Where a step's checkpoint is, or would be.
  ///
  /// @param step the number of steps done
  /// @return its folder
  public Path of(long step) {
    return path.resolve(name(step));
  }

  /// Writes a checkpoint, in place of an older one of the same step.
  ///
  /// @param step the number of steps done
  /// @param state a record of numbers, words, enums, lists, maps and such records
  /// @param tensors the tensors by name; only read
  /// @throws CheckpointException if it cannot be written; the checkpoints before are untouched
  public void write(long step, Object state, Map<String, Tensor> tensors) {
    String unfinished = UNFINISHED + name(step);
    Path beside = path.resolve(unfinished);
    try {
      Files.createDirectories(path);
      removeUnfinished();
      Files.createDirectory(beside);
      new Safetensors(tensors, Map.of()).write(beside.resolve(TENSORS));
      DurableFiles.write(beside.resolve(STATE), StateJson.write(state));
      DurableFiles.write(
          beside.resolve(Manifest.NAME), StateJson.write(Manifest.of(beside, TENSORS, STATE)));
      DurableFiles.syncFolder(beside);
      remove(step);
      DurableFiles.rename(path, unfinished, name(step));
    } catch (IOException | WeightsException e) {
      throw new CheckpointException(of(step) + ": cannot be written (" + e.getMessage() + ").", e);
    }
  }

  /// The steps of which there are checkpoints, whole or damaged.
  ///
  /// @return the steps, ascending; empty if there is no such folder
  /// @throws CheckpointException if the folder cannot be read
  public List<Long> steps() {
    List<Long> steps = new ArrayList<>();
    if (!Files.isDirectory(path)) {
      return steps;
    }
    try (DirectoryStream<Path> content = Files.newDirectoryStream(path)) {
      for (Path each : content) {
        Matcher name = NAME.matcher(each.getFileName().toString());
        if (name.matches()) {
          steps.add(Long.parseLong(name.group(1)));
        }
      }
    } catch (IOException e) {
      throw new CheckpointException(path + ": the folder cannot be read (" + e + ").", e);
    }
    Collections.sort(steps);
    return steps;
  }

  /// Reads a checkpoint, all of whose files are checked first.
  ///
  /// @param step the number of steps done
  /// @param type the record in which the state was written
  /// @param <S> the same
  /// @return the checkpoint
  /// @throws CheckpointException if a file is missing or is not what was written, or the format has
  ///     another number; the message names the file, what was expected and what was found
  public <S> Checkpoint<S> read(long step, Class<S> type) {
    Path place = of(step);
    Manifest manifest = Manifest.read(place);
    manifest.verify(place, TENSORS);
    manifest.verify(place, STATE);
    try {
      return new Checkpoint<>(
          step,
          StateJson.read(place.resolve(STATE), type),
          Safetensors.read(place.resolve(TENSORS)).tensors());
    } catch (WeightsException e) {
      throw new CheckpointException(String.valueOf(e.getMessage()), e);
    }
  }

  /// Reads the last checkpoint that is whole. One that is not is passed over with a warning that
  /// says why.
  ///
  /// @param type the record in which the state was written
  /// @param <S> the same
  /// @return the checkpoint
  /// @throws CheckpointException if there is none that is whole; the message says what is wrong
  ///     with each
  public <S> Checkpoint<S> readLast(Class<S> type) {
    Logger log = LoggerFactory.getLogger(CheckpointFolder.class);
    List<String> refused = new ArrayList<>();
    for (long step : steps().reversed()) {
      try {
        Checkpoint<S> checkpoint = read(step, type);
        for (String each : refused) {
          log.warn("{} The checkpoint before it is used, of step {}.", each, step);
        }
        return checkpoint;
      } catch (CheckpointException e) {
        refused.add(String.valueOf(e.getMessage()));
      }
    }
    throw new CheckpointException(
        refused.isEmpty()
            ? path + ": there is no checkpoint."
            : path + ": no checkpoint is whole. " + String.join(" ", refused));
  }

  /// Removes all checkpoints but some.
  ///
  /// @param steps those to keep
  /// @throws CheckpointException if one cannot be removed
  public void keepOnly(Set<Long> steps) {
    for (long step : steps()) {
      if (!steps.contains(step)) {
        try {
          remove(step);
        } catch (IOException e) {
          throw new CheckpointException(of(step) + ": cannot be removed (" + e + ").", e);
        }
      }
    }
  }

  /// A checkpoint loses its name before it loses its files.
  private void remove(long step) throws IOException {
    if (Files.exists(of(step))) {
      String nameless = UNFINISHED + "removed-" + name(step);
      DurableFiles.rename(path, name(step), nameless);
      DurableFiles.delete(path.resolve(nameless));
    }
  }

  private static String name(long step) {
    return "step-%06d".formatted(step);
  }

  /// What a killed program left.
  private void removeUnfinished() throws IOException {
    try (DirectoryStream<Path> content = Files.newDirectoryStream(path, UNFINISHED + "*")) {
      for (Path each : content) {
        DurableFiles.delete(each);
      }
    }
  }
}
