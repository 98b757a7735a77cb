// Generated from DoubleElementwise.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.FloatLanes.LANES;
import static dev.lanewise.core.internal.vector.FloatLanes.SPECIES;
import static dev.lanewise.core.internal.vector.FloatLanes.write;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.core.internal.scalar.FloatMath;
import jdk.incubator.vector.FloatVector;

/// Sums, products and updates of elements. Memory is their limit, so one vector at a time is as
/// fast as it gets.
final class FloatElementwise {
  private FloatElementwise() {}

  static void scale(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      fromArray(SPECIES, x, xOffset + i).mul(alpha).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = alpha * x[xOffset + i];
    }
  }

  static void axpy(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector sum =
          broadcast(SPECIES, alpha)
              .fma(fromArray(SPECIES, x, xOffset + i), fromArray(SPECIES, y, yOffset + i));
      sum.intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = Math.fma(alpha, x[xOffset + i], y[yOffset + i]);
    }
  }

  static void add(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      fromArray(SPECIES, a, aOffset + i)
          .add(fromArray(SPECIES, b, bOffset + i))
          .intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = a[aOffset + i] + b[bOffset + i];
    }
  }

  static void multiply(
      int n,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float beta,
      float[] y,
      int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector product =
          fromArray(SPECIES, a, aOffset + i).mul(fromArray(SPECIES, b, bOffset + i));
      if (beta == 0) {
        product.intoArray(y, yOffset + i);
      } else {
        FloatVector old = fromArray(SPECIES, y, yOffset + i);
        broadcast(SPECIES, beta).fma(old, product).intoArray(y, yOffset + i);
      }
    }
    for (; i < n; i++) {
      write(a[aOffset + i] * b[bOffset + i], beta, y, yOffset + i);
    }
  }

  static void scaleRows(
      int rows,
      int columns,
      float[] s,
      int sOffset,
      float[] x,
      int xOffset,
      float beta,
      float[] y,
      int yOffset) {
    for (int row = 0; row < rows; row++) {
      float factor = s[sOffset + row];
      int start = row * columns;
      int j = start;
      for (; j <= start + columns - LANES; j += LANES) {
        FloatVector product = fromArray(SPECIES, x, xOffset + j).mul(factor);
        if (beta == 0) {
          product.intoArray(y, yOffset + j);
        } else {
          FloatVector old = fromArray(SPECIES, y, yOffset + j);
          broadcast(SPECIES, beta).fma(old, product).intoArray(y, yOffset + j);
        }
      }
      for (; j < start + columns; j++) {
        write(x[xOffset + j] * factor, beta, y, yOffset + j);
      }
    }
  }

  static void addRowVector(
      int rows,
      int columns,
      float[] x,
      int xOffset,
      float[] v,
      int vOffset,
      float[] y,
      int yOffset) {
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      add(columns, x, xOffset + start, v, vOffset, y, yOffset + start);
    }
  }

  static void adam(
      int n,
      float[] g,
      int gOffset,
      float[] m,
      int mOffset,
      float[] v,
      int vOffset,
      float oneMinusBeta1,
      float oneMinusBeta2,
      float correction1,
      float correction2,
      float epsilon) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector gradient = fromArray(SPECIES, g, gOffset + i);
      FloatVector first = fromArray(SPECIES, m, mOffset + i);
      FloatVector second = fromArray(SPECIES, v, vOffset + i);
      first = broadcast(SPECIES, oneMinusBeta1).fma(gradient.sub(first), first);
      second = broadcast(SPECIES, oneMinusBeta2).fma(gradient.fma(gradient, second.neg()), second);
      first.intoArray(m, mOffset + i);
      second.intoArray(v, vOffset + i);
      first
          .mul(correction1)
          .div(second.mul(correction2).sqrt().add(epsilon))
          .intoArray(g, gOffset + i);
    }
    for (; i < n; i++) {
      float gradient = g[gOffset + i];
      float first = m[mOffset + i];
      float second = v[vOffset + i];
      first = Math.fma(oneMinusBeta1, gradient - first, first);
      second = Math.fma(oneMinusBeta2, Math.fma(gradient, gradient, -second), second);
      m[mOffset + i] = first;
      v[vOffset + i] = second;
      g[gOffset + i] = first * correction1 / (FloatMath.sqrt(second * correction2) + epsilon);
    }
  }
}
