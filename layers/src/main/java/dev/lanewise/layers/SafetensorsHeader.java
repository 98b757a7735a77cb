package dev.lanewise.layers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The JSON header of a [Safetensors] file: which tensor stands where.
///
/// @param entries the tensors, in the order of their data
/// @param metadata words about the file
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";

  /// One tensor: `data_offsets` are bytes from the start of the data, the end not included.
  record Entry(String name, DType dtype, Shape shape, long begin, long end) {}

  /// The header as JSON, padded with spaces to a multiple of 8 bytes so that the data is aligned.
  ///
  /// @throws CharacterCodingException if a name or word is not Unicode text
  byte[] toBytes() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = json().createGenerator(text)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(METADATA);
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      for (Entry entry : entries) {
        json.writeObjectFieldStart(entry.name());
        json.writeStringField("dtype", nameOf(entry.dtype()));
        json.writeArrayFieldStart("shape");
        for (int dim : entry.shape().dims()) {
          json.writeNumber(dim);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("data_offsets");
        json.writeNumber(entry.begin());
        json.writeNumber(entry.end());
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    // This encoder refuses half a surrogate pair, which the file's readers would refuse, too.
    ByteBuffer bytes =
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text.getBuffer()));
    int length = bytes.remaining();
    byte[] padded = new byte[Math.ceilDiv(length, 8) * 8];
    bytes.get(padded, 0, length);
    Arrays.fill(padded, length, padded.length, (byte) ' ');
    return padded;
  }

  /// Reads a header and checks it against the number of bytes of data that follow it.
  ///
  /// @throws WeightsException if anything is wrong; the message begins with `where`
  static SafetensorsHeader parse(String where, byte[] bytes, long dataBytes) {
    Reader reader = new Reader(where);
    SafetensorsHeader header = reader.read(bytes);
    requireContiguous(where, header.entries(), dataBytes);
    return header;
  }

  /// The data must be covered exactly, so that no byte is hidden or read twice.
  private static void requireContiguous(String where, List<Entry> entries, long dataBytes) {
    long end = 0;
    String before = "the start";
    for (Entry entry : entries) {
      String tensor = "the tensor '" + entry.name() + "'";
      if (entry.begin() < end) {
        throw new WeightsException(
            where
                + ": "
                + tensor
                + " begins at byte "
                + entry.begin()
                + " of the data and so"
                + " overlaps "
                + before
                + ", which ends at byte "
                + end
                + ".");
      }
      if (entry.begin() > end) {
        throw new WeightsException(
            where
                + ": there is a gap between "
                + before
                + ", which ends at byte "
                + end
                + " of the data, and "
                + tensor
                + ", which begins at byte "
                + entry.begin()
                + ".");
      }
      end = entry.end();
      before = tensor;
    }
    if (end != dataBytes) {
      throw new WeightsException(
          where
              + ": the header describes "
              + end
              + " bytes of data, but the file has "
              + dataBytes
              + ".");
    }
  }

  private static String nameOf(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> "F32";
      case FLOAT64 -> "F64";
    };
  }

  private static JsonFactory json() {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(3).build())
        .build();
  }

  /// Reads JSON strictly: what is not foreseen is refused.
  private record Reader(String where) {
    SafetensorsHeader read(byte[] bytes) {
      try (JsonParser json = json().createParser(decode(bytes))) {
        List<Entry> entries = new ArrayList<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        require(json.nextToken(), JsonToken.START_OBJECT, "the header");
        while (json.nextToken() != JsonToken.END_OBJECT) {
          String name = json.currentName();
          json.nextToken();
          if (name.equals(METADATA)) {
            readMetadata(json, metadata);
          } else {
            entries.add(readEntry(json, name));
          }
        }
        if (json.nextToken() != null) {
          throw refuse("something follows the header's JSON object");
        }
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        return new SafetensorsHeader(List.copyOf(entries), metadata);
      } catch (JsonProcessingException e) {
        throw new WeightsException(
            where + ": the header is not valid: " + e.getOriginalMessage() + ".", e);
      } catch (IOException e) {
        throw new WeightsException(where + ": the header cannot be read (" + e + ").", e);
      }
    }

    private String decode(byte[] bytes) {
      if (bytes.length == 0 || bytes[0] != '{') {
        throw refuse("the header does not begin with '{'");
      }
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        throw new WeightsException(where + ": the header is not UTF-8.", e);
      }
    }

    private void readMetadata(JsonParser json, Map<String, String> metadata) throws IOException {
      require(json.currentToken(), JsonToken.START_OBJECT, METADATA);
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String key = json.currentName();
        require(json.nextToken(), JsonToken.VALUE_STRING, METADATA + " '" + key + "'");
        metadata.put(key, json.getText());
      }
    }

    private Entry readEntry(JsonParser json, String name) throws IOException {
      String tensor = "the tensor '" + name + "'";
      require(json.currentToken(), JsonToken.START_OBJECT, tensor);
      DType dtype = null;
      Shape shape = null;
      List<Long> offsets = null;
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "dtype" -> dtype = readType(json, tensor);
          case "shape" -> shape = readShape(json, tensor);
          case "data_offsets" -> offsets = readNumbers(json, "data_offsets of " + tensor);
          default -> throw refuse(tensor + " has the unknown field '" + field + "'");
        }
      }
      if (dtype == null || shape == null || offsets == null) {
        throw refuse(tensor + " lacks one of dtype, shape and data_offsets");
      }
      if (offsets.size() != 2) {
        throw refuse("data_offsets of " + tensor + " must be 2 numbers, not " + offsets.size());
      }
      long begin = offsets.get(0);
      long end = offsets.get(1);
      long needed = (long) shape.size() * dtype.bytes();
      if (end < begin || end - begin != needed) {
        throw refuse(
            tensor
                + ", "
                + dtype.label()
                + shape
                + ", needs "
                + needed
                + " bytes, but has the data_offsets "
                + begin
                + " to "
                + end);
      }
      return new Entry(name, dtype, shape, begin, end);
    }

    private DType readType(JsonParser json, String tensor) throws IOException {
      require(json.currentToken(), JsonToken.VALUE_STRING, "dtype of " + tensor);
      String name = json.getText();
      for (DType dtype : DType.values()) {
        if (nameOf(dtype).equals(name)) {
          return dtype;
        }
      }
      throw refuse(tensor + " has the dtype '" + name + "', but only F32 and F64 can be read");
    }

    private Shape readShape(JsonParser json, String tensor) throws IOException {
      List<Long> dims = readNumbers(json, "shape of " + tensor);
      for (long dim : dims) {
        if (dim > Integer.MAX_VALUE) {
          throw refuse("shape of " + tensor + " has the dimension " + dim + ", more than 2^31-1");
        }
      }
      try {
        return Shape.of(dims.stream().mapToInt(Long::intValue).toArray());
      } catch (IllegalArgumentException e) {
        throw new WeightsException(where + ": " + tensor + ": " + e.getMessage(), e);
      }
    }

    private List<Long> readNumbers(JsonParser json, String what) throws IOException {
      require(json.currentToken(), JsonToken.START_ARRAY, what);
      List<Long> numbers = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        require(json.currentToken(), JsonToken.VALUE_NUMBER_INT, what);
        long number = json.getLongValue();
        if (number < 0) {
          throw refuse(what + " has the negative number " + number);
        }
        numbers.add(number);
      }
      return numbers;
    }

    private void require(@Nullable JsonToken found, JsonToken expected, String what) {
      if (found != expected) {
        throw refuse(what + " must be " + spoken(expected) + ", not " + spoken(found));
      }
    }

    private static String spoken(@Nullable JsonToken token) {
      return switch (token) {
        case null -> "the end";
        case START_OBJECT -> "an object";
        case START_ARRAY -> "an array";
        case VALUE_STRING -> "a string";
        case VALUE_NUMBER_INT -> "a whole number";
        case VALUE_NUMBER_FLOAT -> "a number with a fraction";
        default -> token.asString();
      };
    }

    private WeightsException refuse(String what) {
      return new WeightsException(where + ": " + what + ".");
    }
  }
}
