package dev.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs each benchmark for a moment in this JVM: for its assertions, not for its figures.
class BenchmarksTest {
  @Test
  void everyBenchmarkComputesWhatItAsserts() throws RunnerException {
    List<Result> results =
        new Runner(
                new OptionsBuilder()
                    .include("\\.bench\\.[A-Z]")
                    .exclude("\\.(Elementwise|Wasteful)Benchmark\\.")
                    .param("layer", "32x20x10")
                    .param("net", "20-10")
                    .param("threads", "1", "2")
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(2)
                    .measurementTime(TimeValue.milliseconds(1))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run().stream().map(Result::of).toList();
    int peaks = 2;
    int products = 2 * 2 * 3;
    int trainings = 2;
    assertEquals(peaks + products + trainings, results.size());
    for (Result result : results) {
      assertTrue(result.medianGflops() > 0, result::toString);
      assertTrue(result.medianFraction() > 0, result::toString);
      assertTrue(result.garbage().most() >= 0, result::toString);
    }
  }

  @Test
  void everyElementwiseKernelIsMeasuredBesideItsRivals() throws RunnerException {
    List<ElementwiseResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("\\.ElementwiseBenchmark\\.")
                    .param("size", "3000")
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(2)
                    .measurementTime(TimeValue.milliseconds(1))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run().stream().map(ElementwiseResult::of).toList();
    assertTrue(results.stream().allMatch(each -> each.garbage().most() >= 0), results::toString);
    assertEquals(2 * ElementwiseFunction.values().length, results.size());
    for (ElementwiseResult result : results) {
      for (ElementwiseResult.Figures fork : result.forks()) {
        assertTrue(fork.kernel() > 0, result::line);
        assertTrue(fork.lead() > 0, result::line);
        assertTrue(fork.copy() > 0, result::line);
      }
    }
    assertEquals(1 + results.size(), ElementwiseResult.lines(results).size());
  }

  @Test
  void theLeadIsOverTheBetterOfTheJdksTwoWays() {
    assertEquals(2, new ElementwiseResult.Figures(0.5, 3, 1, 9, 0.1).lead());
    assertEquals(6, new ElementwiseResult.Figures(0.5, 3, 4, 9, 0.1).lead());
  }

  @Test
  void aTrainingStepsWorkLeavesOutTheGradientByTheData() {
    int[] small = {784, 128, 10};
    int[] large = {784, 512, 256, 10};
    assertEquals(409_088, TrainingStepBenchmark.flopPerSample(small));
    assertEquals(2_407_424, TrainingStepBenchmark.flopPerSample(large));
  }
}
