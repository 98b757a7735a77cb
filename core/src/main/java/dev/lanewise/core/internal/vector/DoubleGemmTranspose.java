package dev.lanewise.core.internal.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Transposes of small matrices, in blocks of 4 × 4 that never leave the registers: first the
/// blocks' quarters change places, then the elements of the quarters.
///
/// ```
///   a b c d        a b e' f'       a e i m
///   e f g h   →    …          →    b f j n
///   i j k l        c d …           c g k o
///   m n o p                        d h l p
/// ```
///
/// Four lanes are enough on every machine: wider blocks need as many more steps as they move more
/// elements at a step.
final class DoubleGemmTranspose {
  /// Vectors of four elements.
  private static final VectorSpecies<Double> FOUR =
      VectorSpecies.of(double.class, VectorShape.forBitSize(4 * Double.SIZE));
  private static final Class<? extends DoubleVector> TYPE = DoubleVector.zero(FOUR).getClass();
  private static final VectorShuffle<Double> HALVES = VectorShuffle.fromValues(FOUR, 2, 3, 0, 1);
  private static final VectorShuffle<Double> PAIRS = VectorShuffle.fromValues(FOUR, 1, 0, 3, 2);
  private static final VectorMask<Double> UPPER = VectorMask.fromLong(FOUR, 0b1100);
  private static final VectorMask<Double> ODD = VectorMask.fromLong(FOUR, 0b1010);

  /// Whether registers hold four elements; two, as doubles on NEON, are moved one by one.
  private static final boolean VECTORS = DoubleLanes.LANES >= 4;

  private DoubleGemmTranspose() {}

  /// `Y ← Xᵀ` for an X of `m` rows and `n` columns.
  static void copy(
      int m, int n, double[] x, int xOffset, int ldx, double[] y, int yOffset, int ldy) {
    int i = 0;
    if (VECTORS) {
      for (; i + 4 <= m; i += 4) {
        int j = fours(n, x, xOffset + i * ldx, ldx, y, yOffset + i, ldy);
        copyOneByOne(4, n - j, x, xOffset + i * ldx + j, ldx, y, yOffset + i + j * ldy, ldy);
      }
    }
    copyOneByOne(m - i, n, x, xOffset + i * ldx, ldx, y, yOffset + i, ldy);
  }

  /// `Y ← beta·Y + Xᵀ`, one fused multiply-add per element, for an X of `m` rows and `n` columns.
  static void add(
      int m,
      int n,
      double[] x,
      int xOffset,
      int ldx,
      double beta,
      double[] y,
      int yOffset,
      int ldy) {
    int i = 0;
    if (VECTORS) {
      for (; i + 4 <= m; i += 4) {
        int j = addFours(n, x, xOffset + i * ldx, ldx, beta, y, yOffset + i, ldy);
        addOneByOne(4, n - j, x, xOffset + i * ldx + j, ldx, beta, y, yOffset + i + j * ldy, ldy);
      }
    }
    addOneByOne(m - i, n, x, xOffset + i * ldx, ldx, beta, y, yOffset + i, ldy);
  }

  /// Four rows, as far as blocks go; returns how many columns that are. Fast where it is inlined
  /// into a method that knows `ldx` or `ldy` as a constant: else there are more addresses than
  /// registers.
  private static int fours(
      int n, double[] x, int xOffset, int ldx, double[] y, int yOffset, int ldy) {
    int j = 0;
    for (int end = n & -4; j < end; j += 4) {
      int from = xOffset + j;
      int to = yOffset + j * ldy;
      DoubleVector x0 = DoubleVector.fromArray(FOUR, x, from);
      DoubleVector x1 = DoubleVector.fromArray(FOUR, x, from + ldx);
      DoubleVector x2 = DoubleVector.fromArray(FOUR, x, from + 2 * ldx);
      DoubleVector x3 = DoubleVector.fromArray(FOUR, x, from + 3 * ldx);
      DoubleVector h0 = x0.blend(x2.rearrange(HALVES), UPPER);
      DoubleVector h1 = x1.blend(x3.rearrange(HALVES), UPPER);
      DoubleVector h2 = x0.rearrange(HALVES).blend(x2, UPPER);
      DoubleVector h3 = x1.rearrange(HALVES).blend(x3, UPPER);
      TYPE.cast(h0.blend(h1.rearrange(PAIRS), ODD)).intoArray(y, to);
      TYPE.cast(h0.rearrange(PAIRS).blend(h1, ODD)).intoArray(y, to + ldy);
      TYPE.cast(h2.blend(h3.rearrange(PAIRS), ODD)).intoArray(y, to + 2 * ldy);
      TYPE.cast(h2.rearrange(PAIRS).blend(h3, ODD)).intoArray(y, to + 3 * ldy);
    }
    return j;
  }

  private static int addFours(
      int n, double[] x, int xOffset, int ldx, double beta, double[] y, int yOffset, int ldy) {
    DoubleVector factor = DoubleVector.broadcast(FOUR, beta);
    int j = 0;
    for (int end = n & -4; j < end; j += 4) {
      int from = xOffset + j;
      int to = yOffset + j * ldy;
      DoubleVector x0 = DoubleVector.fromArray(FOUR, x, from);
      DoubleVector x1 = DoubleVector.fromArray(FOUR, x, from + ldx);
      DoubleVector x2 = DoubleVector.fromArray(FOUR, x, from + 2 * ldx);
      DoubleVector x3 = DoubleVector.fromArray(FOUR, x, from + 3 * ldx);
      DoubleVector h0 = x0.blend(x2.rearrange(HALVES), UPPER);
      DoubleVector h1 = x1.blend(x3.rearrange(HALVES), UPPER);
      DoubleVector h2 = x0.rearrange(HALVES).blend(x2, UPPER);
      DoubleVector h3 = x1.rearrange(HALVES).blend(x3, UPPER);
      DoubleVector y0 = DoubleVector.fromArray(FOUR, y, to);
      DoubleVector y1 = DoubleVector.fromArray(FOUR, y, to + ldy);
      DoubleVector y2 = DoubleVector.fromArray(FOUR, y, to + 2 * ldy);
      DoubleVector y3 = DoubleVector.fromArray(FOUR, y, to + 3 * ldy);
      TYPE.cast(factor.fma(y0, h0.blend(h1.rearrange(PAIRS), ODD))).intoArray(y, to);
      TYPE.cast(factor.fma(y1, h0.rearrange(PAIRS).blend(h1, ODD))).intoArray(y, to + ldy);
      TYPE.cast(factor.fma(y2, h2.blend(h3.rearrange(PAIRS), ODD))).intoArray(y, to + 2 * ldy);
      TYPE.cast(factor.fma(y3, h2.rearrange(PAIRS).blend(h3, ODD))).intoArray(y, to + 3 * ldy);
    }
    return j;
  }

  private static void copyOneByOne(
      int m, int n, double[] x, int xOffset, int ldx, double[] y, int yOffset, int ldy) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < m; i++) {
        y[yOffset + j * ldy + i] = x[xOffset + i * ldx + j];
      }
    }
  }

  private static void addOneByOne(
      int m,
      int n,
      double[] x,
      int xOffset,
      int ldx,
      double beta,
      double[] y,
      int yOffset,
      int ldy) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < m; i++) {
        int to = yOffset + j * ldy + i;
        y[to] = Math.fma(beta, y[to], x[xOffset + i * ldx + j]);
      }
    }
  }
}
