package dev.lanewise.optim.metric;

/// An estimate with a 95 % confidence interval.
///
/// @param estimate what was measured
/// @param low the lower end
/// @param high the upper end
public record Interval(double estimate, double low, double high) {
  /// The quantile of the normal distribution that leaves 2.5 % on each side.
  static final double Z = 1.959963984540054;

  /// The interval of a proportion by Wilson, *Probable inference, the law of succession, and
  /// statistical inference* (1927): the proportions π that lie no further from the measured one
  /// than 1.96 times their own standard error `√(π(1−π)/n)`. Unlike the usual ± it stays within 0
  /// and 1 and has a width even at the ends.
  ///
  /// @param hits how often
  /// @param trials of how many, at least 1
  /// @return the proportion and its interval
  /// @throws IllegalArgumentException if there are no trials, or more or less hits than possible
  public static Interval wilson(long hits, long trials) {
    if (trials < 1 || hits < 0 || hits > trials) {
      throw new IllegalArgumentException(
          "A proportion needs from 0 to n hits of n ≥ 1 trials, but has %d of %d."
              .formatted(hits, trials));
    }
    double p = (double) hits / trials;
    double square = Z * Z / trials;
    double middle = (p + square / 2) / (1 + square);
    double half = Z / (1 + square) * Math.sqrt(p * (1 - p) / trials + square / (4 * trials));
    return new Interval(
        p, hits == 0 ? 0 : middle - half, hits == trials ? 1 : Math.min(1, middle + half));
  }
}
