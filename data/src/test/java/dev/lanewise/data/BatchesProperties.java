package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BatchesProperties {
  @Property(seed = "1")
  void everyRowComesExactlyOncePerEpoch(
      @ForAll @IntRange(max = 200) int rows,
      @ForAll @IntRange(min = 1, max = 50) int batchSize,
      @ForAll long seed,
      @ForAll @IntRange(max = 1000) int epoch) {
    Batches batches = Batches.shuffled(Numbered.rows(rows), batchSize, DType.FLOAT64, Key.of(seed));
    int[] seen = order(batches, epoch);
    Arrays.sort(seen);
    assertArrayEquals(IntStream.range(0, rows).toArray(), seen);
  }

  @Property(seed = "1")
  void withoutPartialEveryBatchIsFullAndNoRowComesTwice(
      @ForAll @IntRange(max = 200) int rows,
      @ForAll @IntRange(min = 1, max = 50) int batchSize,
      @ForAll long seed) {
    Batches batches =
        Batches.shuffled(Numbered.rows(rows), batchSize, DType.FLOAT32, Key.of(seed))
            .withoutPartial();
    int[] seen = order(batches, 0);
    assertEquals(rows / batchSize * batchSize, seen.length);
    assertEquals(seen.length, Arrays.stream(seen).distinct().count());
  }

  @Property(seed = "1")
  void equalKeysGiveEqualOrder(@ForAll long seed, @ForAll @IntRange(max = 1000) int epoch) {
    Batches one = Batches.shuffled(Numbered.rows(50), 7, DType.FLOAT32, Key.of(seed));
    Batches other = Batches.shuffled(Numbered.rows(50), 7, DType.FLOAT64, Key.of(seed));
    order(other, epoch + 1); // what was loaded before must not matter
    assertArrayEquals(order(one, epoch), order(other, epoch));
  }

  @Property(seed = "1")
  void epochsAndSeedsDifferInOrder(@ForAll long seed, @ForAll @IntRange(max = 1000) int epoch) {
    Batches batches = Batches.shuffled(Numbered.rows(50), 7, DType.FLOAT32, Key.of(seed));
    Batches others = Batches.shuffled(Numbered.rows(50), 7, DType.FLOAT32, Key.of(seed + 1));
    int[] order = order(batches, epoch);
    assertFalse(Arrays.equals(order, order(batches, epoch + 1)));
    assertFalse(Arrays.equals(order, order(others, epoch)));
  }

  @Property(seed = "1")
  void trainingResumesAtAnyStep(@ForAll long seed, @ForAll @IntRange(max = 7) int step) {
    Batches ran = Batches.shuffled(Numbered.rows(50), 7, DType.FLOAT32, Key.of(seed));
    order(ran, 2);
    Batches resumed = Batches.shuffled(Numbered.rows(50), 7, DType.FLOAT32, Key.of(seed));
    assertArrayEquals(
        ran.load(3, step).features().toDoubles(), resumed.load(3, step).features().toDoubles());
  }

  @Property(seed = "1", tries = 50)
  void threadsThatShareTheRowsCopyTheSame(
      @ForAll @IntRange(min = 1, max = 100) int batchSize,
      @ForAll @IntRange(min = 1, max = 4) int threads) {
    int width = 1000; // so that a batch is copied in several pieces
    double[] values = IntStream.range(0, 103 * width).asDoubleStream().toArray();
    Dataset rows =
        TensorDataset.regression(
            Tensor.of(DType.FLOAT64, Shape.of(103, width), values),
            Tensor.of(
                DType.FLOAT64, Shape.of(103), IntStream.range(0, 103).asDoubleStream().toArray()),
            Provenance.of("counted"));
    Batches alone = Batches.shuffled(rows, batchSize, DType.FLOAT32, Key.of(3));
    Batches shared = Batches.shuffled(rows, batchSize, DType.FLOAT32, Key.of(3));
    try (Workspace workspace = Workspace.of(threads)) {
      for (int step = 0; step < alone.perEpoch(); step++) {
        Batches.Batch expected = alone.load(2, step);
        Batches.Batch found = shared.load(2, step, workspace);
        assertArrayEquals(expected.features().toDoubles(), found.features().toDoubles());
        assertArrayEquals(expected.targets().toDoubles(), found.targets().toDoubles());
      }
    }
    double first = shared.load(0, 0).targets().getFlat(0);
    assertEquals(first * width, shared.load(0, 0).features().getFlat(0)); // a row with its target
  }

  @Example
  void everyRowIsEquallyLikelyToComeFirst() {
    Batches batches = Batches.shuffled(Numbered.rows(10), 1, DType.FLOAT32, Key.of(5));
    int[] first = new int[10];
    for (int epoch = 0; epoch < 10_000; epoch++) {
      first[(int) batches.load(epoch, 0).features().getFlat(0)]++;
    }
    // 10,000 draws of probability 0.1 have a standard deviation of 30.
    for (int count : first) {
      assertEquals(1000, count, 150);
    }
  }

  @Example
  void inOrderKeepsTheOrderInEveryEpoch() {
    Batches batches = Batches.inOrder(Numbered.rows(5), 2, DType.FLOAT32);
    assertArrayEquals(new int[] {0, 1, 2, 3, 4}, order(batches, 0));
    assertArrayEquals(new int[] {0, 1, 2, 3, 4}, order(batches, 9));
  }

  @Example
  void loadingReusesTheTensors() {
    Batches batches = Batches.inOrder(Numbered.rows(5), 2, DType.FLOAT32);
    assertSame(batches.load(0, 0), batches.load(0, 1));
    assertSame(batches.load(0, 2), batches.load(1, 2));
  }

  @Example
  void theTargetsBelongToTheFeatures() {
    Batches batches = Batches.shuffled(Numbered.rows(50), 7, DType.FLOAT64, Key.of(1));
    for (int step = 0; step < batches.perEpoch(); step++) {
      Batches.Batch batch = batches.load(0, step);
      for (int i = 0; i < batch.targets().size(); i++) {
        assertEquals(batch.features().get(i, 0) * 10, batch.targets().get(i, 0));
      }
    }
  }

  @Example
  void aStepThatIsNotThereIsRefused() {
    Batches batches = Batches.inOrder(Numbered.rows(5), 2, DType.FLOAT32);
    assertThrows(IndexOutOfBoundsException.class, () -> batches.load(0, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> batches.load(0, -1));
    assertThrows(IndexOutOfBoundsException.class, () -> batches.load(-1, 0));
    assertThrows(
        IllegalArgumentException.class, () -> Batches.inOrder(Numbered.rows(5), 0, DType.FLOAT32));
  }

  private static int[] order(Batches batches, int epoch) {
    List<Integer> rows = new ArrayList<>();
    for (int step = 0; step < batches.perEpoch(); step++) {
      Batches.Batch batch = batches.load(epoch, step);
      for (int i = 0; i < batch.features().shape().rows(); i++) {
        rows.add((int) batch.features().get(i, 0));
      }
    }
    return rows.stream().mapToInt(row -> row).toArray();
  }
}
