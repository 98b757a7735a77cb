package dev.lanewise.experiments.report;

import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.experiments.run.TestResult;
import java.util.Arrays;
import java.util.stream.IntStream;

/// A regression's answers against what they should be.
final class AnswerPlot {
  /// More points than these hide each other.
  private static final int MOST = 2000;

  private AnswerPlot() {}

  /// A point for each number of the test part, or, of many, for each of some that are evenly spread
  /// over it.
  static Picture of(TestResult test) {
    int step = Math.ceilDiv(test.targets().size(), MOST);
    double[] targets = some(test.targets(), step);
    double[] answers = some(test.outputs(), step);
    double low = Arrays.stream(targets).min().orElseThrow();
    double high = Arrays.stream(targets).max().orElseThrow();
    Chart chart =
        new Chart("Answers", "target", "answer")
            .points("test examples", targets, answers)
            .guide("right", low, low, high, high);
    return Picture.of(
        "answers.png",
        "Answers",
        "The answers on the test part against the targets, in the targets' own units.",
        chart.draw());
  }

  private static double[] some(Tensor numbers, int step) {
    return IntStream.range(0, Math.ceilDiv(numbers.size(), step))
        .mapToDouble(i -> numbers.getFlat(i * step))
        .toArray();
  }
}
