package dev.lanewise.experiments.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanewise.optim.stopping.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a run's `metrics.jsonl`: each line an object with the epoch's number and what was
/// measured.
public final class MetricsFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private MetricsFile() {}

  /// Reads the epochs.
  ///
  /// @param run the run's folder
  /// @return what was known after each epoch: all numbers of its line by their names
  /// @throws InputException if the file is missing or damaged; the line is named
  public static List<Observation> read(Path run) {
    Path file = run.resolve(RunFolder.METRICS);
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new InputException(file + ": there is no such file; is this a run's folder?", e);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read (" + e + ").", e);
    }
    List<Observation> epochs = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      try {
        epochs.add(epoch(lines.get(i), i + 1));
      } catch (JsonProcessingException | IllegalArgumentException e) {
        String why =
            e instanceof JsonProcessingException json
                ? "it is no JSON: " + json.getOriginalMessage()
                : String.valueOf(e.getMessage());
        throw new InputException(
            "%s, line %d: this is not what a run writes (%s).".formatted(file, i + 1, why), e);
      }
    }
    if (epochs.isEmpty()) {
      throw new InputException(file + ": there is no epoch in it.");
    }
    return epochs;
  }

  private static Observation epoch(String line, int number) throws JsonProcessingException {
    JsonNode object = MAPPER.readTree(line);
    if (object == null || !object.isObject()) {
      throw new IllegalArgumentException("there is no object");
    }
    Map<String, Double> values = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              if (value.isNumber()) {
                values.put(field.getKey(), value.doubleValue());
              } else if (value.isTextual()) {
                // JSON has no form for these, so they are written as words.
                switch (value.textValue()) {
                  case "NaN", "Infinity", "-Infinity" ->
                      values.put(field.getKey(), Double.parseDouble(value.textValue()));
                  default ->
                      throw new IllegalArgumentException(
                          "'" + field.getKey() + "' is '" + value.textValue() + "', no number");
                }
              }
            });
    double found = values.getOrDefault("epoch", Double.NaN);
    if (found != number) {
      throw new IllegalArgumentException(
          "epoch %d was expected here, but 'epoch' is %s".formatted(number, object.get("epoch")));
    }
    Double seconds = values.get("seconds");
    if (seconds == null) {
      throw new IllegalArgumentException("'seconds' is missing");
    }
    return new Observation(values, seconds);
  }
}
