// Generated from DoubleRectifiers.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.FloatLanes.LANES;
import static dev.lanewise.core.internal.vector.FloatLanes.SPECIES;
import static dev.lanewise.core.internal.vector.FloatLanes.write;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.FloatVector;

/// Activations that choose between values, and their derivatives. The comparison `x ≤ 0` is false
/// for NaN, which so stays what it is.
final class FloatRectifiers {
  private FloatRectifiers() {}

  static void relu(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector v = fromArray(SPECIES, x, xOffset + i);
      v.blend(0, v.compare(LE, 0)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = relu(x[xOffset + i]);
    }
  }

  static void reluBackward(
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
      FloatVector v = fromArray(SPECIES, x, xOffset + i);
      FloatVector gradient = fromArray(SPECIES, dy, dyOffset + i);
      FloatVector r = v.blend(0, v.compare(LE, 0)).blend(gradient, v.compare(GT, 0));
      if (beta == 0) {
        r.intoArray(dx, dxOffset + i);
      } else {
        FloatVector old = fromArray(SPECIES, dx, dxOffset + i);
        broadcast(SPECIES, beta).fma(old, r).intoArray(dx, dxOffset + i);
      }
    }
    for (; i < n; i++) {
      write(gate(x[xOffset + i], dy[dyOffset + i]), beta, dx, dxOffset + i);
    }
  }

  static void hardThreshold(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector v = fromArray(SPECIES, x, xOffset + i);
      v.blend(0, v.compare(LE, 0)).blend(1, v.compare(GT, 0)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = threshold(x[xOffset + i]);
    }
  }

  private static float relu(float x) {
    return x <= 0 ? 0 : x;
  }

  private static float gate(float x, float dy) {
    return x > 0 ? dy : relu(x);
  }

  private static float threshold(float x) {
    return x > 0 ? 1 : relu(x);
  }
}
