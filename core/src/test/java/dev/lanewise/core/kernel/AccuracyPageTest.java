package dev.lanewise.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.internal.vector.VectorFloatKernels;
import dev.lanewise.core.kernel.AccuracyPage.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Holds `docs/accuracy.md` to what the kernels do; with `-Dlanewise.accuracy=write` it writes the
/// page's table instead.
class AccuracyPageTest {
  private static final Path PAGE = Path.of("../docs/accuracy.md");
  private static final String COMMAND =
      "mvn -pl core test -Dtest=AccuracyPageTest -Dtest.jvm=-Dlanewise.accuracy=write";

  /// One in so many of the page's floats, and of its draws of float64.
  private static final int FLOAT_STRIDE = 997;

  private static final int DRAW_STRIDE = 21;

  /// Half a unit of the last digit that the page shows.
  private static final double ROUNDING = 0.5e-3;

  @Test
  void thePageIsTrue() throws IOException {
    if ("write".equals(System.getProperty("lanewise.accuracy"))) {
      write(AccuracyPage.sweep(1, 1));
    }
    List<Row> claims = claims();
    List<Row> found = AccuracyPage.sweep(FLOAT_STRIDE, DRAW_STRIDE);
    assertEquals(found.size(), claims.size(), hint());
    for (int i = 0; i < found.size(); i++) {
      Row claim = claims.get(i);
      Row sample = found.get(i);
      String what = claim.line() + ", but a sample has " + sample.line() + ". " + hint();
      assertEquals(sample.function(), claim.function(), what);
      assertEquals(sample.dtype(), claim.dtype(), what);
      assertTrue(claim.max() <= claim.function().bound, () -> "Out of bounds: " + claim.line());
      assertTrue(sample.max() <= claim.max() + ROUNDING, what);
      double again =
          AccuracyPage.errorAt(claim.function(), claim.dtype(), Double.parseDouble(claim.at()));
      assertEquals(claim.max(), again, ROUNDING, what);
      assertEquals(claim.mean(), sample.mean(), 0.01, what);
    }
  }

  private static List<Row> claims() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.contains("| float32 |") || line.contains("| float64 |"))
        .map(Row::parse)
        .toList();
  }

  /// Replaces the table's rows, and leaves the text around them as it is.
  private static void write(List<Row> rows) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(PAGE)) {
      if (!line.contains("| float32 |") && !line.contains("| float64 |")) {
        lines.add(line);
      }
      if (line.startsWith("|---")) {
        rows.forEach(row -> lines.add(row.line()));
      }
    }
    Files.writeString(PAGE, String.join("\n", lines) + "\n");
  }

  private static String hint() {
    return "If the kernels have changed on purpose, run from the repository's root: "
        + COMMAND
        + " (the kernels here have "
        + new VectorFloatKernels().lanes()
        + " float lanes).";
  }
}
