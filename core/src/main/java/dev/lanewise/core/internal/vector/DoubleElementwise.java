package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.DoubleLanes.LANES;
import static dev.lanewise.core.internal.vector.DoubleLanes.SPECIES;
import static dev.lanewise.core.internal.vector.DoubleLanes.write;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import dev.lanewise.core.internal.scalar.DoubleMath;
import jdk.incubator.vector.DoubleVector;

/// Sums, products and updates of elements. Memory is their limit, so one vector at a time is as
/// fast as it gets.
final class DoubleElementwise {
  private DoubleElementwise() {}

  static void scale(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      fromArray(SPECIES, x, xOffset + i).mul(alpha).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = alpha * x[xOffset + i];
    }
  }

  static void axpy(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleVector sum =
          broadcast(SPECIES, alpha)
              .fma(fromArray(SPECIES, x, xOffset + i), fromArray(SPECIES, y, yOffset + i));
      sum.intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = Math.fma(alpha, x[xOffset + i], y[yOffset + i]);
    }
  }

  static void add(
      int n, double[] a, int aOffset, double[] b, int bOffset, double[] y, int yOffset) {
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
      double[] a,
      int aOffset,
      double[] b,
      int bOffset,
      double beta,
      double[] y,
      int yOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleVector product =
          fromArray(SPECIES, a, aOffset + i).mul(fromArray(SPECIES, b, bOffset + i));
      if (beta == 0) {
        product.intoArray(y, yOffset + i);
      } else {
        DoubleVector old = fromArray(SPECIES, y, yOffset + i);
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
      double[] s,
      int sOffset,
      double[] x,
      int xOffset,
      double beta,
      double[] y,
      int yOffset) {
    for (int row = 0; row < rows; row++) {
      double factor = s[sOffset + row];
      int start = row * columns;
      int j = start;
      for (; j <= start + columns - LANES; j += LANES) {
        DoubleVector product = fromArray(SPECIES, x, xOffset + j).mul(factor);
        if (beta == 0) {
          product.intoArray(y, yOffset + j);
        } else {
          DoubleVector old = fromArray(SPECIES, y, yOffset + j);
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
      double[] x,
      int xOffset,
      double[] v,
      int vOffset,
      double[] y,
      int yOffset) {
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      add(columns, x, xOffset + start, v, vOffset, y, yOffset + start);
    }
  }

  static void adam(
      int n,
      double[] g,
      int gOffset,
      double[] m,
      int mOffset,
      double[] v,
      int vOffset,
      double oneMinusBeta1,
      double oneMinusBeta2,
      double correction1,
      double correction2,
      double epsilon) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleVector gradient = fromArray(SPECIES, g, gOffset + i);
      DoubleVector first = fromArray(SPECIES, m, mOffset + i);
      DoubleVector second = fromArray(SPECIES, v, vOffset + i);
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
      double gradient = g[gOffset + i];
      double first = m[mOffset + i];
      double second = v[vOffset + i];
      first = Math.fma(oneMinusBeta1, gradient - first, first);
      second = Math.fma(oneMinusBeta2, Math.fma(gradient, gradient, -second), second);
      m[mOffset + i] = first;
      v[vOffset + i] = second;
      g[gOffset + i] = first * correction1 / (DoubleMath.sqrt(second * correction2) + epsilon);
    }
  }
}
