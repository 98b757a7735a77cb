package dev.lanewise.optim.metric;

import dev.lanewise.core.random.Key;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/// Confidence intervals of any metric by drawing the rows again and again with replacement: the
/// percentile method of Efron, *Bootstrap methods: another look at the jackknife* (1979). Equal
/// keys give equal intervals.
///
/// @param resamples how many times all rows are drawn, at least 40, so that there is something
///     beyond 95 %
/// @param key what the draws derive from
public record Bootstrap(int resamples, Key key) {
  /// How many times the rows are drawn unless told otherwise.
  public static final int USUAL_RESAMPLES = 1000;

  /// A bootstrap.
  ///
  /// @throws IllegalArgumentException if there are less than 40 resamples
  public Bootstrap {
    if (resamples < 40) {
      throw new IllegalArgumentException(
          "A bootstrap needs at least 40 resamples, but has " + resamples + ".");
    }
  }

  /// With [#USUAL_RESAMPLES].
  ///
  /// @param seed what the draws derive from
  /// @return the bootstrap
  public static Bootstrap of(long seed) {
    return new Bootstrap(USUAL_RESAMPLES, Key.of(seed).with("bootstrap"));
  }

  /// The interval of a metric.
  ///
  /// @param rows how many rows there are, at least 1
  /// @param metric the metric of the rows with these indices, of which some occur several times;
  ///     NaN if it is not defined for them, and then the draw does not count
  /// @return the metric of all rows, and the quantiles 2.5 % and 97.5 % of the draws; NaN if there
  ///     are none
  /// @throws IllegalArgumentException if there are no rows
  public Interval of(int rows, ToDoubleFunction<int[]> metric) {
    if (rows < 1) {
      throw new IllegalArgumentException("A bootstrap needs at least 1 row.");
    }
    int[] indices = new int[rows];
    Arrays.setAll(indices, i -> i);
    double estimate = metric.applyAsDouble(indices);
    RandomGenerator random = key.generator();
    double[] drawn = new double[resamples];
    int count = 0;
    for (int sample = 0; sample < resamples; sample++) {
      for (int i = 0; i < rows; i++) {
        indices[i] = random.nextInt(rows);
      }
      double value = metric.applyAsDouble(indices);
      if (!Double.isNaN(value)) {
        drawn[count++] = value;
      }
    }
    Arrays.sort(drawn, 0, count);
    return new Interval(estimate, quantile(drawn, count, 0.025), quantile(drawn, count, 0.975));
  }

  /// The interval of a mean over rows.
  ///
  /// @param values one value for each row
  /// @return the mean and its interval
  /// @throws IllegalArgumentException if there are no rows
  public Interval ofMean(double[] values) {
    return of(
        values.length,
        rows -> {
          double sum = 0;
          for (int row : rows) {
            sum += values[row];
          }
          return sum / rows.length;
        });
  }

  /// Between the two nearest of sorted values.
  private static double quantile(double[] sorted, int count, double share) {
    if (count == 0) {
      return Double.NaN;
    }
    double place = share * (count - 1);
    int below = (int) place;
    double low = sorted[below];
    double high = sorted[Math.min(below + 1, count - 1)];
    return low == high ? low : low + (place - below) * (high - low);
  }
}
