package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.DoubleLanes.LANES;
import static dev.lanewise.core.internal.vector.DoubleLanes.SPECIES;
import static dev.lanewise.core.internal.vector.DoubleLanes.write;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;

/// The smooth functions of [DoubleFunctions] and their derivatives, over arrays.
final class DoubleActivations {
  private DoubleActivations() {}

  static void exp(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleFunctions.exp(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = DoubleFunctions.exp(x[xOffset + i]);
    }
  }

  static void logistic(int n, double[] x, int xOffset, double[] y, int yOffset) {
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
