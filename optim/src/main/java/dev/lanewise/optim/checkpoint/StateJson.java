package dev.lanewise.optim.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Records of numbers, words, lists and maps as JSON. The file never says which class to make:
/// whoever reads it does. A number that is not finite is written as a word, `"NaN"`.
final class StateJson {
  private StateJson() {}

  static byte[] write(Object value) {
    try {
      String page = mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value);
      return (page + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A " + value.getClass() + " has no form as JSON.", e);
    }
  }

  /// @throws CheckpointException if it is not there or not exactly such a record
  static <T> T read(Path file, Class<T> type) {
    try {
      return mapper().readValue(file.toFile(), type);
    } catch (IOException e) {
      throw refused(file, e);
    }
  }

  /// Looks at the number `format` before anything else is believed.
  ///
  /// @throws CheckpointException if it is another, or there is none
  static void requireFormat(Path file, int format) {
    JsonNode found;
    try {
      found = mapper().readTree(file.toFile()).path("format");
    } catch (IOException e) {
      throw refused(file, e);
    }
    if (!found.isInt() || found.intValue() != format) {
      throw new CheckpointException(
          file
              + ": its format must be "
              + format
              + ", but is "
              + (found.isMissingNode() ? "not given" : found)
              + ": it was written by another version.");
    }
  }

  private static CheckpointException refused(Path file, IOException e) {
    return switch (e) {
      case FileNotFoundException missing ->
          new CheckpointException(file + ": there is no such file.", e);
      case NoSuchFileException missing ->
          new CheckpointException(file + ": there is no such file.", e);
      case JsonProcessingException wrong ->
          new CheckpointException(
              file + ": this is not what was written (" + wrong.getOriginalMessage() + ").", e);
      default -> new CheckpointException(file + ": cannot be read (" + e + ").", e);
    };
  }

  private static ObjectMapper mapper() {
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }
}
