package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.DoubleLanes.LANES;
import static dev.lanewise.core.internal.vector.DoubleLanes.SPECIES;
import static dev.lanewise.core.internal.vector.DoubleLanes.write;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.DoubleVector;

/// The smooth functions of [DoubleFunctions] and their derivatives, over arrays.
///
/// An exponential that may overflow or become subnormal costs half as much again as one that
/// cannot. So there are two loops: one that goes on while the arguments are harmless, and one that
/// then takes a stretch with all care. The bits do not depend on which loop an element meets.
final class DoubleActivations {
  /// How far the careful loop goes before the quick one is tried again.
  private static final int CAREFUL = 16 * LANES;

  private DoubleActivations() {}

  static void exp(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    while (i < n) {
      i = expWhileNormal(i, n, x, xOffset, y, yOffset);
      i = expCarefully(i, Math.min(n, i + CAREFUL), x, xOffset, y, yOffset);
    }
  }

  private static int expWhileNormal(
      int from, int to, double[] x, int xOffset, double[] y, int yOffset) {
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      DoubleVector v = fromArray(SPECIES, x, xOffset + i);
      if (!v.abs().compare(LE, DoubleFunctions.NORMAL_RANGE).allTrue()) {
        break;
      }
      DoubleFunctions.expInNormalRange(v).intoArray(y, yOffset + i);
    }
    return i;
  }

  private static int expCarefully(
      int from, int to, double[] x, int xOffset, double[] y, int yOffset) {
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      DoubleFunctions.exp(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < to; i++) {
      y[yOffset + i] = DoubleFunctions.exp(x[xOffset + i]);
    }
    return i;
  }

  static void logistic(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    while (i < n) {
      i = logisticWhileNormal(i, n, x, xOffset, y, yOffset);
      i = logisticCarefully(i, Math.min(n, i + CAREFUL), x, xOffset, y, yOffset);
    }
  }

  private static int logisticWhileNormal(
      int from, int to, double[] x, int xOffset, double[] y, int yOffset) {
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      DoubleVector v = fromArray(SPECIES, x, xOffset + i);
      if (!v.abs().compare(LE, DoubleFunctions.NORMAL_RANGE).allTrue()) {
        break;
      }
      DoubleFunctions.logisticInNormalRange(v).intoArray(y, yOffset + i);
    }
    return i;
  }

  private static int logisticCarefully(
      int from, int to, double[] x, int xOffset, double[] y, int yOffset) {
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      DoubleFunctions.logistic(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < to; i++) {
      y[yOffset + i] = DoubleFunctions.logistic(x[xOffset + i]);
    }
    return i;
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
    int i = 0;
    while (i < n) {
      i = softplusWhileNormal(i, n, x, xOffset, y, yOffset);
      i = softplusCarefully(i, Math.min(n, i + CAREFUL), x, xOffset, y, yOffset);
    }
  }

  private static int softplusWhileNormal(
      int from, int to, double[] x, int xOffset, double[] y, int yOffset) {
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      DoubleVector v = fromArray(SPECIES, x, xOffset + i);
      if (!v.abs().compare(LE, DoubleFunctions.NORMAL_RANGE).allTrue()) {
        break;
      }
      DoubleFunctions.softplusInNormalRange(v).intoArray(y, yOffset + i);
    }
    return i;
  }

  private static int softplusCarefully(
      int from, int to, double[] x, int xOffset, double[] y, int yOffset) {
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      DoubleFunctions.softplus(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < to; i++) {
      y[yOffset + i] = DoubleFunctions.softplus(x[xOffset + i]);
    }
    return i;
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
