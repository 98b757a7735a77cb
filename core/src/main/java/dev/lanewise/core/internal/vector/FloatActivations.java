// Generated from DoubleActivations.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.FloatLanes.LANES;
import static dev.lanewise.core.internal.vector.FloatLanes.SPECIES;
import static dev.lanewise.core.internal.vector.FloatLanes.write;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/// The smooth functions of [FloatFunctions] and their derivatives, over arrays.
final class FloatActivations {
  private FloatActivations() {}

  static void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatFunctions.exp(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = FloatFunctions.exp(x[xOffset + i]);
    }
  }

  static void logistic(int n, float[] x, int xOffset, float[] y, int yOffset) {
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
