package dev.lanewise.data.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.data.DataException;
import dev.lanewise.data.TensorDataset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tables of numbers, well-formed and hostile.
class NumericTableTest {
  @TempDir private Path folder;

  @Test
  void blanksTabsAndLineEndsOfEveryKindSeparateNumbers() {
    NumericTable table = NumericTable.read(file("  1  2.5\t-3e-1\r\n4 .5 6.\n\n \n"));
    assertEquals(2, table.rows());
    assertEquals(3, table.columns());
    assertArrayEquals(new double[] {1, 2.5, -0.3, 4, 0.5, 6}, table.values().toDoubles());
  }

  @Test
  void aFileWithoutAFinalLineEndIsComplete() {
    assertArrayEquals(
        new double[] {1, 2, 3, 4}, NumericTable.read(file("1 2\n3 4")).values().toDoubles());
  }

  @Test
  void numbersAreRoundedToTheNearestDouble() {
    double[] values =
        NumericTable.read(file("0." + "3".repeat(100_000) + " 1e-400 4.9e-324"))
            .values()
            .toDoubles();
    assertArrayEquals(new double[] {1 / 3.0, 0, Double.MIN_VALUE}, values);
  }

  @Test
  void theLastColumnsAreTheTargets() {
    TensorDataset dataset = NumericTable.read(file("1 2 3\n4 5 6\n")).regression(1, "small");
    DoubleTensor x = DoubleTensor.matrix(new double[2], new double[2]);
    DoubleTensor t = DoubleTensor.matrix(new double[1], new double[1]);
    dataset.copyRows(new int[] {1, 0}, x, t);
    assertArrayEquals(new double[] {4, 5, 1, 2}, x.toDoubles());
    assertArrayEquals(new double[] {6, 3}, t.toDoubles());
    assertTrue(dataset.provenance().toString().contains("table.txt"));
  }

  @Test
  void aTableWithoutAColumnForFeaturesIsRefused() {
    NumericTable table = NumericTable.read(file("1\n2\n"));
    assertThrows(DataException.class, () -> table.regression(1, "small"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "nan",
        "inf",
        "-Infinity",
        "0x1p3",
        "1d",
        "1f",
        "1_000",
        "1,5",
        "1e",
        "1e+",
        "--1",
        "1.2.3",
        ".",
        "-",
        "e5",
        "１",
        "abc",
        "1\u00002",
        "\uFEFF1"
      })
  void onlyDecimalNumbersAreNumbers(String word) {
    String message = refused("1 2\n3 " + word + "\n");
    assertTrue(message.contains("table.txt, line 2, column 2: "), message);
    assertTrue(message.contains("expected a decimal number, but found '"), message);
    assertTrue(message.chars().noneMatch(Character::isISOControl), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "1 2;3;          | line 2: expected 2 numbers as in line 1, but found 1.",
        "1 2;3 4;5 6 7;  | line 3: expected 2 numbers as in line 1, but found 3.",
        "1 2;;3 4;       | line 2: expected numbers, but found an empty line before the end.",
        ";1 2;           | line 1: expected numbers, but found an empty line before the end.",
        "1 1e999;        | column 2: expected a number of at most 1.7976931348623157E308",
        ";;              | table.txt: expected lines of numbers, but found none.",
      })
  void whatIsMalformedIsRefusedByLine(String lines, String message) {
    String found = refused(lines.strip().replace(';', '\n'));
    assertTrue(found.contains(message), found);
  }

  @Test
  void anEmptyFileIsRefused() {
    assertTrue(refused("").contains("expected lines of numbers, but found none"));
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    Path file = Files.write(folder.resolve("table.txt"), new byte[] {'1', ' ', (byte) 0xff, '\n'});
    String message = assertThrows(DataException.class, () -> NumericTable.read(file)).getMessage();
    assertTrue(message.contains("expected text in UTF-8"), message);
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("nowhere.txt");
    String message = assertThrows(DataException.class, () -> NumericTable.read(file)).getMessage();
    assertTrue(message.contains("nowhere.txt: there is no such file"), message);
  }

  @Test
  void aHugeWordIsRefusedInOneShortSentence() {
    String message = refused("1 " + "x".repeat(1 << 20));
    assertTrue(message.length() < 300, message);
  }

  private String refused(String text) {
    Path file = file(text);
    return assertThrows(DataException.class, () -> NumericTable.read(file)).getMessage();
  }

  private Path file(String text) {
    try {
      return Files.writeString(folder.resolve("table.txt"), text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
