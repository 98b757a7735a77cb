package dev.lanewise.gradcheck.mutant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.gradcheck.GradientReport;
import dev.lanewise.gradcheck.Verdict;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RightLayersTest {
  private static final long[] SEEDS = {1, 2, 3};

  @Test
  void noRightLayerIsCalledWrongInAnyRegime() {
    List<String> alarms =
        LongStream.of(SEEDS)
            .boxed()
            .flatMap(seed -> RightLayers.all().stream().map(layer -> new Check(layer, seed)))
            .toList()
            .parallelStream()
            .flatMap(Check::alarm)
            .toList();
    assertEquals(List.of(), alarms, () -> String.join("\n\n", alarms));
  }

  /// Three zeros to sort, three numbers 1e-10 apart, and units exactly at their kinks.
  @ParameterizedTest
  @CsvSource({
    "sort, 2",
    "sort, 30",
    "relu net with squared error, 1",
    "relu net with squared error, 1050"
  })
  void layersThatOnceRaisedAnAlarmDoNot(String name, long seed) {
    PlainLayer layer =
        RightLayers.all().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    layer.check(GradientChecker.seeded(seed)).requirePass();
  }

  private record Check(PlainLayer layer, long seed) {
    Stream<String> alarm() {
      GradientReport report = layer.check(GradientChecker.seeded(seed).threads(1));
      return report.verdict() == Verdict.PASS ? Stream.empty() : Stream.of(report.toString());
    }
  }

  @Test
  void everyRightLayerHasItsOwnName() {
    List<String> names = RightLayers.all().stream().map(PlainLayer::name).toList();
    assertEquals(names.stream().distinct().toList(), names);
    assertTrue(names.size() >= 35, () -> names.size() + " right layers");
  }
}
