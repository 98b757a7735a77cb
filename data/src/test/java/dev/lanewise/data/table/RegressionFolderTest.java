package dev.lanewise.data.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.TrainAndTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A table with published splits.
class RegressionFolderTest {
  private static final Path SHARED = Path.of("../../shared/data/regression");

  @TempDir private Path folder;

  @Test
  void aSplitTestsOnTheNamedRowsAndTrainsOnAllOthers() {
    RegressionFolder set = read("0 10\n1 11\n2 12\n3 13\n", "3 1\n0\n");
    assertEquals(2, set.splits());
    TrainAndTest<Dataset> first = set.split(0);
    assertArrayEquals(new double[] {10, 12}, targets(first.train()));
    assertArrayEquals(new double[] {13, 11}, targets(first.test()));
    assertArrayEquals(new double[] {10}, targets(set.split(1).test()));
    assertThrows(IndexOutOfBoundsException.class, () -> set.split(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0;4;       | line 2: expected row numbers from 0 to 3, but found '4'.",
        "-1;        | line 1: expected row numbers from 0 to 3, but found '-1'.",
        "1.0;       | line 1: expected row numbers from 0 to 3, but found '1.0'.",
        "99999999999999; | line 1: expected row numbers from 0 to 3, but found '99999999999999'.",
        "0 1;2 0 2; | line 2: expected no row twice, but found 2 again.",
        "0 1 2 3;   | line 1: expected fewer test rows than the 4 rows of the set, but found 4.",
        "0;;1;      | line 2: expected numbers, but found an empty line before the end.",
      })
  void splitsThatDoNotFitTheSetAreRefusedByLine(String lines, String message) {
    String splits = lines.strip().replace(';', '\n');
    String found =
        assertThrows(DataException.class, () -> read("0 10\n1 11\n2 12\n3 13\n", splits))
            .getMessage();
    assertTrue(found.contains(RegressionFolder.SPLITS + ", " + message), found);
  }

  @Test
  void thePublishedSetsHaveTheirSizes() {
    Assumptions.assumeTrue(Files.isDirectory(SHARED), "no shared data sets here");
    assertSizes("boston-housing", 506, 13, 51);
    assertSizes("energy-efficiency", 768, 8, 77);
    assertSizes("yacht-hydrodynamics", 308, 6, 31);
    assertSizes("kin8nm", 8192, 8, 819);
    assertSizes("power-plant", 9568, 4, 957);
  }

  private static void assertSizes(String name, int rows, int features, int tested) {
    RegressionFolder set = RegressionFolder.read(SHARED.resolve(name));
    assertEquals(rows, set.dataset().size(), name);
    assertEquals(Shape.of(features), set.dataset().featureShape(), name);
    assertEquals(20, set.splits(), name);
    for (int split = 0; split < set.splits(); split++) {
      assertEquals(tested, set.split(split).test().size(), 1, name);
      assertEquals(rows, set.split(split).train().size() + set.split(split).test().size(), name);
    }
  }

  private RegressionFolder read(String table, String splits) {
    try {
      Files.writeString(folder.resolve(RegressionFolder.TABLE), table);
      Files.writeString(folder.resolve(RegressionFolder.SPLITS), splits);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return RegressionFolder.read(folder);
  }

  private static double[] targets(Dataset dataset) {
    DoubleTensor targets =
        new DoubleTensor(dataset.targetBatch(dataset.size()), new double[dataset.size()], 0);
    dataset.copyTargets(IntStream.range(0, dataset.size()).toArray(), targets);
    return targets.toDoubles();
  }
}
