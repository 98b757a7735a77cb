// Generated from DoubleTranscendentals.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.FloatLanes.LANES;
import static dev.lanewise.core.internal.vector.FloatLanes.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.FloatVector;

/// Logarithms, error functions and the like, over arrays.
final class FloatTranscendentals {
  /// How far the sine goes element by element before vectors are tried again.
  private static final int STRETCH = 4 * LANES;

  private FloatTranscendentals() {}

  static void log(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatLogarithms.log(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = FloatLogarithms.log(x[xOffset + i]);
    }
  }

  static void log1p(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatLogarithms.log1p(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = FloatLogarithms.log1p(x[xOffset + i]);
    }
  }

  static void expm1(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatFunctions.expm1(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = FloatFunctions.expm1(x[xOffset + i]);
    }
  }

  static void erf(int n, float[] x, int xOffset, float[] y, int yOffset) {
    FloatErrorFunctions.erf(false, n, x, xOffset, y, yOffset);
  }

  static void erfc(int n, float[] x, int xOffset, float[] y, int yOffset) {
    FloatErrorFunctions.erf(true, n, x, xOffset, y, yOffset);
  }

  static void sin(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    while (i < n) {
      i = sinWhileInRange(i, n, x, xOffset, y, yOffset);
      for (int end = Math.min(n, i + STRETCH); i < end; i++) {
        y[yOffset + i] = FloatSine.sin(x[xOffset + i]);
      }
    }
  }

  private static int sinWhileInRange(
      int from, int to, float[] x, int xOffset, float[] y, int yOffset) {
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      FloatVector v = fromArray(SPECIES, x, xOffset + i);
      if (!v.abs().compare(LE, FloatSine.RANGE).allTrue()) {
        break;
      }
      FloatSine.sin(v).intoArray(y, yOffset + i);
    }
    return i;
  }
}
