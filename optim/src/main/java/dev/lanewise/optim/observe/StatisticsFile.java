package dev.lanewise.optim.observe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanewise.optim.ActivationStatistics;
import dev.lanewise.optim.StepStatistics;
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
import org.jspecify.annotations.Nullable;

/// Writes the statistics of a trainer that was asked for some (`Trainer.statistics`): one JSON
/// object on a line for each step that is measured, and one for the activations after each epoch.
///
/// ```text
/// {"epoch":1,"step":1,"gradient_norm":1.25,"parameters":{"layers.0.weight":
///     {"gradient_norm":0.75,"weight_norm":10.0,"update_norm":0.01,"update_ratio":0.001},…}}
/// {"epoch":1,"step":40,"activations":[{"op":"Relu","after":"layers.0.bias",
///     "units":128,"dead":3,"mean":0.25,"deviation":0.5},…]}
/// ```
///
/// A number that is not finite is the string `NaN`, `Infinity` or `-Infinity`.
public final class StatisticsFile implements FileObserver {
  private final AppendedFile file;

  /// Begins a file, or opens one for a training that will be continued.
  ///
  /// @param file the file
  /// @throws UncheckedIOException if it cannot be written
  public StatisticsFile(Path file) {
    this.file = new AppendedFile(file);
  }

  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Resumed resumed -> resume(resumed.step());
      case TrainingEvent.StepMeasured measured -> append(json -> write(json, measured));
      case TrainingEvent.EpochMeasured measured -> append(json -> write(json, measured));
      case TrainingEvent.Started started -> {}
      case TrainingEvent.StepDone done -> {}
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

  /// Reads a file of statistics.
  ///
  /// @param file the file
  /// @return what was told, [TrainingEvent.StepMeasured] and [TrainingEvent.EpochMeasured] alone
  /// @throws UncheckedIOException if it cannot be read
  /// @throws IllegalArgumentException if a line is not what this class writes
  public static List<TrainingEvent> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read.", e);
    }
    List<TrainingEvent> events = new ArrayList<>();
    for (String line : lines) {
      JsonNode object = parse(file, line, events.size() + 1);
      int epoch = object.path("epoch").asInt();
      long step = object.path("step").asLong();
      events.add(
          object.has("activations")
              ? new TrainingEvent.EpochMeasured(
                  epoch, step, activations(object.path("activations")))
              : new TrainingEvent.StepMeasured(epoch, step, parameters(object.path("parameters"))));
    }
    return events;
  }

  /// Keeps what was measured up to a step; a line cut off by the end of a process comes after it.
  private void resume(long step) {
    String text = file.read();
    int end = 0;
    int number = 1;
    for (int next = text.indexOf('\n'); next >= 0; next = text.indexOf('\n', end)) {
      JsonNode object = parse(file.path(), text.substring(end, next), number++);
      if (object.path("step").asLong() > step) {
        break;
      }
      end = next + 1;
    }
    file.keep(text.substring(0, end));
  }

  private static JsonNode parse(Path file, String line, int number) {
    try {
      JsonNode object = JsonMapper.builder().build().readTree(line);
      if (object.path("step").isIntegralNumber()
          && (object.path("activations").isArray() || object.path("parameters").isObject())) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw notOurs(file, number, e);
    }
    throw notOurs(file, number, null);
  }

  private static IllegalArgumentException notOurs(
      Path file, int number, @Nullable Exception cause) {
    return new IllegalArgumentException(
        file + ", line " + number + ": this is no line of statistics.", cause);
  }

  private static StepStatistics parameters(JsonNode object) {
    Map<String, StepStatistics.OfParameter> byPath = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            each ->
                byPath.put(
                    each.getKey(),
                    new StepStatistics.OfParameter(
                        number(each.getValue(), "gradient_norm"),
                        number(each.getValue(), "weight_norm"),
                        number(each.getValue(), "update_norm"))));
    return new StepStatistics(byPath);
  }

  private static List<ActivationStatistics> activations(JsonNode array) {
    List<ActivationStatistics> activations = new ArrayList<>();
    for (JsonNode each : array) {
      activations.add(
          new ActivationStatistics(
              each.path("op").asText(),
              each.path("after").asText(),
              each.path("units").asInt(),
              each.path("dead").asInt(),
              number(each, "mean"),
              number(each, "deviation")));
    }
    return activations;
  }

  private static double number(JsonNode object, String name) {
    return Double.parseDouble(object.path(name).asText());
  }

  private static void write(JsonGenerator json, TrainingEvent.StepMeasured measured)
      throws IOException {
    begin(json, measured.epoch(), measured.step());
    json.writeNumberField("gradient_norm", measured.statistics().gradientNorm());
    json.writeObjectFieldStart("parameters");
    for (var each : measured.statistics().parameters().entrySet()) {
      json.writeObjectFieldStart(each.getKey());
      json.writeNumberField("gradient_norm", each.getValue().gradientNorm());
      json.writeNumberField("weight_norm", each.getValue().weightNorm());
      json.writeNumberField("update_norm", each.getValue().updateNorm());
      json.writeNumberField("update_ratio", each.getValue().updateRatio());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, TrainingEvent.EpochMeasured measured)
      throws IOException {
    begin(json, measured.epoch(), measured.step());
    json.writeArrayFieldStart("activations");
    for (ActivationStatistics each : measured.activations()) {
      json.writeStartObject();
      json.writeStringField("op", each.op());
      json.writeStringField("after", each.after());
      json.writeNumberField("units", each.units());
      json.writeNumberField("dead", each.dead());
      json.writeNumberField("mean", each.mean());
      json.writeNumberField("deviation", each.deviation());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void begin(JsonGenerator json, int epoch, long step) throws IOException {
    json.writeNumberField("epoch", epoch);
    json.writeNumberField("step", step);
  }

  /// Writes the fields of an object.
  @FunctionalInterface
  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private void append(Fields fields) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(line)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("A string cannot be written to.", e);
    }
    file.append(line + "\n");
  }
}
