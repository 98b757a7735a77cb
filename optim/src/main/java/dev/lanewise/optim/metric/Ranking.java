package dev.lanewise.optim.metric;

import java.util.Comparator;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/// How well scores put the rows of a class before the others.
public final class Ranking {
  private Ranking() {}

  /// The area under the curve of the true positive rate over the false positive rate: the share of
  /// pairs of a row of the class and another in which the first has the larger score, where equals
  /// count one half (Mann and Whitney 1947; Hanley and McNeil 1982).
  ///
  /// @param scores larger for what is rather of the class
  /// @param positive which rows are of the class
  /// @return from 0 to 1; NaN if there are no rows of the class, no others, or a score is NaN
  public static double rocAuc(double[] scores, boolean[] positive) {
    requireSameLength(scores, positive);
    int[] order = fallingOrder(scores);
    double concordant = 0;
    long above = 0;
    long all = 0;
    for (int start = 0; start < order.length; ) {
      int end = start;
      long hits = 0;
      while (end < order.length && scores[order[end]] == scores[order[start]]) {
        hits += positive[order[end]] ? 1 : 0;
        end++;
      }
      if (end == start) {
        return Double.NaN; // NaN is not equal to itself
      }
      long misses = end - start - hits;
      concordant += misses * (above + hits / 2.0);
      above += hits;
      all += misses;
      start = end;
    }
    return above == 0 || all == 0 ? Double.NaN : concordant / above / all;
  }

  /// The average precision, `Σ (Rᵢ − Rᵢ₋₁)·Pᵢ` over the different scores from above, with precision
  /// P and recall R of the rows with at least this score: the area under their curve in steps, as
  /// scikit-learn's `average_precision_score`; lines between the points would be too high (Davis
  /// and Goadrich, *The relationship between precision-recall and ROC curves*, 2006).
  ///
  /// @param scores larger for what is rather of the class
  /// @param positive which rows are of the class
  /// @return from 0 to 1; NaN if there are no rows of the class, or a score is NaN
  public static double averagePrecision(double[] scores, boolean[] positive) {
    requireSameLength(scores, positive);
    int[] order = fallingOrder(scores);
    double sum = 0;
    long above = 0;
    for (int start = 0; start < order.length; ) {
      int end = start;
      long hits = 0;
      while (end < order.length && scores[order[end]] == scores[order[start]]) {
        hits += positive[order[end]] ? 1 : 0;
        end++;
      }
      if (end == start) {
        return Double.NaN; // NaN is not equal to itself
      }
      above += hits;
      sum += hits * ((double) above / end);
      start = end;
    }
    return above == 0 ? Double.NaN : sum / above;
  }

  /// The mean over classes of a measure of each class against all others by its probability.
  /// Classes for which it is not defined are left out.
  ///
  /// @param predictions predictions of classes
  /// @param measure [#rocAuc] or [#averagePrecision]
  /// @return the mean; NaN if it is defined for no class
  public static double oneAgainstRest(
      Predictions predictions, ToDoubleBiFunction<double[], boolean[]> measure) {
    return IntStream.range(0, predictions.classes())
        .mapToDouble(
            each -> measure.applyAsDouble(predictions.probabilities(each), predictions.isOf(each)))
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  private static void requireSameLength(double[] scores, boolean[] positive) {
    if (scores.length != positive.length) {
      throw new IllegalArgumentException(
          "There are %d scores for %d rows.".formatted(scores.length, positive.length));
    }
  }

  private static int[] fallingOrder(double[] scores) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
