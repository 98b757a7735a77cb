package dev.lanewise.experiments.published;

import java.util.Arrays;
import java.util.Locale;

/// A result measured on several splits.
///
/// @param mean the mean over the splits
/// @param standardError the sample standard deviation over √splits
/// @param median the median over the splits
record Summary(double mean, double standardError, double median) {
  static Summary of(double[] values) {
    int n = values.length;
    double mean = Arrays.stream(values).sum() / n;
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    return new Summary(mean, n > 1 ? Math.sqrt(squares / (n - 1) / n) : 0, median);
  }

  /// The mean with its standard error.
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.4f ± %.4f", mean, standardError);
  }
}
