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
///   over several lanes: each has its own, and four rows of M are transposed in registers, four
///   steps at a time, as in [FloatGemmTranspose].
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

  /// How many inner products are computed at a time.
  private static final int CHAINS = 8;

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
    int j = 0;
    for (; j + CHAINS <= n; j += CHAINS) {
      int to = yOffset + j * yStep;
      float scale = beta;
      int p = 0;
      do {
        int steps = Math.min(k - p, GEMM_K_BLOCK);
        int row = offset + j * ld + p;
        Arrays.fill(sums, sumsOffset, sumsOffset + CHAINS, 0);
        int done = HAS_FOUR ? fours(steps, x, xOffset + p, matrix, row, ld, sums, sumsOffset) : 0;
        ones(steps - done, x, xOffset + p + done, matrix, row + done, ld, sums, sumsOffset);
        for (int i = 0; i < CHAINS; i++) {
          y[to + i * yStep] = blend(scale, y[to + i * yStep], sums[sumsOffset + i]);
        }
        scale = 1;
        p += GEMM_K_BLOCK;
      } while (p < k);
    }
    for (; j < n; j++) {
      innerProduct(k, x, xOffset, matrix, offset + j * ld, beta, y, yOffset + j * yStep);
    }
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
    for (; p + 4 <= k; p += 4) {
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
