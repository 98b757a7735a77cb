// Generated from DoubleActivations.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.FloatLanes.LANES;
import static dev.lanewise.core.internal.vector.FloatLanes.SPECIES;
import static dev.lanewise.core.internal.vector.FloatLanes.write;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The smooth functions of [FloatFunctions] and their derivatives, over arrays.
///
/// An exponential that may overflow or become subnormal costs half as much again as one that
/// cannot, so arguments are looked at first, block by block. The bits do not depend on which loop a
/// block goes through.
final class FloatActivations {
  /// Few enough elements to stay in the nearest cache, and a multiple of every number of lanes.
  private static final int BLOCK = 1024;

  private FloatActivations() {}

  /// Whether the exponentials of all ±x are normal numbers.
  private static boolean inNormalRange(int n, float[] x, int xOffset) {
    int i = 0;
    FloatVector good = broadcast(SPECIES, 1);
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector size = fromArray(SPECIES, x, xOffset + i).abs();
      good =
          broadcast(SPECIES, 0)
              .blend(good, size.compare(VectorOperators.LE, FloatFunctions.NORMAL_RANGE));
    }
    return good.compare(VectorOperators.EQ, 1).allTrue();
  }

  static void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int from = 0; from < n; from += BLOCK) {
      int length = Math.min(BLOCK, n - from);
      if (inNormalRange(length, x, xOffset + from)) {
        expInNormalRange(length, x, xOffset + from, y, yOffset + from);
      } else {
        expAnywhere(length, x, xOffset + from, y, yOffset + from);
      }
    }
  }

  private static void expInNormalRange(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatFunctions.expInNormalRange(fromArray(SPECIES, x, xOffset + i))
          .intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = FloatFunctions.exp(x[xOffset + i]);
    }
  }

  private static void expAnywhere(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatFunctions.exp(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = FloatFunctions.exp(x[xOffset + i]);
    }
  }

  static void logistic(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int from = 0; from < n; from += BLOCK) {
      int length = Math.min(BLOCK, n - from);
      if (inNormalRange(length, x, xOffset + from)) {
        logisticInNormalRange(length, x, xOffset + from, y, yOffset + from);
      } else {
        logisticAnywhere(length, x, xOffset + from, y, yOffset + from);
      }
    }
  }

  private static void logisticInNormalRange(
      int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatFunctions.logisticInNormalRange(fromArray(SPECIES, x, xOffset + i))
          .intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = FloatFunctions.logistic(x[xOffset + i]);
    }
  }

  private static void logisticAnywhere(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatFunctions.logistic(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = FloatFunctions.logistic(x[xOffset + i]);
    }
  }

  static void logisticBackward(
      int n,
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
      int dxOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector derivative =
          FloatFunctions.logisticDerivative(fromArray(SPECIES, x, xOffset + i));
      FloatVector r = derivative.mul(fromArray(SPECIES, dy, dyOffset + i));
      if (beta == 0) {
        r.intoArray(dx, dxOffset + i);
      } else {
        FloatVector old = fromArray(SPECIES, dx, dxOffset + i);
        broadcast(SPECIES, beta).fma(old, r).intoArray(dx, dxOffset + i);
      }
    }
    for (; i < n; i++) {
      write(
          dy[dyOffset + i] * FloatFunctions.logisticDerivative(x[xOffset + i]),
          beta,
          dx,
          dxOffset + i);
    }
  }

  static void tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatFunctions.tanh(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = FloatFunctions.tanh(x[xOffset + i]);
    }
  }

  static void tanhBackward(
      int n,
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
      int dxOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector derivative = FloatFunctions.tanhDerivative(fromArray(SPECIES, x, xOffset + i));
      FloatVector r = derivative.mul(fromArray(SPECIES, dy, dyOffset + i));
      if (beta == 0) {
        r.intoArray(dx, dxOffset + i);
      } else {
        FloatVector old = fromArray(SPECIES, dx, dxOffset + i);
        broadcast(SPECIES, beta).fma(old, r).intoArray(dx, dxOffset + i);
      }
    }
    for (; i < n; i++) {
      write(
          dy[dyOffset + i] * FloatFunctions.tanhDerivative(x[xOffset + i]),
          beta,
          dx,
          dxOffset + i);
    }
  }

  static void softplus(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int from = 0; from < n; from += BLOCK) {
      int length = Math.min(BLOCK, n - from);
      if (inNormalRange(length, x, xOffset + from)) {
        softplusInNormalRange(length, x, xOffset + from, y, yOffset + from);
      } else {
        softplusAnywhere(length, x, xOffset + from, y, yOffset + from);
      }
    }
  }

  private static void softplusInNormalRange(
      int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatFunctions.softplusInNormalRange(fromArray(SPECIES, x, xOffset + i))
          .intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = FloatFunctions.softplus(x[xOffset + i]);
    }
  }

  private static void softplusAnywhere(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatFunctions.softplus(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = FloatFunctions.softplus(x[xOffset + i]);
    }
  }

  static void softplusBackward(
      int n,
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
      int dxOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector derivative = FloatFunctions.logistic(fromArray(SPECIES, x, xOffset + i));
      FloatVector r = derivative.mul(fromArray(SPECIES, dy, dyOffset + i));
      if (beta == 0) {
        r.intoArray(dx, dxOffset + i);
      } else {
        FloatVector old = fromArray(SPECIES, dx, dxOffset + i);
        broadcast(SPECIES, beta).fma(old, r).intoArray(dx, dxOffset + i);
      }
    }
    for (; i < n; i++) {
      write(dy[dyOffset + i] * FloatFunctions.logistic(x[xOffset + i]), beta, dx, dxOffset + i);
    }
  }
}
