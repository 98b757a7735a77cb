// Generated from DoubleCrossEntropy.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.FloatLanes.BY_1;
import static dev.lanewise.core.internal.vector.FloatLanes.BY_2;
import static dev.lanewise.core.internal.vector.FloatLanes.BY_4;
import static dev.lanewise.core.internal.vector.FloatLanes.BY_8;
import static dev.lanewise.core.internal.vector.FloatLanes.LANES;
import static dev.lanewise.core.internal.vector.FloatLanes.SPECIES;
import static dev.lanewise.core.internal.vector.FloatLanes.TYPE;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/// The cross-entropy under the softmax, with its gradient, from one set of exponentials.
final class FloatCrossEntropy {
  /// How many elements to take at a time: few enough to stay in the nearest cache.
  private static final int BLOCK = 1024;

  private FloatCrossEntropy() {}

  static void labels(
      int rows,
      int columns,
      float[] z,
      int zOffset,
      float[] labels,
      int labelsOffset,
      float[] losses,
      int lossesOffset,
      float[] slopes,
      int slopesOffset) {
    int step = Math.max(1, BLOCK / columns);
    for (int first = 0; first < rows; first += step) {
      int end = Math.min(rows, first + step);
      int start = first * columns;
      exponentials(
          end - first,
          columns,
          z,
          zOffset + start,
          losses,
          lossesOffset + first,
          slopes,
          slopesOffset + start);
      for (int row = first; row < end; row++) {
        int from = zOffset + row * columns;
        int to = slopesOffset + row * columns;
        int label = (int) labels[labelsOffset + row];
        float max = losses[lossesOffset + row];
        float right = slopes[to + label];
        slopes[to + label] = 0;
        float others = FloatReductions.sum(columns, slopes, to);
        float total = others + right;
        float wrong = others / total;
        FloatElementwise.scale(columns, 1 / total, slopes, to, slopes, to);
        slopes[to + label] = -wrong;
        losses[lossesOffset + row] =
            wrong < 0.5f
                ? -FloatLogarithms.log1p(-wrong)
                : max - z[from + label] + FloatLogarithms.log(total);
      }
    }
  }

  static void distributions(
      int rows,
      int columns,
      float[] z,
      int zOffset,
      float[] t,
      int tOffset,
      float[] losses,
      int lossesOffset,
      float[] slopes,
      int slopesOffset) {
    int step = Math.max(1, BLOCK / columns);
    for (int first = 0; first < rows; first += step) {
      int end = Math.min(rows, first + step);
      int start = first * columns;
      exponentials(
          end - first,
          columns,
          z,
          zOffset + start,
          losses,
          lossesOffset + first,
          slopes,
          slopesOffset + start);
      for (int row = first; row < end; row++) {
        int from = zOffset + row * columns;
        int target = tOffset + row * columns;
        int to = slopesOffset + row * columns;
        float max = losses[lossesOffset + row];
        float total = FloatReductions.sum(columns, slopes, to);
        float weight = FloatReductions.sum(columns, t, target);
        float shortfall = shortfall(columns, max, z, from, t, target);
        losses[lossesOffset + row] = Math.fma(weight, FloatLogarithms.log(total), shortfall);
        subtract(columns, weight / total, slopes, to, t, target);
      }
    }
  }

  /// `e^(zⱼ − max)` for some rows, and the maxima, which the losses hold meanwhile. The exponential
  /// goes over all rows in one go, so that short ones have no scalar tail.
  private static void exponentials(
      int rows,
      int columns,
      float[] z,
      int zOffset,
      float[] maxima,
      int maximaOffset,
      float[] slopes,
      int slopesOffset) {
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      maxima[maximaOffset + row] =
          FloatSoftmax.subtractMax(columns, z, zOffset + start, slopes, slopesOffset + start);
    }
    FloatExponentials.exp(rows * columns, slopes, slopesOffset, slopes, slopesOffset);
  }

  /// `Σ tⱼ·(max − zⱼ)`, a sum of what is not negative.
  private static float shortfall(
      int n, float max, float[] z, int zOffset, float[] t, int tOffset) {
    int j = 0;
    float total = 0;
    if (n >= LANES) {
      FloatVector sum = broadcast(SPECIES, 0);
      for (; j <= n - LANES; j += LANES) {
        FloatVector distance = broadcast(SPECIES, max).sub(fromArray(SPECIES, z, zOffset + j));
        sum = fromArray(SPECIES, t, tOffset + j).fma(distance, sum);
      }
      sum = TYPE.cast(sum);
      if (LANES > 8) {
        sum = sum.add(sum.rearrange(BY_8));
      }
      if (LANES > 4) {
        sum = sum.add(sum.rearrange(BY_4));
      }
      if (LANES > 2) {
        sum = sum.add(sum.rearrange(BY_2));
      }
      if (LANES > 1) {
        sum = sum.add(sum.rearrange(BY_1));
      }
      total = sum.lane(0);
    }
    for (; j < n; j++) {
      total = Math.fma(t[tOffset + j], max - z[zOffset + j], total);
    }
    return total;
  }

  /// `yⱼ ← factor·yⱼ − tⱼ`, rounded once.
  private static void subtract(
      int n, float factor, float[] y, int yOffset, float[] t, int tOffset) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      fromArray(SPECIES, y, yOffset + j)
          .fma(broadcast(SPECIES, factor), fromArray(SPECIES, t, tOffset + j).neg())
          .intoArray(y, yOffset + j);
    }
    for (; j < n; j++) {
      y[yOffset + j] = Math.fma(y[yOffset + j], factor, -t[tOffset + j]);
    }
  }
}
