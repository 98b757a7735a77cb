package dev.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class GarbageTest {
  @Test
  void aBenchmarkThatAllocatesIsNamedWithWhatItLeaves() throws RunnerException {
    Collection<RunResult> runs =
        new Runner(
                new OptionsBuilder()
                    .include("\\.WastefulBenchmark\\.")
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(3)
                    .measurementTime(TimeValue.milliseconds(1))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    assertEquals(2, runs.size());
    List<String> complaints = Garbage.complaints(runs);
    assertEquals(1, complaints.size(), complaints::toString);
    String start = "WastefulBenchmark.call 1000, fork 1: a call or step allocates 8,01";
    assertTrue(complaints.getFirst().startsWith(start), complaints::toString);
    assertTrue(
        complaints.getFirst().endsWith(" bytes but must stay below 1"), complaints::toString);
  }

  @Test
  void everyForkThatLeavesNoLessThanTheLimitIsNamed() {
    Garbage garbage = new Garbage(List.of(0.0, 16_383.0, 16_384.0, Double.NaN), 16_384);
    String rest = " bytes but must stay below 16,384";
    assertEquals(
        List.of(
            "Training, fork 3: a call or step allocates 16,384.0" + rest,
            "Training, fork 4: a call or step allocates NaN" + rest),
        garbage.complaints("Training"));
  }

  @Test
  void theWorstForkCounts() {
    assertEquals(24, new Garbage(List.of(0.0, 24.0, 8.0), 1).most());
  }
}
