package dev.lanewise.experiments.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes records as JSON, in the form in which [Json] reads them.
///
/// It does what Jackson's object mapper would, for the few kinds of values there are. The mapper
/// needs longer to get to know a record than a small network needs to be trained.
final class JsonWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator out;

  private JsonWriter(JsonGenerator out) {
    this.out = out;
  }

  /// A value as JSON text.
  ///
  /// @param value a record, or what a component of a record may be: a string, number, truth value,
  ///     constant of an enum, or a list or map of such
  /// @param indented whether it goes over several lines
  /// @throws IllegalArgumentException if there is a value of another kind
  static String write(Object value, boolean indented) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      out.setPrettyPrinter(indented ? new DefaultPrettyPrinter() : new MinimalPrettyPrinter());
      new JsonWriter(out).value(value);
    } catch (IOException e) {
      throw new UncheckedIOException("A string cannot be written to.", e);
    }
    return text.toString();
  }

  private void value(@Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.writeNull();
      case String text -> out.writeString(text);
      case Boolean truth -> out.writeBoolean(truth);
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Double number -> out.writeNumber(number);
      case Enum<?> constant -> out.writeString(constant.name());
      case Iterable<?> elements -> {
        out.writeStartArray();
        for (Object element : elements) {
          value(element);
        }
        out.writeEndArray();
      }
      case Map<?, ?> entries -> {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
          field(String.valueOf(entry.getKey()), entry.getValue());
        }
        out.writeEndObject();
      }
      case Record record -> {
        out.writeStartObject();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
          field(snakeCase(component.getName()), read(record, component));
        }
        out.writeEndObject();
      }
      default ->
          throw new IllegalArgumentException("A " + value.getClass() + " has no form as JSON.");
    }
  }

  private void field(String name, @Nullable Object value) throws IOException {
    if (value != null) {
      out.writeFieldName(name);
      value(value);
    }
  }

  private static @Nullable Object read(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true); // the record may be private to its package
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("A " + record.getClass() + " cannot be read.", e);
    }
  }

  /// `testAccuracy` as `test_accuracy`.
  private static String snakeCase(String name) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char letter = name.charAt(i);
      if (Character.isUpperCase(letter)) {
        words.append('_');
      }
      words.append(Character.toLowerCase(letter));
    }
    return words.toString();
  }
}
