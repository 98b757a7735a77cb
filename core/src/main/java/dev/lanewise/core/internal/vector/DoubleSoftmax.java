package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.DoubleLanes.BY_1;
import static dev.lanewise.core.internal.vector.DoubleLanes.BY_2;
import static dev.lanewise.core.internal.vector.DoubleLanes.BY_4;
import static dev.lanewise.core.internal.vector.DoubleLanes.BY_8;
import static dev.lanewise.core.internal.vector.DoubleLanes.LANES;
import static dev.lanewise.core.internal.vector.DoubleLanes.MASKS;
import static dev.lanewise.core.internal.vector.DoubleLanes.SPECIES;
import static dev.lanewise.core.internal.vector.DoubleLanes.TYPE;
import static dev.lanewise.core.internal.vector.DoubleLanes.write;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.DoubleVector;

/// Softmax and log-softmax of rows.
///
/// A maximum is taken by comparing, which passes over NaN; it comes back with the difference to the
/// maximum, and with the sum. Rows of ten, as ten classes are common, stand side by side in
/// vectors,
/// and the few that do not fill a group of vectors are taken one by one. Other rows have no scalar
/// tail: those of less than a vector are taken under a mask where there are masks in hardware, and
/// the last vector of a longer one overlaps the one before. It is read before that one is written,
/// as the output may be the input.
final class DoubleSoftmax {
  /// How many elements of short rows to take at a time: few enough to stay in the nearest cache.
  private static final int BLOCK = 1024;

  /// Rows below this length would spend their time in the scalar tail of the exponential, so it is
  /// taken of many of them in one go.
  private static final int SHORT = 4 * LANES;

  /// How many rows of ten to take at a time: whole groups of them.
  private static final int TENS = 128;

  private DoubleSoftmax() {}

  static void softmaxRows(int rows, int columns, double[] x, int xOffset, double[] y, int yOffset) {
    if (columns >= SHORT) {
      softmaxLongRows(rows, columns, x, xOffset, y, yOffset);
    } else if (columns == DoubleRowsOfTen.COLUMNS) {
      softmaxRowsOfTen(rows, x, xOffset, y, yOffset);
    } else if (MASKS && columns <= LANES) {
      DoubleExponentials.softmaxOfShortRows(rows, columns, x, xOffset, y, yOffset);
    } else if (MASKS && columns <= 2 * LANES) {
      DoubleExponentials.softmaxOfRowsOfTwo(rows, columns, x, xOffset, y, yOffset);
    } else {
      softmaxShortRows(rows, columns, x, xOffset, y, yOffset);
    }
  }

  private static void softmaxLongRows(
      int rows, int columns, double[] x, int xOffset, double[] y, int yOffset) {
    for (int i = 0; i < rows; i++) {
      int from = xOffset + i * columns;
      int to = yOffset + i * columns;
      double sum = DoubleExponentials.shifted(columns, max(columns, x, from), x, from, y, to);
      scale(columns, 1 / sum, y, to);
    }
  }

  /// The largest element of `n ≥ LANES`; perhaps not so if there is a NaN.
  static double max(int n, double[] x, int xOffset) {
    DoubleVector m = fromArray(SPECIES, x, xOffset + n - LANES);
    DoubleVector m1 = m;
    int j = 0;
    for (; j <= n - 2 * LANES; j += 2 * LANES) {
      DoubleVector v0 = fromArray(SPECIES, x, xOffset + j);
      DoubleVector v1 = fromArray(SPECIES, x, xOffset + j + LANES);
      m = TYPE.cast(m).blend(v0, v0.compare(GT, m));
      m1 = TYPE.cast(m1).blend(v1, v1.compare(GT, m1));
    }
    if (j <= n - LANES) {
      DoubleVector v0 = fromArray(SPECIES, x, xOffset + j);
      m = TYPE.cast(m).blend(v0, v0.compare(GT, m));
    }
    m = TYPE.cast(m);
    m1 = TYPE.cast(m1);
    m = m.blend(m1, m1.compare(GT, m));
    if (LANES > 8) {
      DoubleVector other = m.rearrange(BY_8);
      m = m.blend(other, other.compare(GT, m));
    }
    if (LANES > 4) {
      DoubleVector other = m.rearrange(BY_4);
      m = m.blend(other, other.compare(GT, m));
    }
    if (LANES > 2) {
      DoubleVector other = m.rearrange(BY_2);
      m = m.blend(other, other.compare(GT, m));
    }
    if (LANES > 1) {
      DoubleVector other = m.rearrange(BY_1);
      m = m.blend(other, other.compare(GT, m));
    }
    return m.lane(0);
  }

  /// `yⱼ ← factor·yⱼ` for `n ≥ LANES`.
  static void scale(int n, double factor, double[] y, int yOffset) {
    DoubleVector last = fromArray(SPECIES, y, yOffset + n - LANES);
    for (int j = 0; j < n - LANES; j += LANES) {
      fromArray(SPECIES, y, yOffset + j).mul(factor).intoArray(y, yOffset + j);
    }
    last.mul(factor).intoArray(y, yOffset + n - LANES);
  }

  private static void softmaxRowsOfTen(int rows, double[] x, int xOffset, double[] y, int yOffset) {
    for (int from = 0; from < rows; from += TENS) {
      int count = Math.min(rows - from, TENS);
      int start = from * DoubleRowsOfTen.COLUMNS;
      DoubleRowsOfTen.subtractMax(count, x, xOffset + start, y, yOffset + start);
      int n = count * DoubleRowsOfTen.COLUMNS;
      DoubleExponentials.exp(n, y, yOffset + start, y, yOffset + start);
      DoubleRowsOfTen.divideBySum(count, y, yOffset + start);
    }
  }

  private static void softmaxShortRows(
      int rows, int columns, double[] x, int xOffset, double[] y, int yOffset) {
    int step = Math.max(1, BLOCK / columns);
    for (int from = 0; from < rows; from += step) {
      int to = Math.min(rows, from + step);
      for (int row = from; row < to; row++) {
        subtractMax(columns, x, xOffset + row * columns, y, yOffset + row * columns);
      }
      int start = yOffset + from * columns;
      DoubleExponentials.exp((to - from) * columns, y, start, y, start);
      for (int row = from; row < to; row++) {
        divideBySum(columns, y, yOffset + row * columns);
      }
    }
  }

  /// `yⱼ ← xⱼ − max`.
  ///
  /// @return the maximum
  static double subtractMax(int n, double[] x, int xOffset, double[] y, int yOffset) {
    double max = DoubleReductions.max(n, x, xOffset);
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      fromArray(SPECIES, x, xOffset + i).sub(max).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = x[xOffset + i] - max;
    }
    return max;
  }

  private static void divideBySum(int n, double[] y, int yOffset) {
    double sum = DoubleReductions.sum(n, y, yOffset);
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      fromArray(SPECIES, y, yOffset + i).div(sum).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] /= sum;
    }
  }

  static void softmaxRowsBackward(
      int rows,
      int columns,
      double[] y,
      int yOffset,
      double[] dy,
      int dyOffset,
      double beta,
      double[] dx,
      int dxOffset) {
    for (int row = 0; row < rows; row++) {
      int j = row * columns;
      double mean = DoubleReductions.dot(columns, dy, dyOffset + j, y, yOffset + j);
      int end = j + columns;
      for (; j <= end - LANES; j += LANES) {
        DoubleVector deviation = fromArray(SPECIES, dy, dyOffset + j).sub(mean);
        DoubleVector r = fromArray(SPECIES, y, yOffset + j).mul(deviation);
        if (beta == 0) {
          r.intoArray(dx, dxOffset + j);
        } else {
          DoubleVector old = fromArray(SPECIES, dx, dxOffset + j);
          broadcast(SPECIES, beta).fma(old, r).intoArray(dx, dxOffset + j);
        }
      }
      for (; j < end; j++) {
        write(y[yOffset + j] * (dy[dyOffset + j] - mean), beta, dx, dxOffset + j);
      }
    }
  }

  static void logSoftmaxRows(
      int rows, int columns, double[] x, int xOffset, double[] y, int yOffset) {
    @SuppressWarnings("ReferenceEquality") // the very same array
    boolean inPlace = x == y && xOffset == yOffset;
    if (columns < SHORT && !inPlace) {
      logSoftmaxShortRows(rows, columns, x, xOffset, y, yOffset);
      return;
    }
    for (int row = 0; row < rows; row++) {
      int from = xOffset + row * columns;
      double max = DoubleReductions.max(columns, x, from);
      double log = DoubleLogarithms.log(DoubleExponentials.sumOfShifted(columns, x, from, max));
      subtract(columns, x, from, max, log, y, yOffset + row * columns);
    }
  }

  /// The same bits as row by row; the output serves as room for the exponentials.
  private static void logSoftmaxShortRows(
      int rows, int columns, double[] x, int xOffset, double[] y, int yOffset) {
    int step = Math.max(1, BLOCK / columns);
    for (int from = 0; from < rows; from += step) {
      int to = Math.min(rows, from + step);
      for (int row = from; row < to; row++) {
        subtractMax(columns, x, xOffset + row * columns, y, yOffset + row * columns);
      }
      int start = yOffset + from * columns;
      DoubleExponentials.exp((to - from) * columns, y, start, y, start);
      for (int row = from; row < to; row++) {
        int rowStart = xOffset + row * columns;
        double max = DoubleReductions.max(columns, x, rowStart);
        double log =
            DoubleLogarithms.log(DoubleReductions.sum(columns, y, yOffset + row * columns));
        subtract(columns, x, rowStart, max, log, y, yOffset + row * columns);
      }
    }
  }

  private static void subtract(
      int n, double[] x, int xOffset, double max, double log, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      fromArray(SPECIES, x, xOffset + i).sub(max).sub(log).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = x[xOffset + i] - max - log;
    }
  }

  static void logSoftmaxRowsBackward(
      int rows,
      int columns,
      double[] y,
      int yOffset,
      double[] dy,
      int dyOffset,
      double beta,
      double[] dx,
      int dxOffset) {
    for (int row = 0; row < rows; row++) {
      int j = row * columns;
      double sum = DoubleReductions.sum(columns, dy, dyOffset + j);
      DoubleExponentials.subtractMultiple(
          columns, sum, y, yOffset + j, dy, dyOffset + j, beta, dx, dxOffset + j);
    }
  }
}
