package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.DoubleLanes.LANES;
import static dev.lanewise.core.internal.vector.DoubleLanes.SPECIES;
import static dev.lanewise.core.internal.vector.DoubleLanes.write;
import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/// Activations that choose between values, and their derivatives. The comparison `x ≤ 0` is false
/// for NaN, which so stays what it is.
final class DoubleRectifiers {
  private DoubleRectifiers() {}

  static void relu(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      relu(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
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
      write(
          gate(fromArray(SPECIES, x, xOffset + i), fromArray(SPECIES, dy, dyOffset + i)),
          beta,
          dx,
          dxOffset + i);
    }
    for (; i < n; i++) {
      write(gate(x[xOffset + i], dy[dyOffset + i]), beta, dx, dxOffset + i);
    }
  }

  static void hardThreshold(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      threshold(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = threshold(x[xOffset + i]);
    }
  }

  private static DoubleVector relu(DoubleVector x) {
    return x.blend(0, x.compare(VectorOperators.LE, 0));
  }

  private static double relu(double x) {
    return x <= 0 ? 0 : x;
  }

  private static DoubleVector gate(DoubleVector x, DoubleVector dy) {
    return relu(x).blend(dy, x.compare(VectorOperators.GT, 0));
  }

  private static double gate(double x, double dy) {
    return x > 0 ? dy : relu(x);
  }

  private static DoubleVector threshold(DoubleVector x) {
    return relu(x).blend(1, x.compare(VectorOperators.GT, 0));
  }

  private static double threshold(double x) {
    return x > 0 ? 1 : relu(x);
  }
}
