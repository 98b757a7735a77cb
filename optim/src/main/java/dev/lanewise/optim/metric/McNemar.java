package dev.lanewise.optim.metric;

/// Whether two models that answered the same rows differ by more than chance: McNemar, *Note on the
/// sampling error of the difference between correlated proportions or percentages* (1947). Only
/// rows that one of them answers rightly and the other wrongly tell anything; if the models are
/// equally good, each of these is the first's with probability ½.
///
/// @param rows the number of rows
/// @param onlyFirst how many rows the first alone answers rightly
/// @param onlySecond how many rows the second alone answers rightly
public record McNemar(long rows, long onlyFirst, long onlySecond) {
  /// A comparison.
  ///
  /// @throws IllegalArgumentException if a number is negative, or there are not so many rows
  public McNemar {
    if (rows < 1 || onlyFirst < 0 || onlySecond < 0 || onlyFirst + onlySecond > rows) {
      throw new IllegalArgumentException(
          "McNemar's test needs rows, and %d + %d differences cannot be among %d."
              .formatted(onlyFirst, onlySecond, rows));
    }
  }

  /// Compares.
  ///
  /// @param first which rows the first model answers rightly
  /// @param second the same of the second
  /// @return the comparison
  /// @throws IllegalArgumentException if they have not the same number of rows
  public static McNemar of(boolean[] first, boolean[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "Two models are compared on the same rows, but have %d and %d."
              .formatted(first.length, second.length));
    }
    long onlyFirst = 0;
    long onlySecond = 0;
    for (int row = 0; row < first.length; row++) {
      onlyFirst += first[row] && !second[row] ? 1 : 0;
      onlySecond += second[row] && !first[row] ? 1 : 0;
    }
    return new McNemar(first.length, onlyFirst, onlySecond);
  }

  /// The probability of a difference at least as large if the models are equally good: twice the
  /// tail of the binomial distribution with ½, at most 1.
  ///
  /// @return p, exact but for rounding
  public double exactP() {
    long trials = onlyFirst + onlySecond;
    double logHalf = trials * StrictMath.log(0.5);
    double logChoices = 0;
    double tail = 0;
    for (long k = 0; k <= Math.min(onlyFirst, onlySecond); k++) {
      tail += StrictMath.exp(logChoices + logHalf);
      logChoices += StrictMath.log((double) (trials - k)) - StrictMath.log(k + 1.0);
    }
    return Math.min(1, 2 * tail);
  }

  /// `max(0, |b − c| − 1)²/(b + c)` with b and c the two numbers of rows: χ² with one degree of
  /// freedom and the continuity correction of Edwards (1948).
  ///
  /// @return χ²; 0 if no row tells anything
  public double chiSquared() {
    double distance = Math.max(0, Math.abs(onlyFirst - onlySecond) - 1.0);
    return distance == 0 ? 0 : distance * distance / (onlyFirst + onlySecond);
  }

  /// The probability of a χ² at least as large, `erfc(√(χ²/2))`. It is an approximation that needs
  /// about 25 rows that differ; [#exactP] needs none.
  ///
  /// @return p
  public double chiSquaredP() {
    return complementOfErrorFunction(Math.sqrt(chiSquared() / 2));
  }

  /// By how much the first is more often right, with an interval: that of Agresti and Min, *Simple
  /// improved confidence intervals for comparing matched proportions* (2005), which is Wald's after
  /// ½ is added to each of the four counts.
  ///
  /// @return the difference of the accuracies, and its interval, cut at ±1
  public Interval difference() {
    double estimate = (double) (onlyFirst - onlySecond) / rows;
    double n = rows + 2.0;
    double b = (onlyFirst + 0.5) / n;
    double c = (onlySecond + 0.5) / n;
    double half = Interval.Z * Math.sqrt((b + c - (b - c) * (b - c)) / n);
    return new Interval(estimate, Math.max(-1, b - c - half), Math.min(1, b - c + half));
  }

  /// `erfc(x)` for x ≥ 0: by the series of erf below 2, else by the continued fraction (Abramowitz
  /// and Stegun 1964, 7.1.6 and 7.1.14).
  private static double complementOfErrorFunction(double x) {
    double density = StrictMath.exp(-x * x) / Math.sqrt(Math.PI);
    if (x < 2) {
      double term = 2 * x;
      double sum = 0;
      for (int n = 1; sum + term != sum; n++) {
        sum += term;
        term *= 2 * x * x / (2 * n + 1);
      }
      return 1 - density * sum;
    }
    double fraction = 0;
    for (int n = 100; n >= 1; n--) {
      fraction = n / 2.0 / (x + fraction);
    }
    return density / (x + fraction);
  }
}
