package dev.lanewise.core.internal.scalar;

import dev.lanewise.core.kernel.DoubleKernels;
import dev.lanewise.core.kernel.Epilogue;
import dev.lanewise.core.kernel.GemmVariant;

/// The contract in plain loops.
public final class ScalarDoubleKernels implements DoubleKernels {
  /// The kernels; they have no state.
  public ScalarDoubleKernels() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void scale(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = alpha * x[xOffset + i];
    }
  }

  @Override
  public void axpy(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = Math.fma(alpha, x[xOffset + i], y[yOffset + i]);
    }
  }

  @Override
  public void add(
      int n, double[] a, int aOffset, double[] b, int bOffset, double[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = a[aOffset + i] + b[bOffset + i];
    }
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
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = blend(beta, y[yOffset + i], a[aOffset + i] * b[bOffset + i]);
    }
  }

  @Override
  public double sum(int n, double[] x, int xOffset) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[xOffset + i];
    }
    return sum;
  }

  @Override
  public double dot(int n, double[] x, int xOffset, double[] y, int yOffset) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum = Math.fma(x[xOffset + i], y[yOffset + i], sum);
    }
    return sum;
  }

  @Override
  public double max(int n, double[] x, int xOffset) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, x[xOffset + i]);
    }
    return max;
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
    for (int row = 0; row < rows; row++) {
      add(columns, x, xOffset + row * columns, v, vOffset, y, yOffset + row * columns);
    }
  }

  @Override
  public void columnSums(
      int rows, int columns, double[] x, int xOffset, double beta, double[] y, int yOffset) {
    for (int j = 0; j < columns; j++) {
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        sum += x[xOffset + i * columns + j];
      }
      y[yOffset + j] = blend(beta, y[yOffset + j], sum);
    }
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
    boolean bByColumns = variant == GemmVariant.NT;
    product(
        m,
        n,
        k,
        a,
        aOffset,
        variant == GemmVariant.TN ? 1 : lda,
        variant == GemmVariant.TN ? lda : 1,
        b,
        bOffset,
        bByColumns ? 1 : ldb,
        bByColumns ? ldb : 1,
        beta,
        c,
        cOffset,
        ldc);
    finish(epilogue, m, n, e, eOffset, c, cOffset, ldc);
  }

  private static void product(
      int m,
      int n,
      int k,
      double[] a,
      int aOffset,
      int aRow,
      int aStep,
      double[] b,
      int bOffset,
      int bStep,
      int bColumn,
      double beta,
      double[] c,
      int cOffset,
      int ldc) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        int position = cOffset + i * ldc + j;
        double scale = beta;
        int from = 0;
        do {
          int to = Math.min(k, from + GEMM_K_BLOCK);
          double sum = 0;
          for (int p = from; p < to; p++) {
            sum =
                Math.fma(
                    a[aOffset + i * aRow + p * aStep], b[bOffset + p * bStep + j * bColumn], sum);
          }
          c[position] = blend(scale, c[position], sum);
          scale = 1;
          from = to;
        } while (from < k);
      }
    }
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
    product(
        m,
        n,
        k,
        a,
        aOffset,
        variant == GemmVariant.TN ? 1 : lda,
        variant == GemmVariant.TN ? lda : 1,
        packed,
        packedOffset,
        1,
        k,
        beta,
        c,
        cOffset,
        ldc);
    finish(epilogue, m, n, e, eOffset, c, cOffset, ldc);
  }

  /// Row by row, what the epilogue names.
  private void finish(
      Epilogue epilogue, int m, int n, double[] e, int eOffset, double[] c, int cOffset, int ldc) {
    for (int i = 0; i < m; i++) {
      int row = cOffset + i * ldc;
      int beside = eOffset + i * ldc;
      switch (epilogue) {
        case NONE -> {}
        case RELU -> relu(n, c, row, c, row);
        case TANH -> tanh(n, c, row, c, row);
        case LOGISTIC -> logistic(n, c, row, c, row);
        case ADD_ROW -> add(n, c, row, e, eOffset, c, row);
        case ADD_ROW_RELU -> {
          add(n, c, row, e, eOffset, c, row);
          relu(n, c, row, c, row);
        }
        case ADD_ROW_TANH -> {
          add(n, c, row, e, eOffset, c, row);
          tanh(n, c, row, c, row);
        }
        case ADD_ROW_LOGISTIC -> {
          add(n, c, row, e, eOffset, c, row);
          logistic(n, c, row, c, row);
        }
        case RELU_BACKWARD -> reluBackward(n, e, beside, c, row, 0, c, row);
        case TANH_BACKWARD -> tanhBackward(n, e, beside, c, row, 0, c, row);
        case LOGISTIC_BACKWARD -> logisticBackward(n, e, beside, c, row, 0, c, row);
      }
    }
  }

  @Override
  public int gemmPackedScratch() {
    return 0;
  }

  @Override
  public int packedSize(int n, int k) {
    return Math.multiplyExact(n, k);
  }

  @Override
  public int packedPanels(int n) {
    return n;
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
    int bStep = variant == GemmVariant.NT ? 1 : ldb;
    int bColumn = variant == GemmVariant.NT ? ldb : 1;
    for (int p = 0; p < k; p++) {
      packed[packedOffset + panel * k + p] = b[bOffset + p * bStep + panel * bColumn];
    }
  }

  @Override
  public int gemmScratch(GemmVariant variant, int m, int n, int k) {
    return 0;
  }

  @Override
  public void relu(int n, double[] x, int xOffset, double[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = Math.max(x[xOffset + i], 0);
    }
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
    for (int i = 0; i < n; i++) {
      double input = x[xOffset + i];
      double r = input > 0 ? dy[dyOffset + i] : input <= 0 ? 0 : Double.NaN;
      dx[dxOffset + i] = blend(beta, dx[dxOffset + i], r);
    }
  }

  @Override
  public void hardThreshold(int n, double[] x, int xOffset, double[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      double input = x[xOffset + i];
      y[yOffset + i] = input > 0 ? 1 : input <= 0 ? 0 : Double.NaN;
    }
  }

  @Override
  public void exp(int n, double[] x, int xOffset, double[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = DoubleMath.exp(x[xOffset + i]);
    }
  }

  @Override
  public void log(int n, double[] x, int xOffset, double[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = DoubleMath.log(x[xOffset + i]);
    }
  }

  @Override
  public void log1p(int n, double[] x, int xOffset, double[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = DoubleMath.log1p(x[xOffset + i]);
    }
  }

  @Override
  public void expm1(int n, double[] x, int xOffset, double[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = DoubleMath.expm1(x[xOffset + i]);
    }
  }

  @Override
  public void sin(int n, double[] x, int xOffset, double[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = DoubleMath.sin(x[xOffset + i]);
    }
  }

  @Override
  public void erf(int n, double[] x, int xOffset, double[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = DoubleMath.erf(x[xOffset + i]);
    }
  }

  @Override
  public void erfc(int n, double[] x, int xOffset, double[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = DoubleMath.erfc(x[xOffset + i]);
    }
  }

  @Override
  public void logistic(int n, double[] x, int xOffset, double[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = DoubleMath.logistic(x[xOffset + i]);
    }
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
    for (int i = 0; i < n; i++) {
      dx[dxOffset + i] =
          blend(
              beta,
              dx[dxOffset + i],
              dy[dyOffset + i] * DoubleMath.logisticDerivative(x[xOffset + i]));
    }
  }

  @Override
  public void tanh(int n, double[] x, int xOffset, double[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = DoubleMath.tanh(x[xOffset + i]);
    }
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
    for (int i = 0; i < n; i++) {
      dx[dxOffset + i] =
          blend(
              beta, dx[dxOffset + i], dy[dyOffset + i] * DoubleMath.tanhDerivative(x[xOffset + i]));
    }
  }

  @Override
  public void softplus(int n, double[] x, int xOffset, double[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = DoubleMath.softplus(x[xOffset + i]);
    }
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
    for (int i = 0; i < n; i++) {
      dx[dxOffset + i] =
          blend(beta, dx[dxOffset + i], dy[dyOffset + i] * DoubleMath.logistic(x[xOffset + i]));
    }
  }

  @Override
  public void softmaxRows(int rows, int columns, double[] x, int xOffset, double[] y, int yOffset) {
    for (int row = 0; row < rows; row++) {
      int from = xOffset + row * columns;
      int to = yOffset + row * columns;
      double max = max(columns, x, from);
      double sum = 0;
      for (int j = 0; j < columns; j++) {
        double e = DoubleMath.exp(x[from + j] - max);
        y[to + j] = e;
        sum += e;
      }
      for (int j = 0; j < columns; j++) {
        y[to + j] /= sum;
      }
    }
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
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      double mean = dot(columns, dy, dyOffset + start, y, yOffset + start);
      for (int j = start; j < start + columns; j++) {
        double r = y[yOffset + j] * (dy[dyOffset + j] - mean);
        dx[dxOffset + j] = blend(beta, dx[dxOffset + j], r);
      }
    }
  }

  @Override
  public void logSoftmaxRows(
      int rows, int columns, double[] x, int xOffset, double[] y, int yOffset) {
    for (int row = 0; row < rows; row++) {
      int from = xOffset + row * columns;
      int to = yOffset + row * columns;
      double max = max(columns, x, from);
      double sum = 0;
      for (int j = 0; j < columns; j++) {
        sum += DoubleMath.exp(x[from + j] - max);
      }
      double log = DoubleMath.log(sum);
      for (int j = 0; j < columns; j++) {
        y[to + j] = x[from + j] - max - log;
      }
    }
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
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      double sum = sum(columns, dy, dyOffset + start);
      for (int j = start; j < start + columns; j++) {
        double r = Math.fma(-DoubleMath.exp(y[yOffset + j]), sum, dy[dyOffset + j]);
        dx[dxOffset + j] = blend(beta, dx[dxOffset + j], r);
      }
    }
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
    for (int row = 0; row < rows; row++) {
      int from = zOffset + row * columns;
      int to = slopesOffset + row * columns;
      int label = (int) labels[labelsOffset + row];
      double max = max(columns, z, from);
      double others = 0;
      for (int j = 0; j < columns; j++) {
        double e = DoubleMath.exp(z[from + j] - max);
        slopes[to + j] = e;
        others += j == label ? 0 : e;
      }
      double total = others + slopes[to + label];
      double wrong = others / total;
      for (int j = 0; j < columns; j++) {
        slopes[to + j] = j == label ? -wrong : slopes[to + j] / total;
      }
      losses[lossesOffset + row] =
          wrong < 0.5 ? -DoubleMath.log1p(-wrong) : max - z[from + label] + DoubleMath.log(total);
    }
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
    for (int row = 0; row < rows; row++) {
      int from = zOffset + row * columns;
      int target = tOffset + row * columns;
      int to = slopesOffset + row * columns;
      double max = max(columns, z, from);
      double total = 0;
      double shortfall = 0;
      for (int j = 0; j < columns; j++) {
        double e = DoubleMath.exp(z[from + j] - max);
        slopes[to + j] = e;
        total += e;
        shortfall = Math.fma(t[target + j], max - z[from + j], shortfall);
      }
      double weight = sum(columns, t, target);
      losses[lossesOffset + row] = Math.fma(weight, DoubleMath.log(total), shortfall);
      for (int j = 0; j < columns; j++) {
        slopes[to + j] = Math.fma(slopes[to + j], weight / total, -t[target + j]);
      }
    }
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
    for (int i = 0; i < rows; i++) {
      for (int j = i * columns; j < (i + 1) * columns; j++) {
        y[yOffset + j] = blend(beta, y[yOffset + j], x[xOffset + j] * s[sOffset + i]);
      }
    }
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
    for (int i = 0; i < n; i++) {
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
    boolean finite = true;
    for (int i = 0; i < n; i++) {
      double gradient = g[gOffset + i];
      double first = m[mOffset + i];
      double second = v[vOffset + i];
      first = Math.fma(oneMinusBeta1, gradient - first, first);
      second = Math.fma(oneMinusBeta2, Math.fma(gradient, gradient, -second), second);
      m[mOffset + i] = first;
      v[vOffset + i] = second;
      double direction = first * correction1 / (DoubleMath.sqrt(second * correction2) + epsilon);
      w[wOffset + i] += rate * direction;
      finite &= Double.isFinite(w[wOffset + i]);
    }
    return finite;
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
    boolean finite = true;
    for (int i = 0; i < n; i++) {
      double velocity = momentum * v[vOffset + i] + g[gOffset + i];
      v[vOffset + i] = velocity;
      w[wOffset + i] += rate * velocity;
      finite &= Double.isFinite(w[wOffset + i]);
    }
    return finite;
  }

  /// The convention for `beta`: an output that is to be forgotten takes no part in the arithmetic.
  private static double blend(double beta, double old, double result) {
    return beta == 0 ? result : Math.fma(beta, old, result);
  }
}
