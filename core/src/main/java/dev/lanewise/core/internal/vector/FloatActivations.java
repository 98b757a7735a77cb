// Generated from DoubleActivations.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.FloatLanes.LANES;
import static dev.lanewise.core.internal.vector.FloatLanes.SPECIES;
import static dev.lanewise.core.internal.vector.FloatLanes.write;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.FloatVector;

/// The smooth functions of [FloatFunctions] and their derivatives, over arrays.
///
/// An exponential that may overflow or become subnormal costs half as much again as one that
/// cannot. So there are two loops: one that goes on while the arguments are harmless, and one that
/// then takes a stretch with all care. The bits do not depend on which loop an element meets.
final class FloatActivations {
  /// How far the careful loop goes before the quick one is tried again.
  private static final int CAREFUL = 16 * LANES;

  private FloatActivations() {}

  static void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    while (i < n) {
      i = expWhileNormal(i, n, x, xOffset, y, yOffset);
      i = expCarefully(i, Math.min(n, i + CAREFUL), x, xOffset, y, yOffset);
    }
  }

  private static int expWhileNormal(
      int from, int to, float[] x, int xOffset, float[] y, int yOffset) {
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      FloatVector v = fromArray(SPECIES, x, xOffset + i);
      if (!v.abs().compare(LE, FloatFunctions.NORMAL_RANGE).allTrue()) {
        break;
      }
      FloatFunctions.expInNormalRange(v).intoArray(y, yOffset + i);
    }
    return i;
  }

  private static int expCarefully(
      int from, int to, float[] x, int xOffset, float[] y, int yOffset) {
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      FloatFunctions.exp(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < to; i++) {
      y[yOffset + i] = FloatFunctions.exp(x[xOffset + i]);
    }
    return i;
  }

  static void logistic(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    while (i < n) {
      i = logisticWhileNormal(i, n, x, xOffset, y, yOffset);
      i = logisticCarefully(i, Math.min(n, i + CAREFUL), x, xOffset, y, yOffset);
    }
  }

  private static int logisticWhileNormal(
      int from, int to, float[] x, int xOffset, float[] y, int yOffset) {
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      FloatVector v = fromArray(SPECIES, x, xOffset + i);
      if (!v.abs().compare(LE, FloatFunctions.NORMAL_RANGE).allTrue()) {
        break;
      }
      FloatFunctions.logisticInNormalRange(v).intoArray(y, yOffset + i);
    }
    return i;
  }

  private static int logisticCarefully(
      int from, int to, float[] x, int xOffset, float[] y, int yOffset) {
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      FloatFunctions.logistic(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < to; i++) {
      y[yOffset + i] = FloatFunctions.logistic(x[xOffset + i]);
    }
    return i;
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
    int i = 0;
    while (i < n) {
      i = softplusWhileNormal(i, n, x, xOffset, y, yOffset);
      i = softplusCarefully(i, Math.min(n, i + CAREFUL), x, xOffset, y, yOffset);
    }
  }

  private static int softplusWhileNormal(
      int from, int to, float[] x, int xOffset, float[] y, int yOffset) {
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      FloatVector v = fromArray(SPECIES, x, xOffset + i);
      if (!v.abs().compare(LE, FloatFunctions.NORMAL_RANGE).allTrue()) {
        break;
      }
      FloatFunctions.softplusInNormalRange(v).intoArray(y, yOffset + i);
    }
    return i;
  }

  private static int softplusCarefully(
      int from, int to, float[] x, int xOffset, float[] y, int yOffset) {
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      FloatFunctions.softplus(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < to; i++) {
      y[yOffset + i] = FloatFunctions.softplus(x[xOffset + i]);
    }
    return i;
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
