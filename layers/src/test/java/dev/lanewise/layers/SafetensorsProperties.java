package dev.lanewise.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.FloatTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

class SafetensorsProperties {
  private Path file = Path.of("");

  @BeforeProperty
  void createFile() throws IOException {
    file = Files.createTempFile("lanewise", ".safetensors");
  }

  @AfterProperty
  void deleteFile() throws IOException {
    Files.delete(file);
  }

  @Provide
  Arbitrary<Map<String, Tensor>> tensors() {
    Arbitrary<int[]> dims = Arbitraries.integers().between(0, 4).array(int[].class).ofMaxSize(4);
    Arbitrary<Tensor> tensors =
        Combinators.combine(Arbitraries.of(DType.class), dims, Arbitraries.longs())
            .as(SafetensorsProperties::tensor);
    Arbitrary<String> names =
        Arbitraries.strings().ofMaxLength(8).filter(SafetensorsProperties::isText);
    return Arbitraries.maps(names, tensors).ofMaxSize(6);
  }

  /// Whether a string has no half surrogate pairs, which UTF-8 cannot hold.
  private static boolean isText(String text) {
    return text.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
  }

  private static Tensor tensor(DType dtype, int[] dims, long seed) {
    Tensor tensor = Tensor.zeros(dtype, Shape.of(dims));
    Initialisers.normal(0, 1e3).fill(tensor, Key.of(seed));
    return tensor;
  }

  @Property(tries = 200, seed = "1")
  void whatWasWrittenIsRead(@ForAll("tensors") Map<String, Tensor> tensors) throws IOException {
    new Safetensors(tensors, Map.of("words", "é")).write(file);
    Safetensors read = Safetensors.read(file);
    assertEquals(tensors.keySet(), read.tensors().keySet());
    tensors.forEach((name, tensor) -> assertTrue(tensor.sameBits(read.tensors().get(name)), name));
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(0, (bytes[0] & 7), "the data is aligned to 8 bytes");
    new Safetensors(new LinkedHashMap<>(read.tensors()), read.metadata()).write(file);
    assertArrayEquals(bytes, Files.readAllBytes(file));
  }

  private byte[] sample() throws IOException {
    Map<String, Tensor> tensors =
        Map.of("w", FloatTensor.matrix(new float[] {1, 2, 3}), "b", FloatTensor.vector(4));
    new Safetensors(tensors, Map.of("epoch", "12")).write(file);
    return Files.readAllBytes(file);
  }

  @Property(tries = 300, seed = "2")
  void aFileCutShortIsRefused(@ForAll @IntRange(max = 1000) int where) throws IOException {
    byte[] bytes = sample();
    Files.write(file, Arrays.copyOf(bytes, where % bytes.length));
    assertThrows(WeightsException.class, () -> Safetensors.read(file));
  }

  @Property(tries = 100, seed = "3")
  void aFileWithSomethingAddedIsRefused(@ForAll @IntRange(min = 1, max = 100) int more)
      throws IOException {
    byte[] bytes = sample();
    Files.write(file, Arrays.copyOf(bytes, bytes.length + more));
    assertThrows(WeightsException.class, () -> Safetensors.read(file));
  }

  /// One wrong byte in the header either is refused or leaves all shapes, and so the data, in
  /// place; nothing but a [WeightsException] is thrown.
  @Property(tries = 3000, seed = "4")
  void oneWrongByteInTheHeaderIsNeverMoreThanAnotherName(
      @ForAll @IntRange(max = 1000) int where, @ForAll byte value) throws IOException {
    byte[] bytes = sample();
    int headerEnd = 8 + (bytes[0] & 0xff);
    bytes[where % headerEnd] = value;
    Files.write(file, bytes);
    Safetensors read;
    try {
      read = Safetensors.read(file);
    } catch (WeightsException e) {
      assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
      return;
    }
    List<Tensor> tensors = List.copyOf(read.tensors().values());
    assertEquals(2, tensors.size());
    assertEquals(4, tensors.get(0).size() + tensors.get(1).size());
  }
}
