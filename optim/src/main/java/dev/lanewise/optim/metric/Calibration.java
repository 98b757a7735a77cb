package dev.lanewise.optim.metric;

import java.util.ArrayList;
import java.util.List;

/// Whether a model is right as often as it says: the rows, sorted into bins of equal width by the
/// probability of their answer. Guo et al., *On calibration of modern neural networks* (2017). The
/// bins are what a reliability diagram shows.
///
/// @param bins the bins from 0 to 1
public record Calibration(List<Bin> bins) {
  /// The usual number of bins.
  public static final int USUAL_BINS = 15;

  /// The rows whose answer has a probability above `low` and up to `high`.
  ///
  /// @param low the lower end, which is not in it
  /// @param high the upper end
  /// @param rows how many rows there are
  /// @param confidence the mean probability of their answers; NaN without rows
  /// @param accuracy the share of right answers; NaN without rows
  public record Bin(double low, double high, long rows, double confidence, double accuracy) {}

  /// Bins.
  public Calibration {
    bins = List.copyOf(bins);
  }

  /// Sorts rows into bins. Rows without an answer (NaN) are left out.
  ///
  /// @param predictions predictions of classes
  /// @param count how many bins, at least 1
  /// @return the bins
  /// @throws IllegalArgumentException if there are none
  public static Calibration of(Predictions predictions, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "A calibration needs at least 1 bin, but has " + count + ".");
    }
    long[] rows = new long[count];
    long[] hits = new long[count];
    double[] sums = new double[count];
    for (int row = 0; row < predictions.rows(); row++) {
      int answer = predictions.answer(row);
      if (answer != Predictions.NONE) {
        double confidence = StrictMath.exp(predictions.logProbability(row, answer));
        int bin = Math.clamp((int) Math.ceil(confidence * count) - 1, 0, count - 1);
        rows[bin]++;
        hits[bin] += answer == predictions.label(row) ? 1 : 0;
        sums[bin] += confidence;
      }
    }
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double low = (double) i / count;
      double high = (i + 1.0) / count;
      bins.add(
          rows[i] == 0
              ? new Bin(low, high, 0, Double.NaN, Double.NaN)
              : new Bin(low, high, rows[i], sums[i] / rows[i], (double) hits[i] / rows[i]));
    }
    return new Calibration(bins);
  }

  /// The expected calibration error: the mean over rows of `|accuracy − confidence|` of their bin,
  /// equation 3 there.
  ///
  /// @return from 0 to 1; NaN without rows
  public double expectedError() {
    double sum = 0;
    long rows = 0;
    for (Bin bin : bins) {
      if (bin.rows() > 0) {
        sum += bin.rows() * Math.abs(bin.accuracy() - bin.confidence());
        rows += bin.rows();
      }
    }
    return sum / rows;
  }

  /// The largest calibration error of a bin, equation 4 there.
  ///
  /// @return from 0 to 1; NaN without rows
  public double largestError() {
    return bins.stream()
        .filter(bin -> bin.rows() > 0)
        .mapToDouble(bin -> Math.abs(bin.accuracy() - bin.confidence()))
        .max()
        .orElse(Double.NaN);
  }
}
