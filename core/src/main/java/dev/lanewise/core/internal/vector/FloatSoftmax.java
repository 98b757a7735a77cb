// Generated from DoubleSoftmax.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.FloatLanes.BY_1;
import static dev.lanewise.core.internal.vector.FloatLanes.BY_2;
import static dev.lanewise.core.internal.vector.FloatLanes.BY_4;
import static dev.lanewise.core.internal.vector.FloatLanes.BY_8;
import static dev.lanewise.core.internal.vector.FloatLanes.LANES;
import static dev.lanewise.core.internal.vector.FloatLanes.MASKS;
import static dev.lanewise.core.internal.vector.FloatLanes.SPECIES;
import static dev.lanewise.core.internal.vector.FloatLanes.TYPE;
import static dev.lanewise.core.internal.vector.FloatLanes.write;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;

/// Softmax and log-softmax of rows.
///
/// A maximum is taken by comparing, which passes over NaN; it comes back with the difference to the
/// maximum, and with the sum. Rows of ten, as ten classes are common, stand side by side in
/// vectors,
/// and the few that do not fill a group of vectors are taken one by one. Other rows have no scalar
/// tail: those of less than a vector are taken under a mask where there are masks in hardware, and
/// the last vector of a longer one overlaps the one before. It is read before that one is written,
/// as the output may be the input.
final class FloatSoftmax {
  /// How many elements of short rows to take at a time: few enough to stay in the nearest cache.
  private static final int BLOCK = 1024;

  /// Rows below this length would spend their time in the scalar tail of the exponential, so it is
  /// taken of many of them in one go.
  private static final int SHORT = 4 * LANES;

  /// How many rows of ten to take at a time: whole groups of them.
  private static final int TENS = 128;

  private FloatSoftmax() {}

  static void softmaxRows(int rows, int columns, float[] x, int xOffset, float[] y, int yOffset) {
    if (columns >= SHORT) {
      softmaxLongRows(rows, columns, x, xOffset, y, yOffset);
    } else if (columns == FloatRowsOfTen.COLUMNS) {
      softmaxRowsOfTen(rows, x, xOffset, y, yOffset);
    } else if (MASKS && columns <= LANES) {
      FloatExponentials.softmaxOfShortRows(rows, columns, x, xOffset, y, yOffset);
    } else if (MASKS && columns <= 2 * LANES) {
      FloatExponentials.softmaxOfRowsOfTwo(rows, columns, x, xOffset, y, yOffset);
    } else {
      softmaxShortRows(rows, columns, x, xOffset, y, yOffset);
    }
  }

  private static void softmaxLongRows(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < rows; i++) {
      int from = xOffset + i * columns;
      int to = yOffset + i * columns;
      float sum = FloatExponentials.shifted(columns, max(columns, x, from), x, from, y, to);
      scale(columns, 1 / sum, y, to);
    }
  }

  /// The largest element of `n ≥ LANES`; perhaps not so if there is a NaN.
  static float max(int n, float[] x, int xOffset) {
    FloatVector m = fromArray(SPECIES, x, xOffset + n - LANES);
    FloatVector m1 = m;
    int j = 0;
    for (; j <= n - 2 * LANES; j += 2 * LANES) {
      FloatVector v0 = fromArray(SPECIES, x, xOffset + j);
      FloatVector v1 = fromArray(SPECIES, x, xOffset + j + LANES);
      m = TYPE.cast(m).blend(v0, v0.compare(GT, m));
      m1 = TYPE.cast(m1).blend(v1, v1.compare(GT, m1));
    }
    if (j <= n - LANES) {
      FloatVector v0 = fromArray(SPECIES, x, xOffset + j);
      m = TYPE.cast(m).blend(v0, v0.compare(GT, m));
    }
    m = TYPE.cast(m);
    m1 = TYPE.cast(m1);
    m = m.blend(m1, m1.compare(GT, m));
    if (LANES > 8) {
      FloatVector other = m.rearrange(BY_8);
      m = m.blend(other, other.compare(GT, m));
    }
    if (LANES > 4) {
      FloatVector other = m.rearrange(BY_4);
      m = m.blend(other, other.compare(GT, m));
    }
    if (LANES > 2) {
      FloatVector other = m.rearrange(BY_2);
      m = m.blend(other, other.compare(GT, m));
    }
    if (LANES > 1) {
      FloatVector other = m.rearrange(BY_1);
      m = m.blend(other, other.compare(GT, m));
    }
    return m.lane(0);
  }

  /// `yⱼ ← factor·yⱼ` for `n ≥ LANES`.
  static void scale(int n, float factor, float[] y, int yOffset) {
    FloatVector last = fromArray(SPECIES, y, yOffset + n - LANES);
    for (int j = 0; j < n - LANES; j += LANES) {
      fromArray(SPECIES, y, yOffset + j).mul(factor).intoArray(y, yOffset + j);
    }
    last.mul(factor).intoArray(y, yOffset + n - LANES);
  }

  private static void softmaxRowsOfTen(int rows, float[] x, int xOffset, float[] y, int yOffset) {
    for (int from = 0; from < rows; from += TENS) {
      int count = Math.min(rows - from, TENS);
      int start = from * FloatRowsOfTen.COLUMNS;
      FloatRowsOfTen.subtractMax(count, x, xOffset + start, y, yOffset + start);
      int n = count * FloatRowsOfTen.COLUMNS;
      FloatExponentials.exp(n, y, yOffset + start, y, yOffset + start);
      FloatRowsOfTen.divideBySum(count, y, yOffset + start);
    }
  }

  private static void softmaxShortRows(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset) {
    int step = Math.max(1, BLOCK / columns);
    for (int from = 0; from < rows; from += step) {
      int to = Math.min(rows, from + step);
      for (int row = from; row < to; row++) {
        subtractMax(columns, x, xOffset + row * columns, y, yOffset + row * columns);
      }
      int start = yOffset + from * columns;
      FloatExponentials.exp((to - from) * columns, y, start, y, start);
      for (int row = from; row < to; row++) {
        divideBySum(columns, y, yOffset + row * columns);
      }
    }
  }

  /// `yⱼ ← xⱼ − max`.
  ///
  /// @return the maximum
  static float subtractMax(int n, float[] x, int xOffset, float[] y, int yOffset) {
    float max = FloatReductions.max(n, x, xOffset);
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      fromArray(SPECIES, x, xOffset + i).sub(max).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = x[xOffset + i] - max;
    }
    return max;
  }

  private static void divideBySum(int n, float[] y, int yOffset) {
    float sum = FloatReductions.sum(n, y, yOffset);
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
      float[] y,
      int yOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
      int dxOffset) {
    for (int row = 0; row < rows; row++) {
      int j = row * columns;
      float mean = FloatReductions.dot(columns, dy, dyOffset + j, y, yOffset + j);
      int end = j + columns;
      for (; j <= end - LANES; j += LANES) {
        FloatVector deviation = fromArray(SPECIES, dy, dyOffset + j).sub(mean);
        FloatVector r = fromArray(SPECIES, y, yOffset + j).mul(deviation);
        if (beta == 0) {
          r.intoArray(dx, dxOffset + j);
        } else {
          FloatVector old = fromArray(SPECIES, dx, dxOffset + j);
          broadcast(SPECIES, beta).fma(old, r).intoArray(dx, dxOffset + j);
        }
      }
      for (; j < end; j++) {
        write(y[yOffset + j] * (dy[dyOffset + j] - mean), beta, dx, dxOffset + j);
      }
    }
  }

  static void logSoftmaxRows(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset) {
    @SuppressWarnings("ReferenceEquality") // the very same array
    boolean inPlace = x == y && xOffset == yOffset;
    if (columns < SHORT && !inPlace) {
      logSoftmaxShortRows(rows, columns, x, xOffset, y, yOffset);
      return;
    }
    for (int row = 0; row < rows; row++) {
      int from = xOffset + row * columns;
      float max = FloatReductions.max(columns, x, from);
      float log = FloatLogarithms.log(FloatExponentials.sumOfShifted(columns, x, from, max));
      subtract(columns, x, from, max, log, y, yOffset + row * columns);
    }
  }

  /// The same bits as row by row; the output serves as room for the exponentials.
  private static void logSoftmaxShortRows(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset) {
    int step = Math.max(1, BLOCK / columns);
    for (int from = 0; from < rows; from += step) {
      int to = Math.min(rows, from + step);
      for (int row = from; row < to; row++) {
        subtractMax(columns, x, xOffset + row * columns, y, yOffset + row * columns);
      }
      int start = yOffset + from * columns;
      FloatExponentials.exp((to - from) * columns, y, start, y, start);
      for (int row = from; row < to; row++) {
        int rowStart = xOffset + row * columns;
        float max = FloatReductions.max(columns, x, rowStart);
        float log =
            FloatLogarithms.log(FloatReductions.sum(columns, y, yOffset + row * columns));
        subtract(columns, x, rowStart, max, log, y, yOffset + row * columns);
      }
    }
  }

  private static void subtract(
      int n, float[] x, int xOffset, float max, float log, float[] y, int yOffset) {
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
      float[] y,
      int yOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
      int dxOffset) {
    for (int row = 0; row < rows; row++) {
      int j = row * columns;
      float sum = FloatReductions.sum(columns, dy, dyOffset + j);
      FloatExponentials.subtractMultiple(
          columns, sum, y, yOffset + j, dy, dyOffset + j, beta, dx, dxOffset + j);
    }
  }
}
