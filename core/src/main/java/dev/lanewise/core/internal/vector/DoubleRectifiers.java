package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.DoubleLanes.LANES;
import static dev.lanewise.core.internal.vector.DoubleLanes.SPECIES;
import static dev.lanewise.core.internal.vector.DoubleLanes.write;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.DoubleVector;

/// Activations that choose between values, and their derivatives. The comparison `x ≤ 0` is false
/// for NaN, which so stays what it is.
final class DoubleRectifiers {
  private DoubleRectifiers() {}

  static void relu(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleVector v = fromArray(SPECIES, x, xOffset + i);
      v.blend(0, v.compare(LE, 0)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = relu(x[xOffset + i]);
    }
  }

  static void reluBackward(
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
      DoubleVector v = fromArray(SPECIES, x, xOffset + i);
      DoubleVector gradient = fromArray(SPECIES, dy, dyOffset + i);
      DoubleVector r = v.blend(0, v.compare(LE, 0)).blend(gradient, v.compare(GT, 0));
      if (beta == 0) {
        r.intoArray(dx, dxOffset + i);
      } else {
        DoubleVector old = fromArray(SPECIES, dx, dxOffset + i);
        broadcast(SPECIES, beta).fma(old, r).intoArray(dx, dxOffset + i);
      }
    }
    for (; i < n; i++) {
      write(gate(x[xOffset + i], dy[dyOffset + i]), beta, dx, dxOffset + i);
    }
  }

  static void hardThreshold(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleVector v = fromArray(SPECIES, x, xOffset + i);
      v.blend(0, v.compare(LE, 0)).blend(1, v.compare(GT, 0)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = threshold(x[xOffset + i]);
    }
  }

  private static double relu(double x) {
    return x <= 0 ? 0 : x;
  }

  private static double gate(double x, double dy) {
    return x > 0 ? dy : relu(x);
  }

  private static double threshold(double x) {
    return x > 0 ? 1 : relu(x);
  }
}
