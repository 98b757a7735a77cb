package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.DoubleLanes.LANES;
import static dev.lanewise.core.internal.vector.DoubleLanes.SPECIES;
import static dev.lanewise.core.internal.vector.DoubleLanes.load;
import static dev.lanewise.core.internal.vector.DoubleLanes.write;

import jdk.incubator.vector.DoubleVector;

/// The smooth functions of [DoubleFunctions] and their derivatives, over arrays.
final class DoubleActivations {
  private DoubleActivations() {}

  static void exp(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleFunctions.exp(load(x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = DoubleFunctions.exp(x[xOffset + i]);
    }
  }

  static void logistic(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleFunctions.logistic(load(x, xOffset + i)).intoArray(y, yOffset + i);
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
      DoubleVector derivative = DoubleFunctions.logisticDerivative(load(x, xOffset + i));
      DoubleVector r = derivative.mul(DoubleVector.fromArray(SPECIES, dy, dyOffset + i));
      if (beta == 0) {
        r.intoArray(dx, dxOffset + i);
      } else {
        DoubleVector old = DoubleVector.fromArray(SPECIES, dx, dxOffset + i);
        DoubleVector.broadcast(SPECIES, beta).fma(old, r).intoArray(dx, dxOffset + i);
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
      DoubleFunctions.tanh(load(x, xOffset + i)).intoArray(y, yOffset + i);
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
      DoubleVector derivative = DoubleFunctions.tanhDerivative(load(x, xOffset + i));
      DoubleVector r = derivative.mul(DoubleVector.fromArray(SPECIES, dy, dyOffset + i));
      if (beta == 0) {
        r.intoArray(dx, dxOffset + i);
      } else {
        DoubleVector old = DoubleVector.fromArray(SPECIES, dx, dxOffset + i);
        DoubleVector.broadcast(SPECIES, beta).fma(old, r).intoArray(dx, dxOffset + i);
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
      DoubleFunctions.softplus(load(x, xOffset + i)).intoArray(y, yOffset + i);
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
      DoubleVector derivative = DoubleFunctions.logistic(load(x, xOffset + i));
      DoubleVector r = derivative.mul(DoubleVector.fromArray(SPECIES, dy, dyOffset + i));
      if (beta == 0) {
        r.intoArray(dx, dxOffset + i);
      } else {
        DoubleVector old = DoubleVector.fromArray(SPECIES, dx, dxOffset + i);
        DoubleVector.broadcast(SPECIES, beta).fma(old, r).intoArray(dx, dxOffset + i);
      }
    }
    for (; i < n; i++) {
      write(dy[dyOffset + i] * DoubleFunctions.logistic(x[xOffset + i]), beta, dx, dxOffset + i);
    }
  }
}
