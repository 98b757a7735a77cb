package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.kernel.DoubleKernels.GEMM_K_BLOCK;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The products of vectors: of a vector and a matrix, `y ← beta·y + x·M`, which is a matrix product
/// of one row or of one column, and of a column and a row.
///
/// In the first, each element of M is used once, so that M is read where it lies, along its rows.
///
/// - An M stored k×n is a sum of its rows, four at a time: y is met half as often as M.
/// - An M stored transposed, n×k, is n inner products. The contract's chain forbids to spread one
///   over several lanes: each has its own, and sixteen rows of M, or eight, are transposed in
///   registers, in blocks of 8 × 8 or 4 × 4 as in [DoubleGemmTranspose].
final class DoubleGemv {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /// Columns of M that are done with before the next, so that L1 keeps their sums.
  private static final int N_BLOCK = 1024;

  /// Vectors of four elements, and whether registers hold them.
  private static final VectorSpecies<Double> FOUR =
      VectorSpecies.of(double.class, VectorShape.forBitSize(4 * Double.SIZE));
  private static final boolean HAS_FOUR = LANES >= 4;
  private static final Class<? extends DoubleVector> TYPE = DoubleVector.zero(FOUR).getClass();
  private static final VectorShuffle<Double> HALVES = VectorShuffle.fromValues(FOUR, 2, 3, 0, 1);
  private static final VectorShuffle<Double> PAIRS = VectorShuffle.fromValues(FOUR, 1, 0, 3, 2);
  private static final VectorMask<Double> UPPER = VectorMask.fromLong(FOUR, 0b1100);
  private static final VectorMask<Double> ODD = VectorMask.fromLong(FOUR, 0b1010);

  /// Whether one instruction permutes the lanes of two vectors and there are 32 registers, as with
  /// vectors of 512 bits. Blocks then are made of vectors of 256 bits, of which two are permuted in
  /// a cycle on Zen 4, and sixteen rows are all that is done at a time: of more rows C2 keeps
  /// addresses in vector registers, and vectors in memory. With 16 registers, those of AVX2, even
  /// eight vectors and what becomes of them are too many; blocks of 4 × 4 were no slower there.
  private static final boolean HAS_PERMUTES = SPECIES.vectorBitSize() == 512;

  private static final VectorSpecies<Double> EIGHT =
      HAS_PERMUTES
          ? VectorSpecies.of(double.class, VectorShape.forBitSize(8 * Double.SIZE))
          : SPECIES;
  private static final Class<? extends DoubleVector> EIGHT_TYPE =
      DoubleVector.zero(EIGHT).getClass();

  /// Whether eight elements have 256 bits; else four have. So of the two forms below, one is for
  /// floats and one for doubles.
  private static final boolean BY_EIGHT = Double.SIZE == 32;

  /// What exchanges parts of two vectors: the lower, or upper, part of each pair of parts, of the
  /// first vector and then of the second. Parts are of 4, 2 and 1 lanes, as the names say.
  private static final DoubleVector LOWER_4 =
      DoubleVector.fromArray(EIGHT, parts(EIGHT.length(), 4, 0), 0);
  private static final DoubleVector UPPER_4 =
      DoubleVector.fromArray(EIGHT, parts(EIGHT.length(), 4, 4), 0);
  private static final DoubleVector LOWER_2 =
      DoubleVector.fromArray(EIGHT, parts(EIGHT.length(), 2, 0), 0);
  private static final DoubleVector UPPER_2 =
      DoubleVector.fromArray(EIGHT, parts(EIGHT.length(), 2, 2), 0);
  private static final DoubleVector LOWER_1 =
      DoubleVector.fromArray(EIGHT, parts(EIGHT.length(), 1, 0), 0);
  private static final DoubleVector UPPER_1 =
      DoubleVector.fromArray(EIGHT, parts(EIGHT.length(), 1, 1), 0);
  private static final DoubleVector LOWER_2_OF_4 = DoubleVector.fromArray(FOUR, parts(4, 2, 0), 0);
  private static final DoubleVector UPPER_2_OF_4 = DoubleVector.fromArray(FOUR, parts(4, 2, 2), 0);
  private static final DoubleVector LOWER_1_OF_4 = DoubleVector.fromArray(FOUR, parts(4, 1, 0), 0);
  private static final DoubleVector UPPER_1_OF_4 = DoubleVector.fromArray(FOUR, parts(4, 1, 1), 0);

  /// How many inner products are computed at a time. Each is a chain, and takes as long for a step
  /// as a fused multiply-add does: with eight of them those are what binds.
  private static final int CHAINS = 16;

  /// How many where there are no more, or where rows are so many elements apart, 4 KB, that the
  /// first cache has only eight lines for all of them.
  private static final int FEW = 8;

  private static final int COLLIDING = 4096 / Double.BYTES;

  private DoubleGemv() {}

  /// How many elements of scratch [#product] needs.
  static int scratch(int n, int k) {
    return Math.max(Math.min(n, N_BLOCK), k + CHAINS);
  }

  /// The product with an x of k elements, `xStep` apart, and a y of n elements, `yStep` apart.
  static void product(
      int n,
      int k,
      double[] x,
      int xOffset,
      int xStep,
      double[] matrix,
      int offset,
      int ld,
      boolean transposed,
      double beta,
      double[] y,
      int yOffset,
      int yStep,
      double[] scratch,
      int scratchOffset) {
    if (transposed) {
      if (xStep != 1) {
        for (int p = 0; p < k; p++) {
          scratch[scratchOffset + p] = x[xOffset + p * xStep];
        }
      }
      innerProducts(
          n,
          k,
          xStep == 1 ? x : scratch,
          xStep == 1 ? xOffset : scratchOffset,
          matrix,
          offset,
          ld,
          beta,
          y,
          yOffset,
          yStep,
          scratch,
          scratchOffset + k);
    } else {
      for (int j = 0; j < n; j += N_BLOCK) {
        sumOfRows(
            Math.min(N_BLOCK, n - j),
            k,
            x,
            xOffset,
            xStep,
            matrix,
            offset + j,
            ld,
            beta,
            y,
            yOffset + j * yStep,
            yStep,
            scratch,
            scratchOffset);
      }
    }
  }

  private static void innerProducts(
      int n,
      int k,
      double[] x,
      int xOffset,
      double[] matrix,
      int offset,
      int ld,
      double beta,
      double[] y,
      int yOffset,
      int yStep,
      double[] sums,
      int sumsOffset) {
    int chains = n < CHAINS || ld % COLLIDING == 0 ? FEW : CHAINS;
    int together = n < chains ? 0 : n;
    for (int j = 0; j < together; j += chains) {
      int first = Math.min(j, n - chains); // the last ones again with some of those before
      double scale = beta;
      int p = 0;
      do {
        int steps = Math.min(k - p, GEMM_K_BLOCK);
        int row = offset + first * ld + p;
        if (HAS_PERMUTES && chains == CHAINS) {
          int done =
              BY_EIGHT
                  ? eights(steps, x, xOffset + p, matrix, row, ld, sums, sumsOffset)
                  : sixteenByFours(steps, x, xOffset + p, matrix, row, ld, sums, sumsOffset);
          for (int i = 0; i < CHAINS; i += FEW) {
            int from = row + i * ld + done;
            ones(steps - done, x, xOffset + p + done, matrix, from, ld, sums, sumsOffset + i);
          }
        } else {
          for (int i = 0; i < chains; i += FEW) {
            few(steps, x, xOffset + p, matrix, row + i * ld, ld, sums, sumsOffset + i);
          }
        }
        for (int i = j; i < first + chains; i++) {
          int to = yOffset + i * yStep;
          y[to] = blend(scale, y[to], sums[sumsOffset + i - first]);
        }
        scale = 1;
        p += GEMM_K_BLOCK;
      } while (p < k);
    }
    for (int j = together; j < n; j++) {
      innerProduct(k, x, xOffset, matrix, offset + j * ld, beta, y, yOffset + j * yStep);
    }
  }

  /// Eight inner products with neighbouring rows.
  private static void few(
      int k,
      double[] x,
      int xOffset,
      double[] matrix,
      int offset,
      int ld,
      double[] sums,
      int sumsOffset) {
    Arrays.fill(sums, sumsOffset, sumsOffset + FEW, 0);
    int done = HAS_FOUR ? fours(k, x, xOffset, matrix, offset, ld, sums, sumsOffset) : 0;
    ones(k - done, x, xOffset + done, matrix, offset + done, ld, sums, sumsOffset);
  }

  /// The outer product `C ← beta·C + x·y` of a column of m and a row of n elements: the matrix
  /// product of inner length 1, which is done row by row since it is all writing.
  static void outer(
      int m,
      int n,
      double[] x,
      int xOffset,
      int xStep,
      double[] y,
      int yOffset,
      double beta,
      double[] c,
      int cOffset,
      int ldc) {
    for (int i = 0; i < m; i++) {
      outerRow(n, x[xOffset + i * xStep], y, yOffset, beta, c, cOffset + i * ldc);
    }
  }

  private static void outerRow(
      int n, double x, double[] y, int yOffset, double beta, double[] c, int cOffset) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector factor = DoubleVector.broadcast(SPECIES, x);
    DoubleVector scale = DoubleVector.broadcast(SPECIES, beta);
    int j = 0;
    if (beta == 0) {
      for (; j <= n - LANES; j += LANES) {
        factor.fma(DoubleVector.fromArray(SPECIES, y, yOffset + j), zero).intoArray(c, cOffset + j);
      }
    } else {
      for (; j <= n - LANES; j += LANES) {
        DoubleVector sum = factor.fma(DoubleVector.fromArray(SPECIES, y, yOffset + j), zero);
        scale.fma(DoubleVector.fromArray(SPECIES, c, cOffset + j), sum).intoArray(c, cOffset + j);
      }
    }
    for (; j < n; j++) {
      c[cOffset + j] = blend(beta, c[cOffset + j], Math.fma(x, y[yOffset + j], 0));
    }
  }

  private static void sumOfRows(
      int n,
      int k,
      double[] x,
      int xOffset,
      int xStep,
      double[] matrix,
      int offset,
      int ld,
      double beta,
      double[] y,
      int yOffset,
      int yStep,
      double[] sums,
      int sumsOffset) {
    double scale = beta;
    int p = 0;
    do {
      int end = Math.min(k, p + GEMM_K_BLOCK);
      Arrays.fill(sums, sumsOffset, sumsOffset + n, 0);
      for (; p + 4 <= end; p += 4) {
        int at = xOffset + p * xStep;
        addRows(
            n,
            x[at],
            x[at + xStep],
            x[at + 2 * xStep],
            x[at + 3 * xStep],
            matrix,
            offset + p * ld,
            ld,
            sums,
            sumsOffset);
      }
      for (; p < end; p++) {
        DoubleElementwise.axpy(
            n, x[xOffset + p * xStep], matrix, offset + p * ld, sums, sumsOffset);
      }
      for (int j = 0; j < n; j++) {
        int to = yOffset + j * yStep;
        y[to] = blend(scale, y[to], sums[sumsOffset + j]);
      }
      scale = 1;
    } while (p < k);
  }

  /// `sums ← sums + x0·M₀ + x1·M₁ + x2·M₂ + x3·M₃`, one fused multiply-add after the other.
  private static void addRows(
      int n,
      double x0,
      double x1,
      double x2,
      double x3,
      double[] matrix,
      int offset,
      int ld,
      double[] sums,
      int sumsOffset) {
    DoubleVector v0 = DoubleVector.broadcast(SPECIES, x0);
    DoubleVector v1 = DoubleVector.broadcast(SPECIES, x1);
    DoubleVector v2 = DoubleVector.broadcast(SPECIES, x2);
    DoubleVector v3 = DoubleVector.broadcast(SPECIES, x3);
    int row1 = offset + ld;
    int row2 = offset + 2 * ld;
    int row3 = offset + 3 * ld;
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      DoubleVector sum = DoubleVector.fromArray(SPECIES, sums, sumsOffset + j);
      sum = v0.fma(DoubleVector.fromArray(SPECIES, matrix, offset + j), sum);
      sum = v1.fma(DoubleVector.fromArray(SPECIES, matrix, row1 + j), sum);
      sum = v2.fma(DoubleVector.fromArray(SPECIES, matrix, row2 + j), sum);
      sum = v3.fma(DoubleVector.fromArray(SPECIES, matrix, row3 + j), sum);
      sum.intoArray(sums, sumsOffset + j);
    }
    for (; j < n; j++) {
      double sum = Math.fma(x0, matrix[offset + j], sums[sumsOffset + j]);
      sum = Math.fma(x1, matrix[row1 + j], sum);
      sum = Math.fma(x2, matrix[row2 + j], sum);
      sums[sumsOffset + j] = Math.fma(x3, matrix[row3 + j], sum);
    }
  }

  /// Sixteen inner products with neighbouring rows, as far as eight steps at a time go: from zero
  /// on, into `sums`; returns how many steps that are. Two blocks of 8 × 8 are transposed at a
  /// step, first their quarters, then the quarters of those.
  private static int eights(
      int k,
      double[] x,
      int xOffset,
      double[] matrix,
      int offset,
      int ld,
      double[] sums,
      int sumsOffset) {
    DoubleVector low = DoubleVector.zero(EIGHT);
    DoubleVector high = DoubleVector.zero(EIGHT);
    int p = 0;
    for (int end = k & -8; p < end; p += 8) {
      int row = offset + p;
      DoubleVector factor0 = DoubleVector.broadcast(EIGHT, x[xOffset + p]);
      DoubleVector factor1 = DoubleVector.broadcast(EIGHT, x[xOffset + p + 1]);
      DoubleVector factor2 = DoubleVector.broadcast(EIGHT, x[xOffset + p + 2]);
      DoubleVector factor3 = DoubleVector.broadcast(EIGHT, x[xOffset + p + 3]);
      DoubleVector factor4 = DoubleVector.broadcast(EIGHT, x[xOffset + p + 4]);
      DoubleVector factor5 = DoubleVector.broadcast(EIGHT, x[xOffset + p + 5]);
      DoubleVector factor6 = DoubleVector.broadcast(EIGHT, x[xOffset + p + 6]);
      DoubleVector factor7 = DoubleVector.broadcast(EIGHT, x[xOffset + p + 7]);
      DoubleVector a0 = DoubleVector.fromArray(EIGHT, matrix, row);
      DoubleVector a1 = DoubleVector.fromArray(EIGHT, matrix, row + ld);
      DoubleVector a2 = DoubleVector.fromArray(EIGHT, matrix, row + 2 * ld);
      DoubleVector a3 = DoubleVector.fromArray(EIGHT, matrix, row + 3 * ld);
      DoubleVector a4 = DoubleVector.fromArray(EIGHT, matrix, row + 4 * ld);
      DoubleVector a5 = DoubleVector.fromArray(EIGHT, matrix, row + 5 * ld);
      DoubleVector a6 = DoubleVector.fromArray(EIGHT, matrix, row + 6 * ld);
      DoubleVector a7 = DoubleVector.fromArray(EIGHT, matrix, row + 7 * ld);
      DoubleVector b0 = LOWER_4.selectFrom(a0, a4);
      DoubleVector b1 = LOWER_4.selectFrom(a1, a5);
      DoubleVector b2 = LOWER_4.selectFrom(a2, a6);
      DoubleVector b3 = LOWER_4.selectFrom(a3, a7);
      DoubleVector b4 = UPPER_4.selectFrom(a0, a4);
      DoubleVector b5 = UPPER_4.selectFrom(a1, a5);
      DoubleVector b6 = UPPER_4.selectFrom(a2, a6);
      DoubleVector b7 = UPPER_4.selectFrom(a3, a7);
      DoubleVector c0 = LOWER_2.selectFrom(b0, b2);
      DoubleVector c1 = LOWER_2.selectFrom(b1, b3);
      DoubleVector c2 = UPPER_2.selectFrom(b0, b2);
      DoubleVector c3 = UPPER_2.selectFrom(b1, b3);
      DoubleVector c4 = LOWER_2.selectFrom(b4, b6);
      DoubleVector c5 = LOWER_2.selectFrom(b5, b7);
      DoubleVector c6 = UPPER_2.selectFrom(b4, b6);
      DoubleVector c7 = UPPER_2.selectFrom(b5, b7);
      low = factor0.fma(LOWER_1.selectFrom(c0, c1), low);
      low = factor1.fma(UPPER_1.selectFrom(c0, c1), low);
      low = factor2.fma(LOWER_1.selectFrom(c2, c3), low);
      low = factor3.fma(UPPER_1.selectFrom(c2, c3), low);
      low = factor4.fma(LOWER_1.selectFrom(c4, c5), low);
      low = factor5.fma(UPPER_1.selectFrom(c4, c5), low);
      low = factor6.fma(LOWER_1.selectFrom(c6, c7), low);
      low = factor7.fma(UPPER_1.selectFrom(c6, c7), low);
      DoubleVector d0 = DoubleVector.fromArray(EIGHT, matrix, row + 8 * ld);
      DoubleVector d1 = DoubleVector.fromArray(EIGHT, matrix, row + 9 * ld);
      DoubleVector d2 = DoubleVector.fromArray(EIGHT, matrix, row + 10 * ld);
      DoubleVector d3 = DoubleVector.fromArray(EIGHT, matrix, row + 11 * ld);
      DoubleVector d4 = DoubleVector.fromArray(EIGHT, matrix, row + 12 * ld);
      DoubleVector d5 = DoubleVector.fromArray(EIGHT, matrix, row + 13 * ld);
      DoubleVector d6 = DoubleVector.fromArray(EIGHT, matrix, row + 14 * ld);
      DoubleVector d7 = DoubleVector.fromArray(EIGHT, matrix, row + 15 * ld);
      DoubleVector e0 = LOWER_4.selectFrom(d0, d4);
      DoubleVector e1 = LOWER_4.selectFrom(d1, d5);
      DoubleVector e2 = LOWER_4.selectFrom(d2, d6);
      DoubleVector e3 = LOWER_4.selectFrom(d3, d7);
      DoubleVector e4 = UPPER_4.selectFrom(d0, d4);
      DoubleVector e5 = UPPER_4.selectFrom(d1, d5);
      DoubleVector e6 = UPPER_4.selectFrom(d2, d6);
      DoubleVector e7 = UPPER_4.selectFrom(d3, d7);
      DoubleVector f0 = LOWER_2.selectFrom(e0, e2);
      DoubleVector f1 = LOWER_2.selectFrom(e1, e3);
      DoubleVector f2 = UPPER_2.selectFrom(e0, e2);
      DoubleVector f3 = UPPER_2.selectFrom(e1, e3);
      DoubleVector f4 = LOWER_2.selectFrom(e4, e6);
      DoubleVector f5 = LOWER_2.selectFrom(e5, e7);
      DoubleVector f6 = UPPER_2.selectFrom(e4, e6);
      DoubleVector f7 = UPPER_2.selectFrom(e5, e7);
      high = factor0.fma(LOWER_1.selectFrom(f0, f1), high);
      high = factor1.fma(UPPER_1.selectFrom(f0, f1), high);
      high = factor2.fma(LOWER_1.selectFrom(f2, f3), high);
      high = factor3.fma(UPPER_1.selectFrom(f2, f3), high);
      high = factor4.fma(LOWER_1.selectFrom(f4, f5), high);
      high = factor5.fma(UPPER_1.selectFrom(f4, f5), high);
      high = factor6.fma(LOWER_1.selectFrom(f6, f7), high);
      high = factor7.fma(UPPER_1.selectFrom(f6, f7), high);
    }
    EIGHT_TYPE.cast(low).intoArray(sums, sumsOffset);
    EIGHT_TYPE.cast(high).intoArray(sums, sumsOffset + FEW);
    return p;
  }

  /// The indices of the parts of two vectors: of each pair of parts of `length` lanes the one that
  /// begins `from` lanes on.
  private static double[] parts(int lanes, int length, int from) {
    double[] indices = new double[lanes];
    for (int lane = 0; lane < lanes; lane++) {
      int part = (lane & length) == 0 ? lane : lanes + lane - length;
      indices[lane] = (part + from) & (2 * lanes - 1);
    }
    return indices;
  }

  /// The same with steps of four, in blocks of 4 × 4.
  private static int sixteenByFours(
      int k,
      double[] x,
      int xOffset,
      double[] matrix,
      int offset,
      int ld,
      double[] sums,
      int sumsOffset) {
    DoubleVector sum0 = DoubleVector.zero(FOUR);
    DoubleVector sum1 = DoubleVector.zero(FOUR);
    DoubleVector sum2 = DoubleVector.zero(FOUR);
    DoubleVector sum3 = DoubleVector.zero(FOUR);
    int p = 0;
    for (int end = k & -4; p < end; p += 4) {
      int row = offset + p;
      DoubleVector factor0 = DoubleVector.broadcast(FOUR, x[xOffset + p]);
      DoubleVector factor1 = DoubleVector.broadcast(FOUR, x[xOffset + p + 1]);
      DoubleVector factor2 = DoubleVector.broadcast(FOUR, x[xOffset + p + 2]);
      DoubleVector factor3 = DoubleVector.broadcast(FOUR, x[xOffset + p + 3]);
      DoubleVector a0 = DoubleVector.fromArray(FOUR, matrix, row);
      DoubleVector a1 = DoubleVector.fromArray(FOUR, matrix, row + ld);
      DoubleVector a2 = DoubleVector.fromArray(FOUR, matrix, row + 2 * ld);
      DoubleVector a3 = DoubleVector.fromArray(FOUR, matrix, row + 3 * ld);
      DoubleVector b0 = LOWER_2_OF_4.selectFrom(a0, a2);
      DoubleVector b1 = LOWER_2_OF_4.selectFrom(a1, a3);
      DoubleVector b2 = UPPER_2_OF_4.selectFrom(a0, a2);
      DoubleVector b3 = UPPER_2_OF_4.selectFrom(a1, a3);
      sum0 = factor0.fma(LOWER_1_OF_4.selectFrom(b0, b1), sum0);
      sum0 = factor1.fma(UPPER_1_OF_4.selectFrom(b0, b1), sum0);
      sum0 = factor2.fma(LOWER_1_OF_4.selectFrom(b2, b3), sum0);
      sum0 = factor3.fma(UPPER_1_OF_4.selectFrom(b2, b3), sum0);
      DoubleVector c0 = DoubleVector.fromArray(FOUR, matrix, row + 4 * ld);
      DoubleVector c1 = DoubleVector.fromArray(FOUR, matrix, row + 5 * ld);
      DoubleVector c2 = DoubleVector.fromArray(FOUR, matrix, row + 6 * ld);
      DoubleVector c3 = DoubleVector.fromArray(FOUR, matrix, row + 7 * ld);
      DoubleVector d0 = LOWER_2_OF_4.selectFrom(c0, c2);
      DoubleVector d1 = LOWER_2_OF_4.selectFrom(c1, c3);
      DoubleVector d2 = UPPER_2_OF_4.selectFrom(c0, c2);
      DoubleVector d3 = UPPER_2_OF_4.selectFrom(c1, c3);
      sum1 = factor0.fma(LOWER_1_OF_4.selectFrom(d0, d1), sum1);
      sum1 = factor1.fma(UPPER_1_OF_4.selectFrom(d0, d1), sum1);
      sum1 = factor2.fma(LOWER_1_OF_4.selectFrom(d2, d3), sum1);
      sum1 = factor3.fma(UPPER_1_OF_4.selectFrom(d2, d3), sum1);
      DoubleVector e0 = DoubleVector.fromArray(FOUR, matrix, row + 8 * ld);
      DoubleVector e1 = DoubleVector.fromArray(FOUR, matrix, row + 9 * ld);
      DoubleVector e2 = DoubleVector.fromArray(FOUR, matrix, row + 10 * ld);
      DoubleVector e3 = DoubleVector.fromArray(FOUR, matrix, row + 11 * ld);
      DoubleVector f0 = LOWER_2_OF_4.selectFrom(e0, e2);
      DoubleVector f1 = LOWER_2_OF_4.selectFrom(e1, e3);
      DoubleVector f2 = UPPER_2_OF_4.selectFrom(e0, e2);
      DoubleVector f3 = UPPER_2_OF_4.selectFrom(e1, e3);
      sum2 = factor0.fma(LOWER_1_OF_4.selectFrom(f0, f1), sum2);
      sum2 = factor1.fma(UPPER_1_OF_4.selectFrom(f0, f1), sum2);
      sum2 = factor2.fma(LOWER_1_OF_4.selectFrom(f2, f3), sum2);
      sum2 = factor3.fma(UPPER_1_OF_4.selectFrom(f2, f3), sum2);
      DoubleVector g0 = DoubleVector.fromArray(FOUR, matrix, row + 12 * ld);
      DoubleVector g1 = DoubleVector.fromArray(FOUR, matrix, row + 13 * ld);
      DoubleVector g2 = DoubleVector.fromArray(FOUR, matrix, row + 14 * ld);
      DoubleVector g3 = DoubleVector.fromArray(FOUR, matrix, row + 15 * ld);
      DoubleVector h0 = LOWER_2_OF_4.selectFrom(g0, g2);
      DoubleVector h1 = LOWER_2_OF_4.selectFrom(g1, g3);
      DoubleVector h2 = UPPER_2_OF_4.selectFrom(g0, g2);
      DoubleVector h3 = UPPER_2_OF_4.selectFrom(g1, g3);
      sum3 = factor0.fma(LOWER_1_OF_4.selectFrom(h0, h1), sum3);
      sum3 = factor1.fma(UPPER_1_OF_4.selectFrom(h0, h1), sum3);
      sum3 = factor2.fma(LOWER_1_OF_4.selectFrom(h2, h3), sum3);
      sum3 = factor3.fma(UPPER_1_OF_4.selectFrom(h2, h3), sum3);
    }
    TYPE.cast(sum0).intoArray(sums, sumsOffset);
    TYPE.cast(sum1).intoArray(sums, sumsOffset + 4);
    TYPE.cast(sum2).intoArray(sums, sumsOffset + 8);
    TYPE.cast(sum3).intoArray(sums, sumsOffset + 12);
    return p;
  }

  /// Eight inner products with neighbouring rows, as far as four steps at a time go: from zero on,
  /// into `sums`; returns how many steps that are.
  private static int fours(
      int k,
      double[] x,
      int xOffset,
      double[] matrix,
      int offset,
      int ld,
      double[] sums,
      int sumsOffset) {
    DoubleVector low = DoubleVector.zero(FOUR);
    DoubleVector high = DoubleVector.zero(FOUR);
    int p = 0;
    for (int end = k & -4; p < end; p += 4) {
      int row = offset + p;
      DoubleVector factor0 = DoubleVector.broadcast(FOUR, x[xOffset + p]);
      DoubleVector factor1 = DoubleVector.broadcast(FOUR, x[xOffset + p + 1]);
      DoubleVector factor2 = DoubleVector.broadcast(FOUR, x[xOffset + p + 2]);
      DoubleVector factor3 = DoubleVector.broadcast(FOUR, x[xOffset + p + 3]);
      DoubleVector a0 = DoubleVector.fromArray(FOUR, matrix, row);
      DoubleVector a1 = DoubleVector.fromArray(FOUR, matrix, row + ld);
      DoubleVector a2 = DoubleVector.fromArray(FOUR, matrix, row + 2 * ld);
      DoubleVector a3 = DoubleVector.fromArray(FOUR, matrix, row + 3 * ld);
      DoubleVector c0 = a0.blend(a2.rearrange(HALVES), UPPER);
      DoubleVector c1 = a1.blend(a3.rearrange(HALVES), UPPER);
      DoubleVector c2 = a0.rearrange(HALVES).blend(a2, UPPER);
      DoubleVector c3 = a1.rearrange(HALVES).blend(a3, UPPER);
      low = factor0.fma(c0.blend(c1.rearrange(PAIRS), ODD), low);
      low = factor1.fma(c0.rearrange(PAIRS).blend(c1, ODD), low);
      low = factor2.fma(c2.blend(c3.rearrange(PAIRS), ODD), low);
      low = factor3.fma(c2.rearrange(PAIRS).blend(c3, ODD), low);
      DoubleVector b0 = DoubleVector.fromArray(FOUR, matrix, row + 4 * ld);
      DoubleVector b1 = DoubleVector.fromArray(FOUR, matrix, row + 5 * ld);
      DoubleVector b2 = DoubleVector.fromArray(FOUR, matrix, row + 6 * ld);
      DoubleVector b3 = DoubleVector.fromArray(FOUR, matrix, row + 7 * ld);
      DoubleVector d0 = b0.blend(b2.rearrange(HALVES), UPPER);
      DoubleVector d1 = b1.blend(b3.rearrange(HALVES), UPPER);
      DoubleVector d2 = b0.rearrange(HALVES).blend(b2, UPPER);
      DoubleVector d3 = b1.rearrange(HALVES).blend(b3, UPPER);
      high = factor0.fma(d0.blend(d1.rearrange(PAIRS), ODD), high);
      high = factor1.fma(d0.rearrange(PAIRS).blend(d1, ODD), high);
      high = factor2.fma(d2.blend(d3.rearrange(PAIRS), ODD), high);
      high = factor3.fma(d2.rearrange(PAIRS).blend(d3, ODD), high);
    }
    TYPE.cast(low).intoArray(sums, sumsOffset);
    TYPE.cast(high).intoArray(sums, sumsOffset + 4);
    return p;
  }

  /// Adds to the sums of eight inner products with neighbouring rows, one step at a time.
  private static void ones(
      int k,
      double[] x,
      int xOffset,
      double[] matrix,
      int offset,
      int ld,
      double[] sums,
      int sumsOffset) {
    int row1 = offset + ld;
    int row2 = offset + 2 * ld;
    int row3 = offset + 3 * ld;
    int row4 = offset + 4 * ld;
    int row5 = offset + 5 * ld;
    int row6 = offset + 6 * ld;
    int row7 = offset + 7 * ld;
    double s0 = sums[sumsOffset];
    double s1 = sums[sumsOffset + 1];
    double s2 = sums[sumsOffset + 2];
    double s3 = sums[sumsOffset + 3];
    double s4 = sums[sumsOffset + 4];
    double s5 = sums[sumsOffset + 5];
    double s6 = sums[sumsOffset + 6];
    double s7 = sums[sumsOffset + 7];
    for (int p = 0; p < k; p++) {
      double factor = x[xOffset + p];
      s0 = Math.fma(factor, matrix[offset + p], s0);
      s1 = Math.fma(factor, matrix[row1 + p], s1);
      s2 = Math.fma(factor, matrix[row2 + p], s2);
      s3 = Math.fma(factor, matrix[row3 + p], s3);
      s4 = Math.fma(factor, matrix[row4 + p], s4);
      s5 = Math.fma(factor, matrix[row5 + p], s5);
      s6 = Math.fma(factor, matrix[row6 + p], s6);
      s7 = Math.fma(factor, matrix[row7 + p], s7);
    }
    sums[sumsOffset] = s0;
    sums[sumsOffset + 1] = s1;
    sums[sumsOffset + 2] = s2;
    sums[sumsOffset + 3] = s3;
    sums[sumsOffset + 4] = s4;
    sums[sumsOffset + 5] = s5;
    sums[sumsOffset + 6] = s6;
    sums[sumsOffset + 7] = s7;
  }

  private static void innerProduct(
      int k,
      double[] x,
      int xOffset,
      double[] matrix,
      int offset,
      double beta,
      double[] y,
      int yOffset) {
    double scale = beta;
    int from = 0;
    do {
      int end = Math.min(k, from + GEMM_K_BLOCK);
      double sum = 0;
      for (int p = from; p < end; p++) {
        sum = Math.fma(x[xOffset + p], matrix[offset + p], sum);
      }
      y[yOffset] = blend(scale, y[yOffset], sum);
      scale = 1;
      from = end;
    } while (from < k);
  }

  private static double blend(double beta, double y, double r) {
    return beta == 0 ? r : Math.fma(beta, y, r);
  }
}
