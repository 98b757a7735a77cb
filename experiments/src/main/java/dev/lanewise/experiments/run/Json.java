package dev.lanewise.experiments.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How records stand in a run's JSON files: `testAccuracy` as `test_accuracy`, what is null left
/// out.
final class Json {
  private Json() {}

  /// A page of JSON, indented, with a line end at its end.
  static String page(Object value) {
    return JsonWriter.write(value, true) + "\n";
  }

  /// One object on one line.
  static String line(Object value) {
    return JsonWriter.write(value, false) + "\n";
  }

  /// Reads what [#line] wrote; what was left out is null.
  ///
  /// @param line the text
  /// @param where where it stands, for messages
  static <T> T parse(String line, String where, Class<T> type) {
    ObjectMapper mapper =
        JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
    try {
      return mapper.readValue(line, type);
    } catch (JsonProcessingException e) {
      throw new InputException(
          where + ": this is not what a run writes (" + e.getOriginalMessage() + ").", e);
    }
  }

  /// Reads a file that [#page] wrote.
  static <T> T read(Path file, Class<T> type) {
    ObjectMapper mapper =
        JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();
    try {
      return mapper.readValue(file.toFile(), type);
    } catch (JsonProcessingException e) {
      throw new InputException(
          file + ": this is not the file a run writes (" + e.getOriginalMessage() + ").", e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /// The refusal of a run's file that is not there or cannot be read.
  static InputException unreadable(Path file, IOException e) {
    return e instanceof FileNotFoundException && !Files.exists(file)
        ? new InputException(file + ": there is no such file; is this a run's folder?", e)
        : new InputException(file + ": cannot be read (" + e.getMessage() + ").", e);
  }
}
