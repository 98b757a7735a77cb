package dev.lanewise.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;

/// What a benchmark left on the heap.
///
/// @param forks bytes per call or step of each fork, in its cleanest iteration: a compiler that is
///     late spoils one, a kernel that allocates spoils all
/// @param limit what they must stay below
record Garbage(List<Double> forks, double limit) {

  /// The garbage in a run of JMH with a counter `garbage`.
  static Garbage of(RunResult run) {
    boolean isTraining =
        run.getParams().getBenchmark().startsWith(TrainingStepBenchmark.class.getName() + ".");
    return new Garbage(
        run.getBenchmarkResults().stream().map(Garbage::least).toList(),
        isTraining ? StepGarbage.LIMIT : KernelGarbage.LIMIT);
  }

  /// A sentence for each fork of each benchmark that reached the limit.
  static List<String> complaints(Collection<RunResult> runs) {
    List<String> sentences = new ArrayList<>();
    for (RunResult run : runs) {
      sentences.addAll(Garbage.of(run).complaints(Result.name(run) + " " + Result.parameters(run)));
    }
    return sentences;
  }

  /// A sentence for each fork that reached the limit.
  ///
  /// @param benchmark what the sentences speak of
  List<String> complaints(String benchmark) {
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < forks.size(); i++) {
      if (!(forks.get(i) < limit)) {
        sentences.add(
            String.format(
                Locale.ROOT,
                "%s, fork %d: a call or step allocates %,.1f bytes but must stay below %,.0f",
                benchmark.strip(),
                i + 1,
                forks.get(i),
                limit));
      }
    }
    return sentences;
  }

  /// Bytes per call or step in the fork that left most.
  double most() {
    return Collections.max(forks);
  }

  private static double least(BenchmarkResult fork) {
    return fork.getIterationResults().stream()
        .mapToDouble(iteration -> Result.counter(iteration, "garbage"))
        .min()
        .orElseThrow();
  }
}
