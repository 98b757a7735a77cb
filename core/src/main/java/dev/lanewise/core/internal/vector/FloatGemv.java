// Generated from DoubleGemv.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.kernel.FloatKernels.GEMM_K_BLOCK;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
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
///   registers, in blocks of 8 × 8 or 4 × 4 as in [FloatGemmTranspose].
final class FloatGemv {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /// Columns of M that are done with before the next, so that L1 keeps their sums.
  private static final int N_BLOCK = 1024;

  /// Vectors of four elements, and whether registers hold them.
  private static final VectorSpecies<Float> FOUR =
      VectorSpecies.of(float.class, VectorShape.forBitSize(4 * Float.SIZE));
  private static final boolean HAS_FOUR = LANES >= 4;
  private static final Class<? extends FloatVector> TYPE = FloatVector.zero(FOUR).getClass();
  private static final VectorShuffle<Float> HALVES = VectorShuffle.fromValues(FOUR, 2, 3, 0, 1);
  private static final VectorShuffle<Float> PAIRS = VectorShuffle.fromValues(FOUR, 1, 0, 3, 2);
  private static final VectorMask<Float> UPPER = VectorMask.fromLong(FOUR, 0b1100);
  private static final VectorMask<Float> ODD = VectorMask.fromLong(FOUR, 0b1010);

  /// Whether one instruction permutes the lanes of two vectors and there are 32 registers, as with
  /// vectors of 512 bits. Blocks then are made of vectors of 256 bits, of which two are permuted in
  /// a cycle on Zen 4, and sixteen rows are all that is done at a time: of more rows C2 keeps
  /// addresses in vector registers, and vectors in memory. With 16 registers, those of AVX2, even
  /// eight vectors and what becomes of them are too many; blocks of 4 × 4 were no slower there.
  private static final boolean HAS_PERMUTES = SPECIES.vectorBitSize() == 512;

  private static final VectorSpecies<Float> EIGHT =
      HAS_PERMUTES
          ? VectorSpecies.of(float.class, VectorShape.forBitSize(8 * Float.SIZE))
          : SPECIES;
  private static final Class<? extends FloatVector> EIGHT_TYPE =
      FloatVector.zero(EIGHT).getClass();

  /// Whether eight elements have 256 bits; else four have. So of the two forms below, one is for
  /// floats and one for doubles.
  private static final boolean BY_EIGHT = Float.SIZE == 32;

  /// What exchanges parts of two vectors: the lower, or upper, part of each pair of parts, of the
  /// first vector and then of the second. Parts are of 4, 2 and 1 lanes, as the names say.
  private static final FloatVector LOWER_4 =
      FloatVector.fromArray(EIGHT, parts(EIGHT.length(), 4, 0), 0);
  private static final FloatVector UPPER_4 =
      FloatVector.fromArray(EIGHT, parts(EIGHT.length(), 4, 4), 0);
  private static final FloatVector LOWER_2 =
      FloatVector.fromArray(EIGHT, parts(EIGHT.length(), 2, 0), 0);
  private static final FloatVector UPPER_2 =
      FloatVector.fromArray(EIGHT, parts(EIGHT.length(), 2, 2), 0);
  private static final FloatVector LOWER_1 =
      FloatVector.fromArray(EIGHT, parts(EIGHT.length(), 1, 0), 0);
  private static final FloatVector UPPER_1 =
      FloatVector.fromArray(EIGHT, parts(EIGHT.length(), 1, 1), 0);
  private static final FloatVector LOWER_2_OF_4 = FloatVector.fromArray(FOUR, parts(4, 2, 0), 0);
  private static final FloatVector UPPER_2_OF_4 = FloatVector.fromArray(FOUR, parts(4, 2, 2), 0);
  private static final FloatVector LOWER_1_OF_4 = FloatVector.fromArray(FOUR, parts(4, 1, 0), 0);
  private static final FloatVector UPPER_1_OF_4 = FloatVector.fromArray(FOUR, parts(4, 1, 1), 0);

  /// How many inner products are computed at a time. Each is a chain, and takes as long for a step
  /// as a fused multiply-add does: with eight of them those are what binds.
  private static final int CHAINS = 16;

  /// How many where there are no more, or where rows are so many elements apart, 4 KB, that the
  /// first cache has only eight lines for all of them.
  private static final int FEW = 8;

  private static final int COLLIDING = 4096 / Float.BYTES;

  private FloatGemv() {}

  /// How many elements of scratch [#product] needs.
  static int scratch(int n, int k) {
    return Math.max(Math.min(n, N_BLOCK), k + CHAINS);
  }

  /// The product with an x of k elements, `xStep` apart, and a y of n elements, `yStep` apart.
  static void product(
      int n,
      int k,
      float[] x,
      int xOffset,
      int xStep,
      float[] matrix,
      int offset,
      int ld,
      boolean transposed,
      float beta,
      float[] y,
      int yOffset,
      int yStep,
      float[] scratch,
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
      float[] x,
      int xOffset,
      float[] matrix,
      int offset,
      int ld,
      float beta,
      float[] y,
      int yOffset,
      int yStep,
      float[] sums,
      int sumsOffset) {
    int chains = n < CHAINS || ld % COLLIDING == 0 ? FEW : CHAINS;
    int together = n < chains ? 0 : n;
    for (int j = 0; j < together; j += chains) {
      int first = Math.min(j, n - chains); // the last ones again with some of those before
      float scale = beta;
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
      float[] x,
      int xOffset,
      float[] matrix,
      int offset,
      int ld,
      float[] sums,
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
      float[] x,
      int xOffset,
      int xStep,
      float[] y,
      int yOffset,
      float beta,
      float[] c,
      int cOffset,
      int ldc) {
    for (int i = 0; i < m; i++) {
      outerRow(n, x[xOffset + i * xStep], y, yOffset, beta, c, cOffset + i * ldc);
    }
  }

  private static void outerRow(
      int n, float x, float[] y, int yOffset, float beta, float[] c, int cOffset) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector factor = FloatVector.broadcast(SPECIES, x);
    FloatVector scale = FloatVector.broadcast(SPECIES, beta);
    int j = 0;
    if (beta == 0) {
      for (; j <= n - LANES; j += LANES) {
        factor.fma(FloatVector.fromArray(SPECIES, y, yOffset + j), zero).intoArray(c, cOffset + j);
      }
    } else {
      for (; j <= n - LANES; j += LANES) {
        FloatVector sum = factor.fma(FloatVector.fromArray(SPECIES, y, yOffset + j), zero);
        scale.fma(FloatVector.fromArray(SPECIES, c, cOffset + j), sum).intoArray(c, cOffset + j);
      }
    }
    for (; j < n; j++) {
      c[cOffset + j] = blend(beta, c[cOffset + j], Math.fma(x, y[yOffset + j], 0));
    }
  }

  private static void sumOfRows(
      int n,
      int k,
      float[] x,
      int xOffset,
      int xStep,
      float[] matrix,
      int offset,
      int ld,
      float beta,
      float[] y,
      int yOffset,
      int yStep,
      float[] sums,
      int sumsOffset) {
    float scale = beta;
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
        FloatElementwise.axpy(
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
      float x0,
      float x1,
      float x2,
      float x3,
      float[] matrix,
      int offset,
      int ld,
      float[] sums,
      int sumsOffset) {
    FloatVector v0 = FloatVector.broadcast(SPECIES, x0);
    FloatVector v1 = FloatVector.broadcast(SPECIES, x1);
    FloatVector v2 = FloatVector.broadcast(SPECIES, x2);
    FloatVector v3 = FloatVector.broadcast(SPECIES, x3);
    int row1 = offset + ld;
    int row2 = offset + 2 * ld;
    int row3 = offset + 3 * ld;
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, sumsOffset + j);
      sum = v0.fma(FloatVector.fromArray(SPECIES, matrix, offset + j), sum);
      sum = v1.fma(FloatVector.fromArray(SPECIES, matrix, row1 + j), sum);
      sum = v2.fma(FloatVector.fromArray(SPECIES, matrix, row2 + j), sum);
      sum = v3.fma(FloatVector.fromArray(SPECIES, matrix, row3 + j), sum);
      sum.intoArray(sums, sumsOffset + j);
    }
    for (; j < n; j++) {
      float sum = Math.fma(x0, matrix[offset + j], sums[sumsOffset + j]);
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
      float[] x,
      int xOffset,
      float[] matrix,
      int offset,
      int ld,
      float[] sums,
      int sumsOffset) {
    FloatVector low = FloatVector.zero(EIGHT);
    FloatVector high = FloatVector.zero(EIGHT);
    int p = 0;
    for (int end = k & -8; p < end; p += 8) {
      int row = offset + p;
      FloatVector factor0 = FloatVector.broadcast(EIGHT, x[xOffset + p]);
      FloatVector factor1 = FloatVector.broadcast(EIGHT, x[xOffset + p + 1]);
      FloatVector factor2 = FloatVector.broadcast(EIGHT, x[xOffset + p + 2]);
      FloatVector factor3 = FloatVector.broadcast(EIGHT, x[xOffset + p + 3]);
      FloatVector factor4 = FloatVector.broadcast(EIGHT, x[xOffset + p + 4]);
      FloatVector factor5 = FloatVector.broadcast(EIGHT, x[xOffset + p + 5]);
      FloatVector factor6 = FloatVector.broadcast(EIGHT, x[xOffset + p + 6]);
      FloatVector factor7 = FloatVector.broadcast(EIGHT, x[xOffset + p + 7]);
      FloatVector a0 = FloatVector.fromArray(EIGHT, matrix, row);
      FloatVector a1 = FloatVector.fromArray(EIGHT, matrix, row + ld);
      FloatVector a2 = FloatVector.fromArray(EIGHT, matrix, row + 2 * ld);
      FloatVector a3 = FloatVector.fromArray(EIGHT, matrix, row + 3 * ld);
      FloatVector a4 = FloatVector.fromArray(EIGHT, matrix, row + 4 * ld);
      FloatVector a5 = FloatVector.fromArray(EIGHT, matrix, row + 5 * ld);
      FloatVector a6 = FloatVector.fromArray(EIGHT, matrix, row + 6 * ld);
      FloatVector a7 = FloatVector.fromArray(EIGHT, matrix, row + 7 * ld);
      FloatVector b0 = LOWER_4.selectFrom(a0, a4);
      FloatVector b1 = LOWER_4.selectFrom(a1, a5);
      FloatVector b2 = LOWER_4.selectFrom(a2, a6);
      FloatVector b3 = LOWER_4.selectFrom(a3, a7);
      FloatVector b4 = UPPER_4.selectFrom(a0, a4);
      FloatVector b5 = UPPER_4.selectFrom(a1, a5);
      FloatVector b6 = UPPER_4.selectFrom(a2, a6);
      FloatVector b7 = UPPER_4.selectFrom(a3, a7);
      FloatVector c0 = LOWER_2.selectFrom(b0, b2);
      FloatVector c1 = LOWER_2.selectFrom(b1, b3);
      FloatVector c2 = UPPER_2.selectFrom(b0, b2);
      FloatVector c3 = UPPER_2.selectFrom(b1, b3);
      FloatVector c4 = LOWER_2.selectFrom(b4, b6);
      FloatVector c5 = LOWER_2.selectFrom(b5, b7);
      FloatVector c6 = UPPER_2.selectFrom(b4, b6);
      FloatVector c7 = UPPER_2.selectFrom(b5, b7);
      low = factor0.fma(LOWER_1.selectFrom(c0, c1), low);
      low = factor1.fma(UPPER_1.selectFrom(c0, c1), low);
      low = factor2.fma(LOWER_1.selectFrom(c2, c3), low);
      low = factor3.fma(UPPER_1.selectFrom(c2, c3), low);
      low = factor4.fma(LOWER_1.selectFrom(c4, c5), low);
      low = factor5.fma(UPPER_1.selectFrom(c4, c5), low);
      low = factor6.fma(LOWER_1.selectFrom(c6, c7), low);
      low = factor7.fma(UPPER_1.selectFrom(c6, c7), low);
      FloatVector d0 = FloatVector.fromArray(EIGHT, matrix, row + 8 * ld);
      FloatVector d1 = FloatVector.fromArray(EIGHT, matrix, row + 9 * ld);
      FloatVector d2 = FloatVector.fromArray(EIGHT, matrix, row + 10 * ld);
      FloatVector d3 = FloatVector.fromArray(EIGHT, matrix, row + 11 * ld);
      FloatVector d4 = FloatVector.fromArray(EIGHT, matrix, row + 12 * ld);
      FloatVector d5 = FloatVector.fromArray(EIGHT, matrix, row + 13 * ld);
      FloatVector d6 = FloatVector.fromArray(EIGHT, matrix, row + 14 * ld);
      FloatVector d7 = FloatVector.fromArray(EIGHT, matrix, row + 15 * ld);
      FloatVector e0 = LOWER_4.selectFrom(d0, d4);
      FloatVector e1 = LOWER_4.selectFrom(d1, d5);
      FloatVector e2 = LOWER_4.selectFrom(d2, d6);
      FloatVector e3 = LOWER_4.selectFrom(d3, d7);
      FloatVector e4 = UPPER_4.selectFrom(d0, d4);
      FloatVector e5 = UPPER_4.selectFrom(d1, d5);
      FloatVector e6 = UPPER_4.selectFrom(d2, d6);
      FloatVector e7 = UPPER_4.selectFrom(d3, d7);
      FloatVector f0 = LOWER_2.selectFrom(e0, e2);
      FloatVector f1 = LOWER_2.selectFrom(e1, e3);
      FloatVector f2 = UPPER_2.selectFrom(e0, e2);
      FloatVector f3 = UPPER_2.selectFrom(e1, e3);
      FloatVector f4 = LOWER_2.selectFrom(e4, e6);
      FloatVector f5 = LOWER_2.selectFrom(e5, e7);
      FloatVector f6 = UPPER_2.selectFrom(e4, e6);
      FloatVector f7 = UPPER_2.selectFrom(e5, e7);
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
  private static float[] parts(int lanes, int length, int from) {
    float[] indices = new float[lanes];
    for (int lane = 0; lane < lanes; lane++) {
      int part = (lane & length) == 0 ? lane : lanes + lane - length;
      indices[lane] = (part + from) & (2 * lanes - 1);
    }
    return indices;
  }

  /// The same with steps of four, in blocks of 4 × 4.
  private static int sixteenByFours(
      int k,
      float[] x,
      int xOffset,
      float[] matrix,
      int offset,
      int ld,
      float[] sums,
      int sumsOffset) {
    FloatVector sum0 = FloatVector.zero(FOUR);
    FloatVector sum1 = FloatVector.zero(FOUR);
    FloatVector sum2 = FloatVector.zero(FOUR);
    FloatVector sum3 = FloatVector.zero(FOUR);
    int p = 0;
    for (int end = k & -4; p < end; p += 4) {
      int row = offset + p;
      FloatVector factor0 = FloatVector.broadcast(FOUR, x[xOffset + p]);
      FloatVector factor1 = FloatVector.broadcast(FOUR, x[xOffset + p + 1]);
      FloatVector factor2 = FloatVector.broadcast(FOUR, x[xOffset + p + 2]);
      FloatVector factor3 = FloatVector.broadcast(FOUR, x[xOffset + p + 3]);
      FloatVector a0 = FloatVector.fromArray(FOUR, matrix, row);
      FloatVector a1 = FloatVector.fromArray(FOUR, matrix, row + ld);
      FloatVector a2 = FloatVector.fromArray(FOUR, matrix, row + 2 * ld);
      FloatVector a3 = FloatVector.fromArray(FOUR, matrix, row + 3 * ld);
      FloatVector b0 = LOWER_2_OF_4.selectFrom(a0, a2);
      FloatVector b1 = LOWER_2_OF_4.selectFrom(a1, a3);
      FloatVector b2 = UPPER_2_OF_4.selectFrom(a0, a2);
      FloatVector b3 = UPPER_2_OF_4.selectFrom(a1, a3);
      sum0 = factor0.fma(LOWER_1_OF_4.selectFrom(b0, b1), sum0);
      sum0 = factor1.fma(UPPER_1_OF_4.selectFrom(b0, b1), sum0);
      sum0 = factor2.fma(LOWER_1_OF_4.selectFrom(b2, b3), sum0);
      sum0 = factor3.fma(UPPER_1_OF_4.selectFrom(b2, b3), sum0);
      FloatVector c0 = FloatVector.fromArray(FOUR, matrix, row + 4 * ld);
      FloatVector c1 = FloatVector.fromArray(FOUR, matrix, row + 5 * ld);
      FloatVector c2 = FloatVector.fromArray(FOUR, matrix, row + 6 * ld);
      FloatVector c3 = FloatVector.fromArray(FOUR, matrix, row + 7 * ld);
      FloatVector d0 = LOWER_2_OF_4.selectFrom(c0, c2);
      FloatVector d1 = LOWER_2_OF_4.selectFrom(c1, c3);
      FloatVector d2 = UPPER_2_OF_4.selectFrom(c0, c2);
      FloatVector d3 = UPPER_2_OF_4.selectFrom(c1, c3);
      sum1 = factor0.fma(LOWER_1_OF_4.selectFrom(d0, d1), sum1);
      sum1 = factor1.fma(UPPER_1_OF_4.selectFrom(d0, d1), sum1);
      sum1 = factor2.fma(LOWER_1_OF_4.selectFrom(d2, d3), sum1);
      sum1 = factor3.fma(UPPER_1_OF_4.selectFrom(d2, d3), sum1);
      FloatVector e0 = FloatVector.fromArray(FOUR, matrix, row + 8 * ld);
      FloatVector e1 = FloatVector.fromArray(FOUR, matrix, row + 9 * ld);
      FloatVector e2 = FloatVector.fromArray(FOUR, matrix, row + 10 * ld);
      FloatVector e3 = FloatVector.fromArray(FOUR, matrix, row + 11 * ld);
      FloatVector f0 = LOWER_2_OF_4.selectFrom(e0, e2);
      FloatVector f1 = LOWER_2_OF_4.selectFrom(e1, e3);
      FloatVector f2 = UPPER_2_OF_4.selectFrom(e0, e2);
      FloatVector f3 = UPPER_2_OF_4.selectFrom(e1, e3);
      sum2 = factor0.fma(LOWER_1_OF_4.selectFrom(f0, f1), sum2);
      sum2 = factor1.fma(UPPER_1_OF_4.selectFrom(f0, f1), sum2);
      sum2 = factor2.fma(LOWER_1_OF_4.selectFrom(f2, f3), sum2);
      sum2 = factor3.fma(UPPER_1_OF_4.selectFrom(f2, f3), sum2);
      FloatVector g0 = FloatVector.fromArray(FOUR, matrix, row + 12 * ld);
      FloatVector g1 = FloatVector.fromArray(FOUR, matrix, row + 13 * ld);
      FloatVector g2 = FloatVector.fromArray(FOUR, matrix, row + 14 * ld);
      FloatVector g3 = FloatVector.fromArray(FOUR, matrix, row + 15 * ld);
      FloatVector h0 = LOWER_2_OF_4.selectFrom(g0, g2);
      FloatVector h1 = LOWER_2_OF_4.selectFrom(g1, g3);
      FloatVector h2 = UPPER_2_OF_4.selectFrom(g0, g2);
      FloatVector h3 = UPPER_2_OF_4.selectFrom(g1, g3);
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
      float[] x,
      int xOffset,
      float[] matrix,
      int offset,
      int ld,
      float[] sums,
      int sumsOffset) {
    FloatVector low = FloatVector.zero(FOUR);
    FloatVector high = FloatVector.zero(FOUR);
    int p = 0;
    for (int end = k & -4; p < end; p += 4) {
      int row = offset + p;
      FloatVector factor0 = FloatVector.broadcast(FOUR, x[xOffset + p]);
      FloatVector factor1 = FloatVector.broadcast(FOUR, x[xOffset + p + 1]);
      FloatVector factor2 = FloatVector.broadcast(FOUR, x[xOffset + p + 2]);
      FloatVector factor3 = FloatVector.broadcast(FOUR, x[xOffset + p + 3]);
      FloatVector a0 = FloatVector.fromArray(FOUR, matrix, row);
      FloatVector a1 = FloatVector.fromArray(FOUR, matrix, row + ld);
      FloatVector a2 = FloatVector.fromArray(FOUR, matrix, row + 2 * ld);
      FloatVector a3 = FloatVector.fromArray(FOUR, matrix, row + 3 * ld);
      FloatVector c0 = a0.blend(a2.rearrange(HALVES), UPPER);
      FloatVector c1 = a1.blend(a3.rearrange(HALVES), UPPER);
      FloatVector c2 = a0.rearrange(HALVES).blend(a2, UPPER);
      FloatVector c3 = a1.rearrange(HALVES).blend(a3, UPPER);
      low = factor0.fma(c0.blend(c1.rearrange(PAIRS), ODD), low);
      low = factor1.fma(c0.rearrange(PAIRS).blend(c1, ODD), low);
      low = factor2.fma(c2.blend(c3.rearrange(PAIRS), ODD), low);
      low = factor3.fma(c2.rearrange(PAIRS).blend(c3, ODD), low);
      FloatVector b0 = FloatVector.fromArray(FOUR, matrix, row + 4 * ld);
      FloatVector b1 = FloatVector.fromArray(FOUR, matrix, row + 5 * ld);
      FloatVector b2 = FloatVector.fromArray(FOUR, matrix, row + 6 * ld);
      FloatVector b3 = FloatVector.fromArray(FOUR, matrix, row + 7 * ld);
      FloatVector d0 = b0.blend(b2.rearrange(HALVES), UPPER);
      FloatVector d1 = b1.blend(b3.rearrange(HALVES), UPPER);
      FloatVector d2 = b0.rearrange(HALVES).blend(b2, UPPER);
      FloatVector d3 = b1.rearrange(HALVES).blend(b3, UPPER);
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
      float[] x,
      int xOffset,
      float[] matrix,
      int offset,
      int ld,
      float[] sums,
      int sumsOffset) {
    int row1 = offset + ld;
    int row2 = offset + 2 * ld;
    int row3 = offset + 3 * ld;
    int row4 = offset + 4 * ld;
    int row5 = offset + 5 * ld;
    int row6 = offset + 6 * ld;
    int row7 = offset + 7 * ld;
    float s0 = sums[sumsOffset];
    float s1 = sums[sumsOffset + 1];
    float s2 = sums[sumsOffset + 2];
    float s3 = sums[sumsOffset + 3];
    float s4 = sums[sumsOffset + 4];
    float s5 = sums[sumsOffset + 5];
    float s6 = sums[sumsOffset + 6];
    float s7 = sums[sumsOffset + 7];
    for (int p = 0; p < k; p++) {
      float factor = x[xOffset + p];
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
      float[] x,
      int xOffset,
      float[] matrix,
      int offset,
      float beta,
      float[] y,
      int yOffset) {
    float scale = beta;
    int from = 0;
    do {
      int end = Math.min(k, from + GEMM_K_BLOCK);
      float sum = 0;
      for (int p = from; p < end; p++) {
        sum = Math.fma(x[xOffset + p], matrix[offset + p], sum);
      }
      y[yOffset] = blend(scale, y[yOffset], sum);
      scale = 1;
      from = end;
    } while (from < k);
  }

  private static float blend(float beta, float y, float r) {
    return beta == 0 ? r : Math.fma(beta, y, r);
  }
}
