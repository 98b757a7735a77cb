package dev.lanewise.data.idx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class IdxReaderTest {
  private static final Pattern SHAPE = Pattern.compile("shape \\(([0-9, ]*)\\)");
  private static final Pattern VALUES = Pattern.compile("values (.*)");

  @TempDir private Path folder;

  @Test
  void aMissingFileIsNamedWithItsFolder() {
    assertMessage(folder.resolve("none.idx"), "none.idx", folder.toString());
  }

  @Test
  void aShortFileIsRefusedWithOffsetExpectedAndFound() throws IOException {
    byte[] content = IdxFiles.encode(IdxType.INT, Shape.of(2, 3), 1, 2, 3, 4, 5);
    assertMessage(
        write("short.idx", content), "short.idx", "byte 12", "expected 24", "[2,3]", "found 20");
  }

  @Test
  void aLongFileIsRefused() throws IOException {
    byte[] content = IdxFiles.encode(IdxType.UBYTE, Shape.of(2), 1, 2, 3);
    assertMessage(write("long.idx", content), "byte 8", "expected 2 bytes", "found 3");
    assertMessage(write("long.gz", IdxFiles.gzip(content)), "expected 2 bytes", "found more");
  }

  @Test
  void aHugeClaimIsRefusedWithoutAllocatingIt() throws IOException {
    byte[] content = IdxFiles.encode(IdxType.UBYTE, Shape.of(2_147_483_000));
    assertMessage(write("huge.idx", content), "expected 2147483000 bytes", "found 0");
    assertMessage(write("huge.gz", IdxFiles.gzip(content)), "2147483000", "found only 0");
  }

  @Test
  void aZeroDimensionDoesNotHideAnotherThatIsTooLarge() throws IOException {
    byte[] content = IdxFiles.encode(IdxType.UBYTE, Shape.of(0, 1));
    Arrays.fill(content, 8, 12, (byte) 0xff);
    assertMessage(write("zero.idx", content), "0x4294967295");
  }

  @Test
  void aDamagedGzipStreamIsRefused() throws IOException {
    byte[] content = IdxFiles.gzip(IdxFiles.encode(IdxType.UBYTE, Shape.of(3), 1, 2, 3));
    content[content.length - 5] ^= 1; // in the CRC
    assertMessage(write("damaged.gz", content), "damaged.gz", "gzip");
  }

  @Test
  void severalGzipMembersAreReadAsOneStream() throws IOException {
    byte[] plain = IdxFiles.encode(IdxType.UBYTE, Shape.of(3), 1, 2, 3);
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(IdxFiles.gzip(Arrays.copyOf(plain, 6)));
    members.write(IdxFiles.gzip(Arrays.copyOfRange(plain, 6, plain.length)));
    assertEquals(Shape.of(3), IdxReader.read(write("two.gz", members.toByteArray())).shape());
  }

  /// Every file of the malformed set must be read or refused as its table says; where the table
  /// leaves the choice, this reader accepts, and must find what the table says it then finds.
  @TestFactory
  Stream<DynamicTest> malformedFilesBehaveAsTheirTableSays() throws IOException {
    Path hostile = IdxFiles.shared("hostile");
    return Files.readAllLines(hostile.resolve("expected.tsv")).stream()
        .map(line -> line.split("\t", -1))
        .filter(fields -> fields[1].equals("idx") || fields[1].equals("idx-gz"))
        .map(
            fields ->
                dynamicTest(
                    fields[0] + ": " + fields[2],
                    () -> check(hostile.resolve(fields[0]), fields[2], fields[4])));
  }

  private static void check(Path file, String verdict, String expected) {
    if (verdict.equals("reject")) {
      assertMessage(file, String.valueOf(file.getFileName()));
      return;
    }
    IdxArray array = IdxReader.read(file);
    if (expected.contains("scalar 42")) {
      assertEquals(Shape.SCALAR, array.shape());
      assertEquals(42, array.get(0));
      return;
    }
    Matcher shape = SHAPE.matcher(expected);
    assertTrue(shape.find(), () -> "no shape to compare with in: " + expected);
    int[] dims =
        Arrays.stream(shape.group(1).split(","))
            .filter(dim -> !dim.isBlank())
            .mapToInt(dim -> Integer.parseInt(dim.strip()))
            .toArray();
    assertEquals(Shape.of(dims), array.shape());
    Matcher values = VALUES.matcher(expected);
    if (values.find()) {
      String[] each = values.group(1).split(" ");
      for (int i = 0; i < each.length; i++) {
        assertEquals(number(each[i]), array.get(i), file + ", element " + i);
      }
    }
  }

  private static double number(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }

  @Test
  void theFilesOfAnotherLibrarysTestsAreReadOrRefused() {
    Path tribuo = IdxFiles.shared("idx/tribuo");
    IdxArray ints = IdxReader.read(tribuo.resolve("int.idx"));
    assertEquals(IdxType.INT, ints.type());
    assertEquals(Shape.of(4, 4), ints.shape());
    assertEquals(1234, ints.get(0));
    assertEquals(Shape.of(4, 4), IdxReader.read(tribuo.resolve("byte.idx")).shape());
    assertEquals(Shape.of(4, 2, 2), IdxReader.read(tribuo.resolve("byte-mat.idx")).shape());
    assertEquals(Shape.of(4), IdxReader.read(tribuo.resolve("outputs.idx")).shape());
    assertEquals(Shape.of(8), IdxReader.read(tribuo.resolve("outputs-long.idx")).shape());
    for (String name :
        List.of(
            "output.idx",
            "invalid-magic-byte.idx",
            "invalid-type-byte.idx",
            "too-little-data.idx",
            "too-much-data.idx")) {
      assertMessage(tribuo.resolve(name), name);
    }
  }

  @Test
  void theQmnistIntegersCarryThePlainLabelsInTheirFirstColumn() {
    Path qmnist = IdxFiles.shared("idx/qmnist");
    IdxArray table = IdxReader.read(qmnist.resolve("qmnist-test-labels-idx2-int.gz"));
    IdxArray labels = IdxReader.read(qmnist.resolve("qmnist-test-labels-idx1-ubyte.gz"));
    assertEquals(Shape.of(60_000, 8), table.shape());
    assertEquals(Shape.of(60_000), labels.shape());
    for (int row = 0; row < 60_000; row++) {
      assertEquals(labels.get(row), table.get(8 * row));
    }
    assertEquals(labels.get(59_999), labels.toTensor(DType.FLOAT32).getFlat(59_999));
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static void assertMessage(Path file, String... parts) {
    String message = assertThrows(DataException.class, () -> IdxReader.read(file)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "expected '" + part + "' in: " + message);
    }
    assertTrue(message.endsWith("."), message);
    assertFalse(message.contains("\n"), message);
  }
}
