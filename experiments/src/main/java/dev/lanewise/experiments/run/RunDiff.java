package dev.lanewise.experiments.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.layers.Safetensors;
import dev.lanewise.optim.checkpoint.CheckpointFolder;
import dev.lanewise.optim.observe.ParameterHashes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Where two runs part: settings and surroundings, the first step by their hashes, the first common
/// checkpoint, the final weights.
///
/// @param lines what was found, a sentence or a phrase each
/// @param equal whether all weights that were compared have the same bits
public record RunDiff(List<String> lines, boolean equal) {
  /// A difference.
  public RunDiff {
    lines = List.copyOf(lines);
  }

  /// Compares two runs.
  ///
  /// @param one a run's folder
  /// @param other another
  /// @return what differs
  /// @throws InputException if one of them is no run's folder, or there are no weights to compare
  public static RunDiff between(Path one, Path other) {
    List<String> lines = new ArrayList<>(configurations(one, other));
    List<Optional<String>> compared = new ArrayList<>();
    hashes(one, other).ifPresent(compared::add);
    checkpoints(one, other).ifPresent(compared::add);
    if (exists(one, other, RunFolder.MODEL)) {
      compared.add(weights("the final weights", model(one), model(other)));
    }
    if (compared.isEmpty()) {
      throw new InputException(
          "%s and %s have neither hashes, nor checkpoints of the same step, nor final weights to"
                  .formatted(one, other)
              + " compare.");
    }
    List<String> parted = compared.stream().flatMap(Optional::stream).toList();
    lines.addAll(parted);
    return new RunDiff(lines, parted.isEmpty());
  }

  /// All values in both `config.json` that differ.
  private static List<String> configurations(Path one, Path other) {
    Map<String, String> first = leaves(one.resolve(RunFolder.CONFIG));
    Map<String, String> second = leaves(other.resolve(RunFolder.CONFIG));
    TreeSet<String> names = new TreeSet<>(first.keySet());
    names.addAll(second.keySet());
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      String a = first.getOrDefault(name, "none");
      String b = second.getOrDefault(name, "none");
      if (!a.equals(b)) {
        lines.add(name + ": " + a + " and " + b);
      }
    }
    return lines;
  }

  private static Map<String, String> leaves(Path file) {
    Map<String, String> leaves = new TreeMap<>();
    try {
      collect("", new ObjectMapper().readTree(file.toFile()), leaves);
    } catch (IOException e) {
      throw Json.unreadable(file, e);
    }
    return leaves;
  }

  private static void collect(String name, JsonNode node, Map<String, String> leaves) {
    if (node.isObject()) {
      String prefix = name.isEmpty() ? "" : name + ".";
      node.properties().forEach(each -> collect(prefix + each.getKey(), each.getValue(), leaves));
    } else {
      leaves.put(name, node.toString());
    }
  }

  /// The first step after which a hash differs; empty inside if none does, outside if there are no
  /// hashes.
  private static Optional<Optional<String>> hashes(Path one, Path other) {
    if (!exists(one, other, ExtraFile.HASHES.file())) {
      return Optional.empty();
    }
    List<Map<String, String>> first = readHashes(one);
    List<Map<String, String>> second = readHashes(other);
    int common = Math.min(first.size(), second.size());
    for (int i = 0; i < common; i++) {
      Map<String, String> a = first.get(i);
      Map<String, String> b = second.get(i);
      if (!a.equals(b)) {
        TreeSet<String> paths = new TreeSet<>(a.keySet());
        paths.addAll(b.keySet());
        List<String> parted =
            paths.stream().filter(path -> !Objects.equals(a.get(path), b.get(path))).toList();
        return Optional.of(
            Optional.of(
                "They part at step " + (i + 1) + ", in " + String.join(", ", parted) + "."));
      }
    }
    return Optional.of(
        first.size() == second.size()
            ? Optional.empty()
            : Optional.of(
                "They have the same bits for %d steps, after which only one goes on, to step %d."
                    .formatted(common, Math.max(first.size(), second.size()))));
  }

  private static List<Map<String, String>> readHashes(Path run) {
    try {
      return ParameterHashes.read(run.resolve(ExtraFile.HASHES.file()));
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  /// The first checkpoint in which the two differ, of those that both have.
  private static Optional<Optional<String>> checkpoints(Path one, Path other) {
    CheckpointFolder first = new CheckpointFolder(one.resolve(RunFolder.CHECKPOINTS));
    CheckpointFolder second = new CheckpointFolder(other.resolve(RunFolder.CHECKPOINTS));
    List<Long> common = new ArrayList<>(first.steps());
    common.retainAll(second.steps());
    for (long step : common) {
      Optional<String> found =
          weights(
              "the checkpoint of step " + step,
              first.read(step, JsonNode.class).tensors(),
              second.read(step, JsonNode.class).tensors());
      if (found.isPresent()) {
        return Optional.of(found);
      }
    }
    return common.isEmpty() ? Optional.empty() : Optional.of(Optional.empty());
  }

  private static Map<String, Tensor> model(Path run) {
    return Safetensors.read(run.resolve(RunFolder.MODEL)).tensors();
  }

  private static boolean exists(Path one, Path other, String name) {
    return Files.exists(one.resolve(name)) && Files.exists(other.resolve(name));
  }

  /// What differs between tensors of the same names.
  private static Optional<String> weights(
      String what, Map<String, Tensor> first, Map<String, Tensor> second) {
    List<String> found = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(first.keySet());
    names.addAll(second.keySet());
    for (String name : names) {
      Tensor a = first.get(name);
      Tensor b = second.get(name);
      if (a == null || b == null) {
        found.add(name + " is in one of them only");
      } else if (a.dtype() != b.dtype() || !a.shape().equals(b.shape())) {
        found.add(
            "%s is %s%s and %s%s"
                .formatted(name, a.dtype().label(), a.shape(), b.dtype().label(), b.shape()));
      } else {
        TensorDifference.between(a, b)
            .ifPresent(difference -> found.add(name + ": " + difference.explain(a, b)));
      }
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of("In " + what + ":\n  " + String.join("\n  ", found));
  }
}
