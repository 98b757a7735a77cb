package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchLoaderTest {
  private static Batches batches() {
    return Batches.shuffled(Numbered.rows(103), 10, DType.FLOAT64, Key.of(3));
  }

  private static BatchLoader loader(boolean ahead) {
    return ahead ? BatchLoader.ahead(batches()) : BatchLoader.direct(batches());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theBatchesAreThoseAskedForInAnyOrder(boolean ahead) {
    Batches expected = batches();
    try (BatchLoader loader = loader(ahead)) {
      for (int epoch = 0; epoch < 3; epoch++) {
        for (int step = 0; step < expected.perEpoch(); step++) {
          assertSame(expected.load(epoch, step), loader.load(epoch, step));
        }
      }
      for (int step : new int[] {4, 4, 9, 0, 10, 3}) {
        assertSame(expected.load(1, step), loader.load(1, step));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBatchKeepsUntilTheNextIsAskedFor(boolean ahead) throws InterruptedException {
    try (BatchLoader loader = loader(ahead)) {
      for (int step = 0; step < 5; step++) {
        Batches.Batch batch = loader.load(0, step);
        double[] before = batch.features().toDoubles();
        Thread.sleep(5); // long enough for a thread that writes where it should not
        assertArrayEquals(before, batch.features().toDoubles());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStepThatDoesNotExistIsRefusedAndTheNextOneLoads(boolean ahead) {
    try (BatchLoader loader = loader(ahead)) {
      assertThrows(IndexOutOfBoundsException.class, () -> loader.load(0, 11));
      assertSame(batches().load(0, 10), loader.load(0, 10));
    }
  }

  @Test
  void aWaitThatIsInterruptedGoesOnAndTheThreadStaysInterrupted() {
    try (BatchLoader loader = loader(true)) {
      Thread.currentThread().interrupt();
      assertSame(batches().load(0, 0), loader.load(0, 0));
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void closingEndsTheThread() {
    BatchLoader loader = loader(true);
    assertSame(batches().load(0, 0), loader.load(0, 0));
    loader.close();
    assertEquals(
        0,
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("lanewise-batches"))
            .count());
  }

  private static void assertSame(Batches.Batch expected, Batches.Batch actual) {
    assertEquals(expected.features().shape(), actual.features().shape());
    assertArrayEquals(expected.features().toDoubles(), actual.features().toDoubles());
    assertArrayEquals(expected.targets().toDoubles(), actual.targets().toDoubles());
  }
}
