package dev.lanewise.optim.metric;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// How often each class was taken for each, and what follows. Of rows without an answer (NaN) only
/// their number is kept: they count against recall and accuracy.
public final class ConfusionMatrix {
  private final long[][] counts;
  private final long[] support;

  /// How precision and recall of classes are made to one number.
  public enum Average {
    /// Of all rows together: each row counts the same. With one answer to each row all three are
    /// the accuracy.
    MICRO,
    /// The mean over classes: each class counts the same.
    MACRO,
    /// The mean over classes, each weighted by its rows.
    WEIGHTED
  }

  /// How well a class is found.
  ///
  /// @param precision of the rows taken for the class, the share that are of it; 0 if none was
  ///     taken for it
  /// @param recall of the rows of the class, the share that were taken for it; 0 if there are none
  /// @param f1 the harmonic mean, `2·hits/(taken + rows)`; 0 if there is neither
  /// @param support the number of rows of the class
  public record ClassScores(double precision, double recall, double f1, long support) {}

  private ConfusionMatrix(long[][] counts, long[] support) {
    this.counts = counts;
    this.support = support;
  }

  /// Counts.
  ///
  /// @param predictions predictions of classes
  /// @return the matrix
  public static ConfusionMatrix of(Predictions predictions) {
    int classes = predictions.classes();
    long[][] counts = new long[classes][classes];
    long[] support = new long[classes];
    for (int row = 0; row < predictions.rows(); row++) {
      int label = predictions.label(row);
      int answer = predictions.answer(row);
      support[label]++;
      if (answer != Predictions.NONE) {
        counts[label][answer]++;
      }
    }
    return new ConfusionMatrix(counts, support);
  }

  /// The number of classes.
  ///
  /// @return the number
  public int classes() {
    return counts.length;
  }

  /// How often a class was taken for another or itself.
  ///
  /// @param label the right class
  /// @param answer the class it was taken for
  /// @return how often
  public long count(int label, int answer) {
    return counts[label][answer];
  }

  /// How well a class is found.
  ///
  /// @param label the class
  /// @return its scores
  public ClassScores of(int label) {
    long hits = counts[label][label];
    long taken = Arrays.stream(counts).mapToLong(row -> row[label]).sum();
    return scores(hits, taken, support[label]);
  }

  /// How well classes are found on average. Classes that are neither among the rows nor among the
  /// answers are left out, as scikit-learn does.
  ///
  /// @param how the kind of average
  /// @return the scores; F1 is the average of F1, not the F1 of averages
  public ClassScores average(Average how) {
    long rows = Arrays.stream(support).sum();
    if (how == Average.MICRO) {
      long hits = IntStream.range(0, classes()).mapToLong(each -> counts[each][each]).sum();
      long taken = Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
      return scores(hits, taken, rows);
    }
    return new ClassScores(
        mean(how, ClassScores::precision),
        mean(how, ClassScores::recall),
        mean(how, ClassScores::f1),
        rows);
  }

  private double mean(Average how, ToDoubleFunction<ClassScores> score) {
    double sum = 0;
    double weights = 0;
    for (int label = 0; label < classes(); label++) {
      int each = label;
      boolean occurs = support[label] > 0 || Arrays.stream(counts).anyMatch(row -> row[each] > 0);
      double weight = how == Average.WEIGHTED ? support[label] : occurs ? 1 : 0;
      sum += weight * score.applyAsDouble(of(label));
      weights += weight;
    }
    return sum / weights;
  }

  private static ClassScores scores(long hits, long taken, long rows) {
    return new ClassScores(
        taken == 0 ? 0 : (double) hits / taken,
        rows == 0 ? 0 : (double) hits / rows,
        taken + rows == 0 ? 0 : 2.0 * hits / (taken + rows),
        rows);
  }
}
