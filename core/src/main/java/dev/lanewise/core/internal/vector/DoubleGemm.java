package dev.lanewise.core.internal.vector;

import dev.lanewise.core.internal.scalar.ScalarDoubleKernels;
import dev.lanewise.core.kernel.GemmVariant;

/// The matrix product.
final class DoubleGemm {
  private DoubleGemm() {}

  static void gemm(
      GemmVariant variant,
      int m,
      int n,
      int k,
      double[] a,
      int aOffset,
      int lda,
      double[] b,
      int bOffset,
      int ldb,
      double beta,
      double[] c,
      int cOffset,
      int ldc,
      double[] scratch,
      int scratchOffset) {
    new ScalarDoubleKernels()
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
