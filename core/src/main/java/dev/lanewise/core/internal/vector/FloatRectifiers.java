// Generated from DoubleRectifiers.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.FloatLanes.LANES;
import static dev.lanewise.core.internal.vector.FloatLanes.SPECIES;
import static dev.lanewise.core.internal.vector.FloatLanes.write;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Activations that choose between values, and their derivatives. The comparison `x ≤ 0` is false
/// for NaN, which so stays what it is.
final class FloatRectifiers {
  private FloatRectifiers() {}

  static void relu(int n, float[] x, int xOffset, float[] y, int yOffset) {
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
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
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

  static void hardThreshold(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      threshold(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = threshold(x[xOffset + i]);
    }
  }

  private static FloatVector relu(FloatVector x) {
    return x.blend(0, x.compare(VectorOperators.LE, 0));
  }

  private static float relu(float x) {
    return x <= 0 ? 0 : x;
  }

  private static FloatVector gate(FloatVector x, FloatVector dy) {
    return relu(x).blend(dy, x.compare(VectorOperators.GT, 0));
  }

  private static float gate(float x, float dy) {
    return x > 0 ? dy : relu(x);
  }

  private static FloatVector threshold(FloatVector x) {
    return relu(x).blend(1, x.compare(VectorOperators.GT, 0));
  }

  private static float threshold(float x) {
    return x > 0 ? 1 : relu(x);
  }
}
