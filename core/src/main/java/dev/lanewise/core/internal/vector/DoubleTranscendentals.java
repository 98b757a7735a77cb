package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.DoubleLanes.LANES;
import static dev.lanewise.core.internal.vector.DoubleLanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.DoubleVector;

/// Logarithms, error functions and the like, over arrays.
final class DoubleTranscendentals {
  /// How far the sine goes element by element before vectors are tried again.
  private static final int STRETCH = 4 * LANES;

  private DoubleTranscendentals() {}

  static void log(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleLogarithms.log(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = DoubleLogarithms.log(x[xOffset + i]);
    }
  }

  static void log1p(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleLogarithms.log1p(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = DoubleLogarithms.log1p(x[xOffset + i]);
    }
  }

  static void expm1(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleFunctions.expm1(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = DoubleFunctions.expm1(x[xOffset + i]);
    }
  }

  static void erf(int n, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleErrorFunctions.erf(false, n, x, xOffset, y, yOffset);
  }

  static void erfc(int n, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleErrorFunctions.erf(true, n, x, xOffset, y, yOffset);
  }

  static void sin(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    while (i < n) {
      i = sinWhileInRange(i, n, x, xOffset, y, yOffset);
      for (int end = Math.min(n, i + STRETCH); i < end; i++) {
        y[yOffset + i] = DoubleSine.sin(x[xOffset + i]);
      }
    }
  }

  private static int sinWhileInRange(
      int from, int to, double[] x, int xOffset, double[] y, int yOffset) {
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      DoubleVector v = fromArray(SPECIES, x, xOffset + i);
      if (!v.abs().compare(LE, DoubleSine.RANGE).allTrue()) {
        break;
      }
      DoubleSine.sin(v).intoArray(y, yOffset + i);
    }
    return i;
  }
}
