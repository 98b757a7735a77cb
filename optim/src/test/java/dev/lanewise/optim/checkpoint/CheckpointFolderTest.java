package dev.lanewise.optim.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.FloatTensor;
import dev.lanewise.core.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointFolderTest {
  private static final Map<String, Tensor> TENSORS =
      Map.of("model.weight", FloatTensor.vector(1, -0f, Float.NaN), "t", DoubleTensor.vector(2));

  @TempDir private Path temporary;
  private CheckpointFolder folder;

  private record Numbers(long step, double sum, List<Double> others, @Nullable String word) {}

  @BeforeEach
  void chooseAFolder() {
    folder = new CheckpointFolder(temporary.resolve("run/checkpoints"));
  }

  private static Numbers numbers(long step) {
    return new Numbers(step, 0.1 + step, List.of(Double.NaN, -0.0, 1e-320), null);
  }

  private void write(long... steps) {
    for (long step : steps) {
      folder.write(step, numbers(step), TENSORS);
    }
  }

  private String refused(long step) {
    CheckpointException refused =
        assertThrows(CheckpointException.class, () -> folder.read(step, Numbers.class));
    return String.valueOf(refused.getMessage());
  }

  @Test
  void whatWasWrittenIsReadToTheBit() {
    write(0, 123);
    Checkpoint<Numbers> read = folder.read(123, Numbers.class);
    assertEquals(numbers(123), read.state());
    assertEquals(TENSORS.keySet(), read.tensors().keySet());
    TENSORS.forEach((name, each) -> assertTrue(each.sameBits(read.tensors().get(name)), name));
    assertEquals(List.of(0L, 123L), folder.steps());
    assertTrue(folder.of(123).endsWith("step-000123"));
  }

  @Test
  void nothingButCheckpointsIsLeft() throws IOException {
    write(1, 2, 1234567);
    Files.createDirectory(folder.path().resolve(".tmp-step-000003"));
    Files.writeString(folder.path().resolve(".tmp-step-000003").resolve("state.json"), "{");
    write(3);
    folder.keepOnly(Set.of(2L, 1234567L));
    assertEquals(List.of(2L, 1234567L), folder.steps());
    try (Stream<Path> left = Files.list(folder.path())) {
      assertEquals(2, left.count());
    }
    try (Stream<Path> files = Files.list(folder.of(2))) {
      assertEquals(
          Set.of("manifest.json", "state.json", "tensors.safetensors"),
          Set.copyOf(files.map(each -> each.getFileName().toString()).toList()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tensors.safetensors", "state.json"})
  void oneChangedByteIsRefusedByName(String name) throws IOException {
    write(1, 2);
    Path file = folder.of(2).resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    String message = refused(2);
    assertTrue(message.startsWith(file + ": its SHA-256 must be "), message);
    assertEquals(1, folder.readLast(Numbers.class).step());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tensors.safetensors", "state.json", "manifest.json"})
  void aMissingFileIsRefusedByName(String name) throws IOException {
    write(1, 2);
    Path file = folder.of(2).resolve(name);
    Files.delete(file);
    assertEquals(file + ": there is no such file.", refused(2));
    assertEquals(1, folder.readLast(Numbers.class).step());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tensors.safetensors", "state.json"})
  void aFileCutShortIsRefusedWithBothLengths(String name) throws IOException {
    write(1, 2);
    Path file = folder.of(2).resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertEquals(
        file + ": it must have " + bytes.length + " bytes, but has " + (bytes.length - 1) + ".",
        refused(2));
  }

  @Test
  void aManifestThatIsNoneIsRefusedByName() throws IOException {
    write(1, 2);
    Path file = folder.of(2).resolve("manifest.json");
    String whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, whole.length() / 2));
    assertTrue(refused(2).startsWith(file + ": this is not what was written"), refused(2));
    Files.writeString(file, whole + "{}");
    assertTrue(refused(2).startsWith(file + ": this is not what was written"), refused(2));
    Files.writeString(file, "");
    assertTrue(refused(2).startsWith(file + ": its format must be 1"), refused(2));
    Files.writeString(file, whole.replaceFirst("\"state.json\"", "\"other.json\""));
    assertTrue(refused(2).endsWith("manifest.json: it does not list state.json."), refused(2));
  }

  @Test
  void anotherFormatIsRefusedBeforeAnythingElseIsRead() throws IOException {
    write(1);
    Path file = folder.of(1).resolve("manifest.json");
    Files.writeString(file, "{\"format\": 2, \"parts\": []}");
    assertTrue(refused(1).startsWith(file + ": its format must be 1, but is 2"), refused(1));
  }

  @Test
  void ifNoneIsWholeAllReasonsAreGiven() throws IOException {
    assertTrue(
        assertThrows(CheckpointException.class, () -> folder.readLast(Numbers.class))
            .getMessage()
            .endsWith("there is no checkpoint."));
    write(1, 2);
    Files.delete(folder.of(1).resolve("state.json"));
    Files.delete(folder.of(2).resolve("manifest.json"));
    String message =
        assertThrows(CheckpointException.class, () -> folder.readLast(Numbers.class)).getMessage();
    assertTrue(message.contains(folder.of(1).resolve("state.json").toString()), message);
    assertTrue(message.contains(folder.of(2).resolve("manifest.json").toString()), message);
  }

  @Test
  void aDamagedOneIsReplacedWhenItsStepComesAgain() throws IOException {
    write(1, 2);
    Files.delete(folder.of(2).resolve("manifest.json"));
    write(2);
    assertEquals(numbers(2), folder.readLast(Numbers.class).state());
  }

  @Test
  void whatCannotBeWrittenLeavesTheOnesBefore() throws IOException {
    write(1);
    Files.writeString(temporary.resolve("file"), "");
    CheckpointFolder wrong = new CheckpointFolder(temporary.resolve("file"));
    assertThrows(CheckpointException.class, () -> wrong.write(1, numbers(1), TENSORS));
    assertThrows(IllegalArgumentException.class, () -> folder.write(2, new Object(), TENSORS));
    assertEquals(List.of(1L), folder.steps());
    assertEquals(1, folder.readLast(Numbers.class).step());
  }

  @Test
  void policiesAreChecked() {
    Checkpoints policy = Checkpoints.in(folder.path());
    assertThrows(IllegalArgumentException.class, () -> policy.everySteps(0));
    assertThrows(IllegalArgumentException.class, () -> policy.keepLast(0));
  }

  @Test
  void differencesOfEnvironmentsAreNamed() {
    Environment here = Environment.here();
    assertEquals(List.of(), here.differences(Environment.here()));
    Environment there = new Environment(here.lanewise(), "other kernels", here.jdk(), "a 6502");
    List<String> differences = there.differences(here);
    assertEquals(2, differences.size());
    assertTrue(differences.get(0).startsWith("the kernels: was 'other kernels', is '"));
    assertTrue(differences.get(1).startsWith("the processor: was 'a 6502', is '"));
  }
}
