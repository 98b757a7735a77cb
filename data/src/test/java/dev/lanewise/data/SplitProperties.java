package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.core.random.Key;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SplitProperties {
  @Property(seed = "1")
  void theRandomPartsArePartsOfTheWhole(
      @ForAll @IntRange(min = 10, max = 300) int rows,
      @ForAll @DoubleRange(max = 0.4) double validation,
      @ForAll @DoubleRange(max = 0.4) double test,
      @ForAll long seed) {
    Split split = Split.random(Numbered.rows(rows), validation, test, Key.of(seed));
    assertArrayEquals(IntStream.range(0, rows).toArray(), all(split));
    assertEquals(validation * rows, split.validation().size(), 0.5);
    assertEquals(test * rows, split.test().size(), 0.5);
  }

  @Property(seed = "1")
  void theStratifiedPartsKeepTheProportions(
      @ForAll @Size(min = 20, max = 200) List<@IntRange(max = 3) Integer> classes,
      @ForAll @DoubleRange(max = 0.3) double validation,
      @ForAll @DoubleRange(max = 0.3) double test,
      @ForAll long seed) {
    int[] labels = classes.stream().mapToInt(each -> each).toArray();
    Split split = Split.stratified(Numbered.classes(labels), validation, test, Key.of(seed));
    assertArrayEquals(IntStream.range(0, labels.length).toArray(), all(split));
    for (int each = 0; each <= 3; each++) {
      int label = each;
      long inAll = Arrays.stream(labels).filter(found -> found == label).count();
      assertEquals(validation * inAll, count(split.validation(), label), 0.5);
      assertEquals(test * inAll, count(split.test(), label), 1.0); // two roundings may meet
    }
  }

  @Property(seed = "1")
  void equalKeysGiveEqualPartsAndOthersGiveOthers(@ForAll long seed) {
    Dataset rows = Numbered.rows(100);
    int[] part = Numbered.numbers(Split.random(rows, 0.3, 0.2, Key.of(seed)).validation());
    int[] same = Numbered.numbers(Split.random(rows, 0.3, 0.2, Key.of(seed)).validation());
    int[] other = Numbered.numbers(Split.random(rows, 0.3, 0.2, Key.of(seed + 1)).validation());
    assertArrayEquals(part, same);
    assertFalse(Arrays.equals(part, other));
  }

  @Example
  void whatLeavesNothingToTrainOnIsRefused() {
    Dataset rows = Numbered.rows(3);
    Key key = Key.of(1);
    assertThrows(IllegalArgumentException.class, () -> Split.random(rows, 0.5, 0.5, key));
    assertThrows(IllegalArgumentException.class, () -> Split.random(rows, -0.1, 0.5, key));
    assertThrows(IllegalArgumentException.class, () -> Split.random(rows, Double.NaN, 0, key));
    assertThrows(IllegalArgumentException.class, () -> Split.random(rows, 0.9, 0, key));
    assertThrows(IllegalArgumentException.class, () -> Split.stratified(rows, 0.1, 0, key));
  }

  private static int[] all(Split split) {
    return Stream.of(split.train(), split.validation(), split.test())
        .flatMapToInt(part -> Arrays.stream(Numbered.numbers(part)))
        .sorted()
        .toArray();
  }

  private static long count(Dataset part, int label) {
    return Arrays.stream(Numbered.targets(part).toDoubles()).filter(t -> t == label).count();
  }
}
