package dev.lanewise.optim.observe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.FloatTensor;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.optim.TrainingEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes a rolling hash of each parameter after each step, so that two trainings that ought to
/// have the same bits can be compared: the first line in which they differ names the step and the
/// parameters in which they part. One line for each step:
///
/// ```text
/// {"step":1,"layers.0.weight":"0123456789abcdef","layers.0.bias":"…"}
/// ```
///
/// A hash covers the parameter's bits after this step and after all before it: with
/// `h ← (h xor bits)·0x9e3779b97f4a7c15`, `h ← h xor (h >>> 29)` for each element, in order, from 0
/// before the first step. A training that is continued takes it up where the checkpoint was.
///
/// It reads every parameter once in each step, element by element.
public final class ParameterHashes implements FileObserver {
  private static final String STEP = "step";

  private final AppendedFile file;
  private final Map<String, Parameter> parameters;
  private final Map<String, Long> hashes = new LinkedHashMap<>();

  /// Begins a file, or opens one for a training that will be continued.
  ///
  /// @param file the file
  /// @param model the model that is trained
  /// @throws UncheckedIOException if it cannot be written
  public ParameterHashes(Path file, Object model) {
    this.file = new AppendedFile(file);
    this.parameters = Parameters.of(model).trainable().byPath();
    parameters.keySet().forEach(path -> hashes.put(path, 0L));
  }

  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Resumed resumed -> resume(resumed.step());
      case TrainingEvent.StepDone done -> write(done.step());
      case TrainingEvent.Started started -> {}
      case TrainingEvent.StepMeasured measured -> {}
      case TrainingEvent.EpochMeasured measured -> {}
      case TrainingEvent.EpochDone done -> {}
      case TrainingEvent.Stopped stopped -> {}
    }
  }

  @Override
  public Path file() {
    return file.path();
  }

  @Override
  public void close() {
    file.close();
  }

  /// Reads a file of hashes.
  ///
  /// @param file the file
  /// @return for each step, from 1, the hashes by path
  /// @throws UncheckedIOException if it cannot be read
  /// @throws IllegalArgumentException if a line is not what this class writes
  public static List<Map<String, String>> read(Path file) {
    List<Map<String, String>> steps = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        steps.add(parse(file, line, steps.size() + 1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read.", e);
    }
    return steps;
  }

  private static Map<String, String> parse(Path file, String line, int step) {
    String where = file + ", line " + step;
    try {
      JsonNode object = JsonMapper.builder().build().readTree(line);
      if (object.path(STEP).asInt() != step) {
        throw new IllegalArgumentException(
            where + ": this must be step " + step + ", but is " + object.path(STEP) + ".");
      }
      Map<String, String> hashes = new LinkedHashMap<>();
      object.properties().stream()
          .filter(each -> !each.getKey().equals(STEP))
          .forEach(each -> hashes.put(each.getKey(), each.getValue().asText()));
      return hashes;
    } catch (IOException e) {
      throw new IllegalArgumentException(where + ": this is no line of hashes.", e);
    }
  }

  private void write(long step) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(line)) {
      json.writeStartObject();
      json.writeNumberField(STEP, step);
      for (Map.Entry<String, Parameter> each : parameters.entrySet()) {
        long hash = hash(hashes.getOrDefault(each.getKey(), 0L), each.getValue().value());
        hashes.put(each.getKey(), hash);
        json.writeStringField(each.getKey(), "%016x".formatted(hash));
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("A string cannot be written to.", e);
    }
    file.append(line + "\n");
  }

  private void resume(long step) {
    String text = file.read();
    String last = "";
    int end = 0;
    for (int line = 1; line <= step; line++) {
      int next = text.indexOf('\n', end);
      if (next < 0) {
        throw new IllegalStateException(
            "%s: it ends with step %d, but the training is continued from step %d."
                .formatted(file.path(), line - 1, step));
      }
      last = text.substring(end, next);
      end = next + 1;
    }
    if (step > 0) {
      Map<String, String> known = parse(file.path(), last, (int) step);
      hashes.replaceAll((path, none) -> Long.parseUnsignedLong(known.getOrDefault(path, "0"), 16));
    }
    file.keep(text.substring(0, end));
  }

  private static long hash(long start, Tensor tensor) {
    long hash = start;
    switch (tensor) {
      case FloatTensor floats -> {
        for (int i = 0; i < floats.size(); i++) {
          hash = mix(hash, Float.floatToRawIntBits(floats.array()[floats.offset() + i]));
        }
      }
      case DoubleTensor doubles -> {
        for (int i = 0; i < doubles.size(); i++) {
          hash = mix(hash, Double.doubleToRawLongBits(doubles.array()[doubles.offset() + i]));
        }
      }
    }
    return hash;
  }

  private static long mix(long hash, long bits) {
    long mixed = (hash ^ bits) * 0x9e3779b97f4a7c15L;
    return mixed ^ (mixed >>> 29);
  }
}
