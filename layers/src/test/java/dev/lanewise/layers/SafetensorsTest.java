package dev.lanewise.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.FloatTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  @TempDir private Path folder;

  private Path write(long claimedHeader, String header, int dataBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + dataBytes);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(claimedHeader).put(json);
    return Files.write(folder.resolve("bad.safetensors"), bytes.array());
  }

  private String refusal(String header, int dataBytes) throws IOException {
    Path file = write(header.getBytes(StandardCharsets.UTF_8).length, header, dataBytes);
    String message =
        assertThrows(WeightsException.class, () -> Safetensors.read(file)).getMessage();
    assertTrue(message.startsWith(file.toString()), message);
    assertFalse(message.contains("\n"), message);
    return message;
  }

  private void assertRefused(String header, int dataBytes, String... parts) throws IOException {
    String message = refusal(header, dataBytes);
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  // The bytes were made by Python: struct.pack('<Q', len(header)) + header + struct.pack('<d', -2)
  // + struct.pack('<3f', 1, 0.5, -0.0).
  @Test
  void bytesAreThoseOfTheFormat() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("b", FloatTensor.vector(-0.0f));
    tensors.put("a", FloatTensor.matrix(new float[] {1, 0.5f}));
    tensors.put("c", Tensor.of(DType.FLOAT64, Shape.SCALAR, -2));
    Path file = folder.resolve("golden.safetensors");
    new Safetensors(tensors, Map.of("epoch", "3")).write(file);
    String header =
        "{\"__metadata__\":{\"epoch\":\"3\"},"
            + "\"c\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[8,16]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[16,20]}}";
    String padded = header + " ".repeat((8 - header.length() % 8) % 8);
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(padded, new String(bytes, 8, padded.length(), StandardCharsets.UTF_8));
    assertEquals(
        "c800000000000000", HexFormat.of().formatHex(bytes, 0, 8), "length of the header, 200");
    assertEquals(
        "00000000000000c00000803f0000003f00000080",
        HexFormat.of().formatHex(bytes, 8 + padded.length(), bytes.length));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList(), "nothing is left beside the file");
    }
  }

  // Written by the format's own Python library, safetensors 0.8 with numpy:
  // save_file({'w': np.arange(6, dtype='f4').reshape(2, 3), 'b': np.arange(2.)}, …, {'a': 'b'}).
  @Test
  void aFileOfTheFormatsOwnLibraryIsReadAndWrittenAgainByteForByte() throws IOException {
    String header =
        "{\"__metadata__\":{\"a\":\"b\"},"
            + "\"b\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[16,40]}}       ";
    byte[] bytes =
        HexFormat.of()
            .parseHex(
                "9000000000000000"
                    + HexFormat.of().formatHex(header.getBytes(StandardCharsets.UTF_8))
                    + "0000000000000000000000000000f03f"
                    + "000000000000803f00000040"
                    + "00004040000080400000a040");
    Path file = Files.write(folder.resolve("python.safetensors"), bytes);
    Safetensors read = Safetensors.read(file);
    assertEquals(Map.of("a", "b"), read.metadata());
    assertTrue(read.tensors().get("b").sameBits(DoubleTensor.vector(0, 1)));
    assertTrue(
        read.tensors()
            .get("w")
            .sameBits(FloatTensor.matrix(new float[] {0, 1, 2}, new float[] {3, 4, 5})));
    Path again = folder.resolve("again.safetensors");
    read.write(again);
    assertArrayEquals(bytes, Files.readAllBytes(again));
  }

  @Test
  void whatWasWrittenIsReadBitForBit() {
    Tensor odd =
        DoubleTensor.vector(Double.NaN, Double.longBitsToDouble(0x7ff0000000000001L), -0.0, 1e-320);
    Tensor large = Tensor.zeros(DType.FLOAT32, Shape.of(300, 100));
    for (int i = 0; i < large.size(); i++) {
      large.setFlat(i, i);
    }
    Tensor view = large.rows(7, 250);
    Tensor empty = Tensor.zeros(DType.FLOAT32, Shape.of(0, 5));
    Map<String, Tensor> tensors =
        Map.of("odd", odd, "large.weight", large, "view", view, "", empty, "é\"\n", empty);
    Path file = folder.resolve("model.safetensors");
    new Safetensors(tensors, Map.of("ключ", "значение\t")).write(file);
    Safetensors read = Safetensors.read(file);
    assertEquals(tensors.keySet(), read.tensors().keySet());
    tensors.forEach((name, tensor) -> assertTrue(tensor.sameBits(read.tensors().get(name)), name));
    assertEquals(Map.of("ключ", "значение\t"), read.metadata());
  }

  @Test
  void equalContentGivesEqualBytesInWhateverOrder() throws IOException {
    Map<String, Tensor> forward = new LinkedHashMap<>();
    Map<String, Tensor> backward = new LinkedHashMap<>();
    for (int i = 0; i < 9; i++) {
      forward.put("t" + i, FloatTensor.vector(i));
      backward.put("t" + (8 - i), FloatTensor.vector(8 - i));
    }
    Path file = folder.resolve("a.safetensors");
    new Safetensors(forward, Map.of("x", "1", "y", "2")).write(file);
    byte[] bytes = Files.readAllBytes(file);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("y", "2");
    metadata.put("x", "1");
    new Safetensors(backward, metadata).write(file);
    assertArrayEquals(bytes, Files.readAllBytes(file));
  }

  @Test
  void aHeaderLongerThanTheFileIsRefused() throws IOException {
    for (long claimed : new long[] {3, 100_000_001L, 1L << 62, Long.MIN_VALUE, -1}) {
      Path file = write(claimed, "{}", 0);
      String message =
          assertThrows(WeightsException.class, () -> Safetensors.read(file)).getMessage();
      assertTrue(message.contains(Long.toUnsignedString(claimed)), message);
    }
    Path tiny = Files.write(folder.resolve("tiny"), new byte[7]);
    String message =
        assertThrows(WeightsException.class, () -> Safetensors.read(tiny)).getMessage();
    assertTrue(message.contains("7 bytes"), message);
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    Path file = folder.resolve("none");
    String message =
        assertThrows(WeightsException.class, () -> Safetensors.read(file)).getMessage();
    assertTrue(message.startsWith(file.toString()), message);
  }

  private static String tensor(String name, String dtype, String shape, String offsets) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}"
        .formatted(name, dtype, shape, offsets);
  }

  @Test
  void offsetsThatDoNotCoverTheDataExactlyAreRefused() throws IOException {
    String a = tensor("a", "F32", "[2]", "[0,8]");
    assertRefused("{" + a + "," + tensor("b", "F32", "[1]", "[4,8]") + "}", 8, "'b'", "overlaps");
    assertRefused("{" + a + "," + tensor("b", "F32", "[1]", "[12,16]") + "}", 16, "gap", "'b'");
    assertRefused("{" + tensor("a", "F32", "[1]", "[4,8]") + "}", 8, "gap", "'a'");
    assertRefused("{" + a + "}", 9, "8 bytes", "9");
    assertRefused("{" + a + "}", 7, "8 bytes", "7");
    assertRefused("{}", 1, "0 bytes", "1");
  }

  @Test
  void offsetsThatDoNotFitTheShapeAreRefused() throws IOException {
    assertRefused("{" + tensor("a", "F32", "[2]", "[0,4]") + "}", 4, "'a'", "8 bytes");
    assertRefused("{" + tensor("a", "F64", "[2]", "[0,8]") + "}", 8, "'a'", "16 bytes");
    assertRefused("{" + tensor("a", "F32", "[0]", "[4,0]") + "}", 4, "'a'");
    assertRefused("{" + tensor("a", "F32", "[2]", "[0,8,8]") + "}", 8, "'a'", "2 numbers");
    assertRefused("{" + tensor("a", "F32", "[2]", "[-8,0]") + "}", 8, "'a'", "-8");
    assertRefused("{" + tensor("a", "F32", "[2]", "[0.0,8]") + "}", 8, "'a'", "whole number");
    assertRefused("{" + tensor("a", "F32", "[2]", "8") + "}", 8, "'a'", "array");
    assertRefused("{" + tensor("a", "F32", "[2]", "[0,99999999999999999999]") + "}", 8, "header");
  }

  @Test
  void shapesThatOverflowAreRefused() throws IOException {
    String huge = "[4294967296,4294967296]";
    assertRefused("{" + tensor("a", "F32", huge, "[0,0]") + "}", 0, "'a'", "4294967296");
    String product = "[65536,65536,65536,65536]";
    assertRefused("{" + tensor("a", "F32", product, "[0,0]") + "}", 0, "'a'", "2^31-1");
    assertRefused("{" + tensor("a", "F32", "[-1]", "[0,0]") + "}", 0, "'a'", "-1");
    String claimed = "[2147483647]";
    assertRefused("{" + tensor("a", "F64", claimed, "[0,17179869176]") + "}", 8, "17179869176");
  }

  @Test
  void otherTypesAreRefusedByName() throws IOException {
    assertRefused("{" + tensor("a", "BF16", "[1]", "[0,2]") + "}", 2, "'a'", "BF16");
    assertRefused("{\"a\":{\"dtype\":7,\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "dtype");
  }

  @Test
  void namesThatOccurTwiceAreRefused() throws IOException {
    String a = tensor("a", "F32", "[1]", "[0,4]");
    assertRefused("{" + a + "," + tensor("a", "F32", "[1]", "[4,8]") + "}", 8, "'a'");
    assertRefused("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}," + a + "}", 4, "'k'");
    assertRefused("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}", 4, "'dtype'");
  }

  @Test
  void headersThatAreNotTheFormatsJsonAreRefused() throws IOException {
    String a = tensor("a", "F32", "[1]", "[0,4]");
    assertRefused("", 0, "'{'");
    assertRefused(" {" + a + "}", 4, "'{'");
    assertRefused("{" + a, 4, "header");
    assertRefused("{" + a + "} {}", 4, "follows");
    assertRefused("{\"a\":[]}", 0, "'a'", "object");
    assertRefused("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, "lacks");
    assertRefused("{\"a\":{\"dtype\":\"F32\",\"colour\":[1]}}", 4, "colour");
    assertRefused("{\"__metadata__\":{\"k\":1}," + a + "}", 4, "'k'", "string");
    assertRefused("{\"__metadata__\":\"k\"," + a + "}", 4, "object");
    assertRefused("{\"a\":{\"shape\":[[[[]]]]}}", 4, "a");
    byte[] notUtf8 = {2, 0, 0, 0, 0, 0, 0, 0, '{', (byte) 0xff};
    Path file = Files.write(folder.resolve("latin"), notUtf8);
    assertTrue(
        assertThrows(WeightsException.class, () -> Safetensors.read(file))
            .getMessage()
            .contains("UTF-8"));
  }

  @Test
  void paddingAndUnknownOrderAreRead() throws IOException {
    String header =
        "{"
            + tensor("b", "F32", "[1]", "[4,8]")
            + ","
            + tensor("a", "F32", "[1]", "[0,4]")
            + "}     ";
    Safetensors read = Safetensors.read(write(header.length(), header, 8));
    assertEquals(List.of("a", "b"), List.copyOf(read.tensors().keySet()));
  }

  @Test
  void whatCannotBeWrittenLeavesTheOldFileAsItWas() throws IOException {
    Path missing = folder.resolve("missing").resolve("model.safetensors");
    Safetensors content = new Safetensors(Map.of("a", FloatTensor.vector(1)), Map.of());
    String message =
        assertThrows(WeightsException.class, () -> content.write(missing)).getMessage();
    assertTrue(message.startsWith(missing.toString()), message);
    Path file = folder.resolve("model.safetensors");
    content.write(file);
    byte[] before = Files.readAllBytes(file);
    String loneSurrogate = "\ud800";
    Safetensors unwritable =
        new Safetensors(Map.of(loneSurrogate, FloatTensor.vector(2)), Map.of());
    assertThrows(WeightsException.class, () -> unwritable.write(file));
    assertArrayEquals(before, Files.readAllBytes(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void theReservedNameIsRefused() {
    Map<String, Tensor> tensors = Map.of("__metadata__", FloatTensor.vector(1));
    assertThrows(IllegalArgumentException.class, () -> new Safetensors(tensors, Map.of()));
  }
}
