// Generated from DoubleGemm.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import dev.lanewise.core.internal.scalar.ScalarFloatKernels;
import dev.lanewise.core.kernel.GemmVariant;

/// The matrix product.
final class FloatGemm {
  private FloatGemm() {}

  static void gemm(
      GemmVariant variant,
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float beta,
      float[] c,
      int cOffset,
      int ldc,
      float[] scratch,
      int scratchOffset) {
    new ScalarFloatKernels()
        .gemm(
            variant,
            m,
            n,
            k,
            a,
            aOffset,
            lda,
            b,
            bOffset,
            ldb,
            beta,
            c,
            cOffset,
            ldc,
            scratch,
            scratchOffset);
  }

  static int gemmScratch(GemmVariant variant, int m, int n, int k) {
    return 0;
  }
}
