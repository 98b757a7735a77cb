package dev.lanewise.core.internal.vector;

import dev.lanewise.core.kernel.DoubleKernels;
import dev.lanewise.core.kernel.Epilogue;
import dev.lanewise.core.kernel.GemmVariant;

/// The kernels on the Vector API: each method is in the class that is named after its idea.
public final class VectorDoubleKernels implements DoubleKernels {
  /// The kernels; they have no state.
  public VectorDoubleKernels() {}

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public int lanes() {
    return DoubleLanes.LANES;
  }

  @Override
  public void scale(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleElementwise.scale(n, alpha, x, xOffset, y, yOffset);
  }

  @Override
  public void axpy(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleElementwise.axpy(n, alpha, x, xOffset, y, yOffset);
  }

  @Override
  public void add(
      int n, double[] a, int aOffset, double[] b, int bOffset, double[] y, int yOffset) {
    DoubleElementwise.add(n, a, aOffset, b, bOffset, y, yOffset);
  }

  @Override
  public void multiply(
      int n,
      double[] a,
      int aOffset,
      double[] b,
      int bOffset,
      double beta,
      double[] y,
      int yOffset) {
    DoubleElementwise.multiply(n, a, aOffset, b, bOffset, beta, y, yOffset);
  }

  @Override
  public double sum(int n, double[] x, int xOffset) {
    return DoubleReductions.sum(n, x, xOffset);
  }

  @Override
  public double dot(int n, double[] x, int xOffset, double[] y, int yOffset) {
    return DoubleReductions.dot(n, x, xOffset, y, yOffset);
  }

  @Override
  public double max(int n, double[] x, int xOffset) {
    return DoubleReductions.max(n, x, xOffset);
  }

  @Override
  public void addRowVector(
      int rows,
      int columns,
      double[] x,
      int xOffset,
      double[] v,
      int vOffset,
      double[] y,
      int yOffset) {
    DoubleElementwise.addRowVector(rows, columns, x, xOffset, v, vOffset, y, yOffset);
  }

  @Override
  public void columnSums(
      int rows, int columns, double[] x, int xOffset, double beta, double[] y, int yOffset) {
    DoubleReductions.columnSums(rows, columns, x, xOffset, beta, y, yOffset);
  }

  @Override
  public void gemm(
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
      Epilogue epilogue,
      double[] e,
      int eOffset,
      double[] scratch,
      int scratchOffset) {
    DoubleGemm.gemm(
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
    return DoubleGemm.gemmScratch(variant, m, n, k);
  }

  @Override
  public void gemmPacked(
      GemmVariant variant,
      int m,
      int n,
      int k,
      double[] a,
      int aOffset,
      int lda,
      double[] packed,
      int packedOffset,
      double beta,
      double[] c,
      int cOffset,
      int ldc,
      Epilogue epilogue,
      double[] e,
      int eOffset,
      double[] scratch,
      int scratchOffset) {
    DoubleGemm.gemmPacked(
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
    return DoubleGemm.gemmPackedScratch();
  }

  @Override
  public int packedSize(int n, int k) {
    return DoubleGemm.packedSize(n, k);
  }

  @Override
  public int packedPanels(int n) {
    return DoubleGemm.packedPanels(n);
  }

  @Override
  public void packPanel(
      GemmVariant variant,
      int panel,
      int n,
      int k,
      double[] b,
      int bOffset,
      int ldb,
      double[] packed,
      int packedOffset) {
    DoubleGemm.packPanel(variant, panel, n, k, b, bOffset, ldb, packed, packedOffset);
  }

  @Override
  public void relu(int n, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleRectifiers.relu(n, x, xOffset, y, yOffset);
  }

  @Override
  public void reluBackward(
      int n,
      double[] x,
      int xOffset,
      double[] dy,
      int dyOffset,
      double beta,
      double[] dx,
      int dxOffset) {
    DoubleRectifiers.reluBackward(n, x, xOffset, dy, dyOffset, beta, dx, dxOffset);
  }

  @Override
  public void hardThreshold(int n, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleRectifiers.hardThreshold(n, x, xOffset, y, yOffset);
  }

  @Override
  public void exp(int n, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleExponentials.exp(n, x, xOffset, y, yOffset);
  }

  @Override
  public void log(int n, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleLogarithms.log(n, x, xOffset, y, yOffset);
  }

  @Override
  public void log1p(int n, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleLogarithms.log1p(n, x, xOffset, y, yOffset);
  }

  @Override
  public void expm1(int n, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleExponentials.expm1(n, x, xOffset, y, yOffset);
  }

  @Override
  public void sin(int n, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleSine.sin(n, x, xOffset, y, yOffset);
  }

  @Override
  public void erf(int n, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleErrorFunctions.erf(n, x, xOffset, y, yOffset);
  }

  @Override
  public void erfc(int n, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleErrorFunctions.erfc(n, x, xOffset, y, yOffset);
  }

  @Override
  public void logistic(int n, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleActivations.logistic(n, x, xOffset, y, yOffset);
  }

  @Override
  public void logisticBackward(
      int n,
      double[] x,
      int xOffset,
      double[] dy,
      int dyOffset,
      double beta,
      double[] dx,
      int dxOffset) {
    DoubleActivations.logisticBackward(n, x, xOffset, dy, dyOffset, beta, dx, dxOffset);
  }

  @Override
  public void tanh(int n, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleActivations.tanh(n, x, xOffset, y, yOffset);
  }

  @Override
  public void tanhBackward(
      int n,
      double[] x,
      int xOffset,
      double[] dy,
      int dyOffset,
      double beta,
      double[] dx,
      int dxOffset) {
    DoubleActivations.tanhBackward(n, x, xOffset, dy, dyOffset, beta, dx, dxOffset);
  }

  @Override
  public void softplus(int n, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleActivations.softplus(n, x, xOffset, y, yOffset);
  }

  @Override
  public void softplusBackward(
      int n,
      double[] x,
      int xOffset,
      double[] dy,
      int dyOffset,
      double beta,
      double[] dx,
      int dxOffset) {
    DoubleActivations.softplusBackward(n, x, xOffset, dy, dyOffset, beta, dx, dxOffset);
  }

  @Override
  public void softmaxRows(int rows, int columns, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleSoftmax.softmaxRows(rows, columns, x, xOffset, y, yOffset);
  }

  @Override
  public void softmaxRowsBackward(
      int rows,
      int columns,
      double[] y,
      int yOffset,
      double[] dy,
      int dyOffset,
      double beta,
      double[] dx,
      int dxOffset) {
    DoubleSoftmax.softmaxRowsBackward(rows, columns, y, yOffset, dy, dyOffset, beta, dx, dxOffset);
  }

  @Override
  public void logSoftmaxRows(
      int rows, int columns, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleSoftmax.logSoftmaxRows(rows, columns, x, xOffset, y, yOffset);
  }

  @Override
  public void logSoftmaxRowsBackward(
      int rows,
      int columns,
      double[] y,
      int yOffset,
      double[] dy,
      int dyOffset,
      double beta,
      double[] dx,
      int dxOffset) {
    DoubleSoftmax.logSoftmaxRowsBackward(
        rows, columns, y, yOffset, dy, dyOffset, beta, dx, dxOffset);
  }

  @Override
  public void labelCrossEntropy(
      int rows,
      int columns,
      double[] z,
      int zOffset,
      double[] labels,
      int labelsOffset,
      double[] losses,
      int lossesOffset,
      double[] slopes,
      int slopesOffset) {
    DoubleCrossEntropy.labels(
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
      double[] z,
      int zOffset,
      double[] t,
      int tOffset,
      double[] losses,
      int lossesOffset,
      double[] slopes,
      int slopesOffset) {
    DoubleCrossEntropy.distributions(
        rows, columns, z, zOffset, t, tOffset, losses, lossesOffset, slopes, slopesOffset);
  }

  @Override
  public void scaleRows(
      int rows,
      int columns,
      double[] s,
      int sOffset,
      double[] x,
      int xOffset,
      double beta,
      double[] y,
      int yOffset) {
    DoubleElementwise.scaleRows(rows, columns, s, sOffset, x, xOffset, beta, y, yOffset);
  }

  @Override
  public void adam(
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
    DoubleElementwise.adam(
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
      double[] g,
      int gOffset,
      double[] m,
      int mOffset,
      double[] v,
      int vOffset,
      double[] w,
      int wOffset,
      double oneMinusBeta1,
      double oneMinusBeta2,
      double correction1,
      double correction2,
      double epsilon,
      double rate) {
    return DoubleUpdates.adamStep(
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
      double[] g,
      int gOffset,
      double[] v,
      int vOffset,
      double[] w,
      int wOffset,
      double momentum,
      double rate) {
    return DoubleUpdates.momentumStep(n, g, gOffset, v, vOffset, w, wOffset, momentum, rate);
  }
}
