package dev.lanewise.optim.metric;

import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import java.util.stream.IntStream;

/// A model's outputs for all rows of a dataset, with what they should be: made once
/// ([Evaluator#predict]), and every metric is computed from it.
///
/// For classes, the outputs are `[n,classes]`, or `[n]` or `[n,1]` for two classes, which stands
/// for the outputs `(0, z)`. The answer is the class of the largest output, the first of equals; a
/// row with NaN has no answer, and is never right. Probabilities are the softmax of the outputs,
/// which for a single one is the logistic function: they mean something only if the model was
/// trained with the loss that belongs to them.
///
/// @param outputs the outputs, one row for each example
/// @param targets class indices, as `[n]` or `[n,1]`, or numbers of the outputs' shape
/// @param classes the number of classes; 0 for numbers
public record Predictions(Tensor outputs, Tensor targets, int classes) {
  /// No answer, because an output is NaN.
  public static final int NONE = -1;

  /// Predictions.
  ///
  /// @throws ShapeException if outputs and targets do not fit each other and the number of classes
  /// @throws IllegalArgumentException if there are no rows, or a target is no class
  public Predictions {
    ShapeException.requireSameAxis(
        "predictions", "the outputs", outputs.shape(), 0, "the targets", targets.shape(), 0);
    if (outputs.shape().rows() == 0) {
      throw new IllegalArgumentException("Predictions need at least one row.");
    }
    if (classes == 0) {
      if (outputs.size() != targets.size()) {
        ShapeException.requireEqual(
            "predictions", "the outputs", outputs.shape(), "the targets", targets.shape());
      }
    } else {
      requireClasses(outputs, targets, classes);
    }
  }

  private static void requireClasses(Tensor outputs, Tensor targets, int classes) {
    int width = outputs.shape().rowSize();
    if (width != classes && !(width == 1 && classes == 2)) {
      throw new ShapeException(
          "predictions: the outputs are %s, but there are %d classes."
              .formatted(outputs.shape(), classes));
    }
    for (int row = 0; row < targets.size(); row++) {
      double label = targets.getFlat(row);
      if (!(label >= 0 && label < classes && label == Math.rint(label))) {
        throw new IllegalArgumentException(
            "Predictions: the target of row %d must be a class from 0 to %d, but is %s."
                .formatted(row, classes - 1, label));
      }
    }
  }

  /// The number of rows.
  ///
  /// @return the number
  public int rows() {
    return outputs.shape().rows();
  }

  /// The right class of a row.
  ///
  /// @param row the row
  /// @return its index
  public int label(int row) {
    return (int) targets.getFlat(row);
  }

  /// The class that a model answers.
  ///
  /// @param row the row
  /// @return its index; [#NONE] if an output is NaN
  public int answer(int row) {
    int best = 0;
    for (int each = 0; each < classes; each++) {
      if (Double.isNaN(output(row, each))) {
        return NONE;
      }
      if (output(row, each) > output(row, best)) {
        best = each;
      }
    }
    return best;
  }

  /// Which rows are answered rightly.
  ///
  /// @return one truth value for each row
  public boolean[] correct() {
    boolean[] correct = new boolean[rows()];
    for (int row = 0; row < correct.length; row++) {
      correct[row] = answer(row) == label(row);
    }
    return correct;
  }

  /// The share of rows that are answered rightly, with Wilson's interval.
  ///
  /// @return the accuracy
  public Interval accuracy() {
    return topK(1);
  }

  /// The share of rows whose right class is among the k with the largest outputs, with Wilson's
  /// interval. Of equal outputs the first classes are taken.
  ///
  /// @param k how many classes are looked at, at least 1
  /// @return the share
  /// @throws IllegalArgumentException if k is not positive
  public Interval topK(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("Top-k: k must be at least 1, but is " + k + ".");
    }
    long hits = IntStream.range(0, rows()).filter(row -> isAmong(row, k)).count();
    return Interval.wilson(hits, rows());
  }

  private boolean isAmong(int row, int k) {
    int label = label(row);
    int before = 0;
    for (int each = 0; each < classes; each++) {
      double output = output(row, each);
      if (Double.isNaN(output)) {
        return false;
      }
      double own = output(row, label);
      before += output > own || (output == own && each < label) ? 1 : 0;
    }
    return before < k;
  }

  /// An output, where a single one stands for `(0, z)`.
  ///
  /// @param row the row
  /// @param column the class, or the output
  /// @return the output
  public double output(int row, int column) {
    int width = outputs.shape().rowSize();
    if (width == 1 && classes == 2) {
      return column == 0 ? 0 * outputs.getFlat(row) : outputs.getFlat(row);
    }
    return outputs.getFlat(row * width + column);
  }

  /// The logarithm of the probability of a class: `z − max − ln Σ e^(z − max)`.
  ///
  /// @param row the row
  /// @param column the class
  /// @return at most 0; NaN if an output is
  public double logProbability(int row, int column) {
    double max = Double.NEGATIVE_INFINITY;
    for (int each = 0; each < classes; each++) {
      max = Math.max(max, output(row, each));
    }
    double sum = 0;
    for (int each = 0; each < classes; each++) {
      sum += StrictMath.exp(output(row, each) - max);
    }
    return output(row, column) - max - StrictMath.log(sum);
  }

  /// The probability of a class for each row.
  ///
  /// @param column the class
  /// @return one number for each row
  public double[] probabilities(int column) {
    return IntStream.range(0, rows())
        .mapToDouble(row -> StrictMath.exp(logProbability(row, column)))
        .toArray();
  }

  /// Which rows are of a class.
  ///
  /// @param column the class
  /// @return one truth value for each row
  public boolean[] isOf(int column) {
    boolean[] is = new boolean[rows()];
    for (int row = 0; row < is.length; row++) {
      is[row] = label(row) == column;
    }
    return is;
  }

  /// `−ln p` of each row's right class; their mean is the log loss. Nothing is cut off: a right
  /// class that was held impossible costs ∞.
  ///
  /// @return one number for each row
  public double[] logLosses() {
    return IntStream.range(0, rows())
        .mapToDouble(row -> -logProbability(row, label(row)))
        .toArray();
  }

  /// `Σ (pₖ − oₖ)²` over all classes with o = 1 for the right one; their mean is the score of
  /// Brier, *Verification of forecasts expressed in terms of probability* (1950), from 0 to 2. For
  /// two classes it is twice what scikit-learn's `brier_score_loss` gives.
  ///
  /// @return one number for each row
  public double[] brierScores() {
    double[] scores = new double[rows()];
    for (int row = 0; row < scores.length; row++) {
      for (int each = 0; each < classes; each++) {
        double miss = StrictMath.exp(logProbability(row, each)) - (each == label(row) ? 1 : 0);
        scores[row] += miss * miss;
      }
    }
    return scores;
  }
}
