package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.DoubleLanes.LANES;
import static dev.lanewise.core.internal.vector.DoubleLanes.SPECIES;
import static dev.lanewise.core.internal.vector.DoubleLanes.write;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/// The smooth functions of [DoubleFunctions] and their derivatives, over arrays.
///
/// An exponential that may overflow or become subnormal costs half as much again as one that
/// cannot, so arguments are looked at first, block by block. The bits do not depend on which loop a
/// block goes through.
final class DoubleActivations {
  /// Few enough elements to stay in the nearest cache, and a multiple of every number of lanes.
  private static final int BLOCK = 1024;

  private DoubleActivations() {}

  /// Whether the exponentials of all ±x are normal numbers.
  private static boolean inNormalRange(int n, double[] x, int xOffset) {
    int i = 0;
    DoubleVector good = broadcast(SPECIES, 1);
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleVector size = fromArray(SPECIES, x, xOffset + i).abs();
      good =
          broadcast(SPECIES, 0)
              .blend(good, size.compare(VectorOperators.LE, DoubleFunctions.NORMAL_RANGE));
    }
    return good.compare(VectorOperators.EQ, 1).allTrue();
  }

  static void exp(int n, double[] x, int xOffset, double[] y, int yOffset) {
    for (int from = 0; from < n; from += BLOCK) {
      int length = Math.min(BLOCK, n - from);
      if (inNormalRange(length, x, xOffset + from)) {
        expInNormalRange(length, x, xOffset + from, y, yOffset + from);
      } else {
        expAnywhere(length, x, xOffset + from, y, yOffset + from);
      }
    }
  }

  private static void expInNormalRange(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleFunctions.expInNormalRange(fromArray(SPECIES, x, xOffset + i))
          .intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = DoubleFunctions.exp(x[xOffset + i]);
    }
  }

  private static void expAnywhere(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleFunctions.exp(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = DoubleFunctions.exp(x[xOffset + i]);
    }
  }

  static void logistic(int n, double[] x, int xOffset, double[] y, int yOffset) {
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
      int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleFunctions.logisticInNormalRange(fromArray(SPECIES, x, xOffset + i))
          .intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = DoubleFunctions.logistic(x[xOffset + i]);
    }
  }

  private static void logisticAnywhere(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleFunctions.logistic(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = DoubleFunctions.logistic(x[xOffset + i]);
    }
  }

  static void logisticBackward(
      int n,
      double[] x,
      int xOffset,
      double[] dy,
      int dyOffset,
      double beta,
      double[] dx,
      int dxOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleVector derivative =
          DoubleFunctions.logisticDerivative(fromArray(SPECIES, x, xOffset + i));
      DoubleVector r = derivative.mul(fromArray(SPECIES, dy, dyOffset + i));
      if (beta == 0) {
        r.intoArray(dx, dxOffset + i);
      } else {
        DoubleVector old = fromArray(SPECIES, dx, dxOffset + i);
        broadcast(SPECIES, beta).fma(old, r).intoArray(dx, dxOffset + i);
      }
    }
    for (; i < n; i++) {
      write(
          dy[dyOffset + i] * DoubleFunctions.logisticDerivative(x[xOffset + i]),
          beta,
          dx,
          dxOffset + i);
    }
  }

  static void tanh(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleFunctions.tanh(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = DoubleFunctions.tanh(x[xOffset + i]);
    }
  }

  static void tanhBackward(
      int n,
      double[] x,
      int xOffset,
      double[] dy,
      int dyOffset,
      double beta,
      double[] dx,
      int dxOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleVector derivative = DoubleFunctions.tanhDerivative(fromArray(SPECIES, x, xOffset + i));
      DoubleVector r = derivative.mul(fromArray(SPECIES, dy, dyOffset + i));
      if (beta == 0) {
        r.intoArray(dx, dxOffset + i);
      } else {
        DoubleVector old = fromArray(SPECIES, dx, dxOffset + i);
        broadcast(SPECIES, beta).fma(old, r).intoArray(dx, dxOffset + i);
      }
    }
    for (; i < n; i++) {
      write(
          dy[dyOffset + i] * DoubleFunctions.tanhDerivative(x[xOffset + i]),
          beta,
          dx,
          dxOffset + i);
    }
  }

  static void softplus(int n, double[] x, int xOffset, double[] y, int yOffset) {
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
      int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleFunctions.softplusInNormalRange(fromArray(SPECIES, x, xOffset + i))
          .intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = DoubleFunctions.softplus(x[xOffset + i]);
    }
  }

  private static void softplusAnywhere(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleFunctions.softplus(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = DoubleFunctions.softplus(x[xOffset + i]);
    }
  }

  static void softplusBackward(
      int n,
      double[] x,
      int xOffset,
      double[] dy,
      int dyOffset,
      double beta,
      double[] dx,
      int dxOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleVector derivative = DoubleFunctions.logistic(fromArray(SPECIES, x, xOffset + i));
      DoubleVector r = derivative.mul(fromArray(SPECIES, dy, dyOffset + i));
      if (beta == 0) {
        r.intoArray(dx, dxOffset + i);
      } else {
        DoubleVector old = fromArray(SPECIES, dx, dxOffset + i);
        broadcast(SPECIES, beta).fma(old, r).intoArray(dx, dxOffset + i);
      }
    }
    for (; i < n; i++) {
      write(dy[dyOffset + i] * DoubleFunctions.logistic(x[xOffset + i]), beta, dx, dxOffset + i);
    }
  }
}
