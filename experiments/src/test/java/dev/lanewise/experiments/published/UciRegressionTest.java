package dev.lanewise.experiments.published;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.random.Key;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.TrainAndTest;
import dev.lanewise.data.table.RegressionFolder;
import dev.lanewise.experiments.run.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The experiment on sets for regression, in small.
class UciRegressionTest {
  private static final Path SHARED = Path.of("../../shared/data/regression");

  @TempDir private Path folder;

  @Test
  void aSummaryIsMeanStandardErrorAndMedian() {
    Summary summary = Summary.of(new double[] {4, 1, 3, 8});
    assertEquals(4, summary.mean());
    assertEquals(3.5, summary.median());
    assertEquals(Math.sqrt((0 + 9 + 1 + 16) / 3.0 / 4), summary.standardError(), 1e-15);
    assertEquals("4.0000 ± 1.4720", summary.toString());
  }

  @Test
  void aNetworkFitsACurveThatALineCannotAndRepeatsItselfToTheBit() throws IOException {
    TrainAndTest<Dataset> parts = parabola().split(0);
    SplitExperiment split = new SplitExperiment("parabola", 0, parts, 1500);
    SplitExperiment.Result result = split.run(1);
    assertTrue(result.linear() > 250, () -> result.toString());
    assertTrue(result.network() < 50, () -> result.toString());
    assertEquals(result, split.run(1));
    assertTrue(result.network() != split.run(2).network());
  }

  @Test
  void leastSquaresGivesTheKnownErrorOnAPublishedSet() {
    Assumptions.assumeTrue(Files.isDirectory(SHARED), "no shared data sets here");
    RegressionFolder set = RegressionFolder.read(SHARED.resolve("yacht-hydrodynamics"));
    double[] errors = new double[set.splits()];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = new SplitExperiment("yacht", i, set.split(i), 1).run(1).linear();
    }
    // An independent implementation gave 8.97 ± 0.27.
    assertEquals(8.97, Summary.of(errors).mean(), 0.005);
  }

  @Test
  void withoutDataTheFoldersItNeedsAreNamed() {
    String message = assertThrows(InputException.class, () -> run(Optional.empty())).getMessage();
    assertTrue(message.contains("--data DIR") && message.contains("kin8nm"), message);
    message = assertThrows(InputException.class, () -> run(Optional.of(folder))).getMessage();
    assertTrue(message.contains("boston-housing: there is no such folder"), message);
  }

  private static void run(Optional<Path> data) {
    new UciRegression(data).run(new PrintWriter(new StringWriter()), Optional.empty());
  }

  /// `t = 1000·x²` on 200 rows, the last 40 for testing.
  private RegressionFolder parabola() throws IOException {
    RandomGenerator draws = Key.of(1).with("parabola").generator();
    StringBuilder table = new StringBuilder();
    StringBuilder test = new StringBuilder();
    for (int row = 0; row < 200; row++) {
      double x = 2 * draws.nextDouble() - 1;
      table.append(String.format(Locale.ROOT, "%.6f %.6f%n", x, 1000 * x * x));
      test.append(row >= 160 ? row + " " : "");
    }
    Files.writeString(folder.resolve(RegressionFolder.TABLE), table);
    Files.writeString(folder.resolve(RegressionFolder.SPLITS), test);
    return RegressionFolder.read(folder);
  }
}
