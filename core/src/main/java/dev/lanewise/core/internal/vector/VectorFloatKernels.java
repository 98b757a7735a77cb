// Generated from VectorDoubleKernels.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import dev.lanewise.core.kernel.FloatKernels;
import dev.lanewise.core.kernel.Epilogue;
import dev.lanewise.core.kernel.GemmVariant;

/// The kernels on the Vector API: each method is in the class that is named after its idea.
public final class VectorFloatKernels implements FloatKernels {
  /// The kernels; they have no state.
  public VectorFloatKernels() {}

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public int lanes() {
    return FloatLanes.LANES;
  }

  @Override
  public void scale(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
    FloatElementwise.scale(n, alpha, x, xOffset, y, yOffset);
  }

  @Override
  public void axpy(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
    FloatElementwise.axpy(n, alpha, x, xOffset, y, yOffset);
  }

  @Override
  public void add(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    FloatElementwise.add(n, a, aOffset, b, bOffset, y, yOffset);
  }

  @Override
  public void multiply(
      int n,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float beta,
      float[] y,
      int yOffset) {
    FloatElementwise.multiply(n, a, aOffset, b, bOffset, beta, y, yOffset);
  }

  @Override
  public float sum(int n, float[] x, int xOffset) {
    return FloatReductions.sum(n, x, xOffset);
  }

  @Override
  public float dot(int n, float[] x, int xOffset, float[] y, int yOffset) {
    return FloatReductions.dot(n, x, xOffset, y, yOffset);
  }

  @Override
  public float max(int n, float[] x, int xOffset) {
    return FloatReductions.max(n, x, xOffset);
  }

  @Override
  public void addRowVector(
      int rows,
      int columns,
      float[] x,
      int xOffset,
      float[] v,
      int vOffset,
      float[] y,
      int yOffset) {
    FloatElementwise.addRowVector(rows, columns, x, xOffset, v, vOffset, y, yOffset);
  }

  @Override
  public void columnSums(
      int rows, int columns, float[] x, int xOffset, float beta, float[] y, int yOffset) {
    FloatReductions.columnSums(rows, columns, x, xOffset, beta, y, yOffset);
  }

  @Override
  public void gemm(
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
      Epilogue epilogue,
      float[] e,
      int eOffset,
      float[] scratch,
      int scratchOffset) {
    FloatGemm.gemm(
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
        epilogue,
        e,
        eOffset,
        scratch,
        scratchOffset);
  }

  @Override
  public int gemmScratch(GemmVariant variant, int m, int n, int k) {
    return FloatGemm.gemmScratch(variant, m, n, k);
  }

  @Override
  public void gemmPacked(
      GemmVariant variant,
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] packed,
      int packedOffset,
      float beta,
      float[] c,
      int cOffset,
      int ldc,
      Epilogue epilogue,
      float[] e,
      int eOffset,
      float[] scratch,
      int scratchOffset) {
    FloatGemm.gemmPacked(
        variant,
        m,
        n,
        k,
        a,
        aOffset,
        lda,
        packed,
        packedOffset,
        beta,
        c,
        cOffset,
        ldc,
        epilogue,
        e,
        eOffset,
        scratch,
        scratchOffset);
  }

  @Override
  public int gemmPackedScratch() {
    return FloatGemm.gemmPackedScratch();
  }

  @Override
  public int packedSize(int n, int k) {
    return FloatGemm.packedSize(n, k);
  }

  @Override
  public int packedPanels(int n) {
    return FloatGemm.packedPanels(n);
  }

  @Override
  public void packPanel(
      GemmVariant variant,
      int panel,
      int n,
      int k,
      float[] b,
      int bOffset,
      int ldb,
      float[] packed,
      int packedOffset) {
    FloatGemm.packPanel(variant, panel, n, k, b, bOffset, ldb, packed, packedOffset);
  }

  @Override
  public void relu(int n, float[] x, int xOffset, float[] y, int yOffset) {
    FloatRectifiers.relu(n, x, xOffset, y, yOffset);
  }

  @Override
  public void reluBackward(
      int n,
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
      int dxOffset) {
    FloatRectifiers.reluBackward(n, x, xOffset, dy, dyOffset, beta, dx, dxOffset);
  }

  @Override
  public void hardThreshold(int n, float[] x, int xOffset, float[] y, int yOffset) {
    FloatRectifiers.hardThreshold(n, x, xOffset, y, yOffset);
  }

  @Override
  public void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
    FloatExponentials.exp(n, x, xOffset, y, yOffset);
  }

  @Override
  public void log(int n, float[] x, int xOffset, float[] y, int yOffset) {
    FloatLogarithms.log(n, x, xOffset, y, yOffset);
  }

  @Override
  public void log1p(int n, float[] x, int xOffset, float[] y, int yOffset) {
    FloatLogarithms.log1p(n, x, xOffset, y, yOffset);
  }

  @Override
  public void expm1(int n, float[] x, int xOffset, float[] y, int yOffset) {
    FloatExponentials.expm1(n, x, xOffset, y, yOffset);
  }

  @Override
  public void sin(int n, float[] x, int xOffset, float[] y, int yOffset) {
    FloatSine.sin(n, x, xOffset, y, yOffset);
  }

  @Override
  public void erf(int n, float[] x, int xOffset, float[] y, int yOffset) {
    FloatErrorFunctions.erf(n, x, xOffset, y, yOffset);
  }

  @Override
  public void erfc(int n, float[] x, int xOffset, float[] y, int yOffset) {
    FloatErrorFunctions.erfc(n, x, xOffset, y, yOffset);
  }

  @Override
  public void logistic(int n, float[] x, int xOffset, float[] y, int yOffset) {
    FloatActivations.logistic(n, x, xOffset, y, yOffset);
  }

  @Override
  public void logisticBackward(
      int n,
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
      int dxOffset) {
    FloatActivations.logisticBackward(n, x, xOffset, dy, dyOffset, beta, dx, dxOffset);
  }

  @Override
  public void tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
    FloatActivations.tanh(n, x, xOffset, y, yOffset);
  }

  @Override
  public void tanhBackward(
      int n,
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
      int dxOffset) {
    FloatActivations.tanhBackward(n, x, xOffset, dy, dyOffset, beta, dx, dxOffset);
  }

  @Override
  public void softplus(int n, float[] x, int xOffset, float[] y, int yOffset) {
    FloatActivations.softplus(n, x, xOffset, y, yOffset);
  }

  @Override
  public void softplusBackward(
      int n,
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
      int dxOffset) {
    FloatActivations.softplusBackward(n, x, xOffset, dy, dyOffset, beta, dx, dxOffset);
  }

  @Override
  public void softmaxRows(int rows, int columns, float[] x, int xOffset, float[] y, int yOffset) {
    FloatSoftmax.softmaxRows(rows, columns, x, xOffset, y, yOffset);
  }

  @Override
  public void softmaxRowsBackward(
      int rows,
      int columns,
      float[] y,
      int yOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
      int dxOffset) {
    FloatSoftmax.softmaxRowsBackward(rows, columns, y, yOffset, dy, dyOffset, beta, dx, dxOffset);
  }

  @Override
  public void logSoftmaxRows(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset) {
    FloatSoftmax.logSoftmaxRows(rows, columns, x, xOffset, y, yOffset);
  }

  @Override
  public void logSoftmaxRowsBackward(
      int rows,
      int columns,
      float[] y,
      int yOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
      int dxOffset) {
    FloatSoftmax.logSoftmaxRowsBackward(
        rows, columns, y, yOffset, dy, dyOffset, beta, dx, dxOffset);
  }

  @Override
  public void labelCrossEntropy(
      int rows,
      int columns,
      float[] z,
      int zOffset,
      float[] labels,
      int labelsOffset,
      float[] losses,
      int lossesOffset,
      float[] slopes,
      int slopesOffset) {
    FloatCrossEntropy.labels(
        rows,
        columns,
        z,
        zOffset,
        labels,
        labelsOffset,
        losses,
        lossesOffset,
        slopes,
        slopesOffset);
  }

  @Override
  public void denseCrossEntropy(
      int rows,
      int columns,
      float[] z,
      int zOffset,
      float[] t,
      int tOffset,
      float[] losses,
      int lossesOffset,
      float[] slopes,
      int slopesOffset) {
    FloatCrossEntropy.distributions(
        rows, columns, z, zOffset, t, tOffset, losses, lossesOffset, slopes, slopesOffset);
  }

  @Override
  public void scaleRows(
      int rows,
      int columns,
      float[] s,
      int sOffset,
      float[] x,
      int xOffset,
      float beta,
      float[] y,
      int yOffset) {
    FloatElementwise.scaleRows(rows, columns, s, sOffset, x, xOffset, beta, y, yOffset);
  }

  @Override
  public void adam(
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
    FloatElementwise.adam(
        n,
        g,
        gOffset,
        m,
        mOffset,
        v,
        vOffset,
        oneMinusBeta1,
        oneMinusBeta2,
        correction1,
        correction2,
        epsilon);
  }

  @Override
  public boolean adamStep(
      int n,
      float[] g,
      int gOffset,
      float[] m,
      int mOffset,
      float[] v,
      int vOffset,
      float[] w,
      int wOffset,
      float oneMinusBeta1,
      float oneMinusBeta2,
      float correction1,
      float correction2,
      float epsilon,
      float rate) {
    return FloatUpdates.adamStep(
        n,
        g,
        gOffset,
        m,
        mOffset,
        v,
        vOffset,
        w,
        wOffset,
        oneMinusBeta1,
        oneMinusBeta2,
        correction1,
        correction2,
        epsilon,
        rate);
  }

  @Override
  public boolean momentumStep(
      int n,
      float[] g,
      int gOffset,
      float[] v,
      int vOffset,
      float[] w,
      int wOffset,
      float momentum,
      float rate) {
    return FloatUpdates.momentumStep(n, g, gOffset, v, vOffset, w, wOffset, momentum, rate);
  }
}
