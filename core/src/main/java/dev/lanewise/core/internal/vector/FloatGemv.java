// Generated from DoubleGemv.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.kernel.FloatKernels.GEMM_K_BLOCK;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The products of vectors: of a vector and a matrix, `y ← beta·y + x·M`, which is a matrix product
/// of one row or of one column, and of a column and a row.
///
/// In the first, each element of M is used once, so that M is read where it lies, along its rows.
///
/// - An M stored k×n is a sum of its rows, four at a time: y is met half as often as M.
/// - An M stored transposed, n×k, is n inner products. The contract's chain forbids to spread one
///   over several lanes, and to transpose M costs more than it saves: eight chains at a time keep
///   the scalar units busy.
final class FloatGemv {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /// Columns of M that are done with before the next, so that L1 keeps their sums.
  private static final int N_BLOCK = 1024;

  private FloatGemv() {}

  /// How many elements of scratch [#product] needs.
  static int scratch(int n, int k) {
    return Math.max(Math.min(n, N_BLOCK), k);
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
    if (transposed && xStep != 1) {
      for (int p = 0; p < k; p++) {
        scratch[scratchOffset + p] = x[xOffset + p * xStep];
      }
      innerProducts(n, k, scratch, scratchOffset, matrix, offset, ld, beta, y, yOffset, yStep);
    } else if (transposed) {
      innerProducts(n, k, x, xOffset, matrix, offset, ld, beta, y, yOffset, yStep);
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
      int yStep) {
    int j = 0;
    for (; j + 8 <= n; j += 8) {
      int first = offset + j * ld;
      int to = yOffset + j * yStep;
      eightInnerProducts(k, x, xOffset, matrix, first, ld, beta, y, to, yStep);
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

  /// Eight inner products with neighbouring rows.
  private static void eightInnerProducts(
      int k,
      float[] x,
      int xOffset,
      float[] matrix,
      int offset,
      int ld,
      float beta,
      float[] y,
      int yOffset,
      int yStep) {
    int row1 = offset + ld;
    int row2 = offset + 2 * ld;
    int row3 = offset + 3 * ld;
    int row4 = offset + 4 * ld;
    int row5 = offset + 5 * ld;
    int row6 = offset + 6 * ld;
    int row7 = offset + 7 * ld;
    float scale = beta;
    int from = 0;
    do {
      int end = Math.min(k, from + GEMM_K_BLOCK);
      float s0 = 0;
      float s1 = 0;
      float s2 = 0;
      float s3 = 0;
      float s4 = 0;
      float s5 = 0;
      float s6 = 0;
      float s7 = 0;
      for (int p = from; p < end; p++) {
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
      y[yOffset] = blend(scale, y[yOffset], s0);
      y[yOffset + yStep] = blend(scale, y[yOffset + yStep], s1);
      y[yOffset + 2 * yStep] = blend(scale, y[yOffset + 2 * yStep], s2);
      y[yOffset + 3 * yStep] = blend(scale, y[yOffset + 3 * yStep], s3);
      y[yOffset + 4 * yStep] = blend(scale, y[yOffset + 4 * yStep], s4);
      y[yOffset + 5 * yStep] = blend(scale, y[yOffset + 5 * yStep], s5);
      y[yOffset + 6 * yStep] = blend(scale, y[yOffset + 6 * yStep], s6);
      y[yOffset + 7 * yStep] = blend(scale, y[yOffset + 7 * yStep], s7);
      scale = 1;
      from = end;
    } while (from < k);
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
