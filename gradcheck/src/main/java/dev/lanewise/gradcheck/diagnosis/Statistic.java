package dev.lanewise.gradcheck.diagnosis;

import java.util.Arrays;

/// What normalisations and losses divide rows by.
enum Statistic {
  /// The Euclidean norm.
  NORM("the norm"),
  /// The standard deviation, by the number of elements.
  DEVIATION("the standard deviation"),
  /// The root mean square is the norm up to a constant; the sum is not.
  SUM("the sum"),
  /// The sum of magnitudes.
  MAGNITUDES("the sum of magnitudes"),
  /// The largest magnitude.
  LARGEST("the largest magnitude"),
  /// The sum of exponentials.
  EXPONENTIALS("the sum of exponentials");

  private final String label;

  Statistic(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /// The statistic of each group.
  double[] of(double[] x, Groups groups) {
    double[] sum = new double[groups.count()];
    double[] squares = new double[groups.count()];
    double[] result = new double[groups.count()];
    int[] size = new int[groups.count()];
    for (int i = 0; i < x.length; i++) {
      int g = groups.of().applyAsInt(i);
      sum[g] += x[i];
      size[g]++;
    }
    for (int i = 0; i < x.length; i++) {
      int g = groups.of().applyAsInt(i);
      double centred = x[i] - sum[g] / size[g];
      switch (this) {
        case NORM -> squares[g] += x[i] * x[i];
        case DEVIATION -> squares[g] += centred * centred;
        case SUM -> result[g] += x[i];
        case MAGNITUDES -> result[g] += Math.abs(x[i]);
        case LARGEST -> result[g] = Math.max(result[g], Math.abs(x[i]));
        case EXPONENTIALS -> result[g] += Math.exp(x[i]);
      }
    }
    return this == NORM || this == DEVIATION
        ? Arrays.stream(squares).map(Math::sqrt).toArray()
        : result;
  }
}
