// Generated from ScalarDoubleKernels.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.scalar;

import dev.lanewise.core.kernel.FloatKernels;
import dev.lanewise.core.kernel.Epilogue;
import dev.lanewise.core.kernel.GemmVariant;

/// The contract in plain loops.
public final class ScalarFloatKernels implements FloatKernels {
  /// The kernels; they have no state.
  public ScalarFloatKernels() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void scale(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = alpha * x[xOffset + i];
    }
  }

  @Override
  public void axpy(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = Math.fma(alpha, x[xOffset + i], y[yOffset + i]);
    }
  }

  @Override
  public void add(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = a[aOffset + i] + b[bOffset + i];
    }
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
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = blend(beta, y[yOffset + i], a[aOffset + i] * b[bOffset + i]);
    }
  }

  @Override
  public float sum(int n, float[] x, int xOffset) {
    float sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[xOffset + i];
    }
    return sum;
  }

  @Override
  public float dot(int n, float[] x, int xOffset, float[] y, int yOffset) {
    float sum = 0;
    for (int i = 0; i < n; i++) {
      sum = Math.fma(x[xOffset + i], y[yOffset + i], sum);
    }
    return sum;
  }

  @Override
  public float max(int n, float[] x, int xOffset) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, x[xOffset + i]);
    }
    return max;
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
    for (int row = 0; row < rows; row++) {
      add(columns, x, xOffset + row * columns, v, vOffset, y, yOffset + row * columns);
    }
  }

  @Override
  public void columnSums(
      int rows, int columns, float[] x, int xOffset, float beta, float[] y, int yOffset) {
    for (int j = 0; j < columns; j++) {
      float sum = 0;
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
      float[] a,
      int aOffset,
      int aRow,
      int aStep,
      float[] b,
      int bOffset,
      int bStep,
      int bColumn,
      float beta,
      float[] c,
      int cOffset,
      int ldc) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        int position = cOffset + i * ldc + j;
        float scale = beta;
        int from = 0;
        do {
          int to = Math.min(k, from + GEMM_K_BLOCK);
          float sum = 0;
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
      Epilogue epilogue, int m, int n, float[] e, int eOffset, float[] c, int cOffset, int ldc) {
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
      float[] b,
      int bOffset,
      int ldb,
      float[] packed,
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
  public void relu(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = Math.max(x[xOffset + i], 0);
    }
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
    for (int i = 0; i < n; i++) {
      float input = x[xOffset + i];
      float r = input > 0 ? dy[dyOffset + i] : input <= 0 ? 0 : Float.NaN;
      dx[dxOffset + i] = blend(beta, dx[dxOffset + i], r);
    }
  }

  @Override
  public void hardThreshold(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      float input = x[xOffset + i];
      y[yOffset + i] = input > 0 ? 1 : input <= 0 ? 0 : Float.NaN;
    }
  }

  @Override
  public void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatMath.exp(x[xOffset + i]);
    }
  }

  @Override
  public void log(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatMath.log(x[xOffset + i]);
    }
  }

  @Override
  public void log1p(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatMath.log1p(x[xOffset + i]);
    }
  }

  @Override
  public void expm1(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatMath.expm1(x[xOffset + i]);
    }
  }

  @Override
  public void sin(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatMath.sin(x[xOffset + i]);
    }
  }

  @Override
  public void erf(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatMath.erf(x[xOffset + i]);
    }
  }

  @Override
  public void erfc(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatMath.erfc(x[xOffset + i]);
    }
  }

  @Override
  public void logistic(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatMath.logistic(x[xOffset + i]);
    }
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
    for (int i = 0; i < n; i++) {
      dx[dxOffset + i] =
          blend(
              beta,
              dx[dxOffset + i],
              dy[dyOffset + i] * FloatMath.logisticDerivative(x[xOffset + i]));
    }
  }

  @Override
  public void tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatMath.tanh(x[xOffset + i]);
    }
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
    for (int i = 0; i < n; i++) {
      dx[dxOffset + i] =
          blend(
              beta, dx[dxOffset + i], dy[dyOffset + i] * FloatMath.tanhDerivative(x[xOffset + i]));
    }
  }

  @Override
  public void softplus(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatMath.softplus(x[xOffset + i]);
    }
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
    for (int i = 0; i < n; i++) {
      dx[dxOffset + i] =
          blend(beta, dx[dxOffset + i], dy[dyOffset + i] * FloatMath.logistic(x[xOffset + i]));
    }
  }

  @Override
  public void softmaxRows(int rows, int columns, float[] x, int xOffset, float[] y, int yOffset) {
    for (int row = 0; row < rows; row++) {
      int from = xOffset + row * columns;
      int to = yOffset + row * columns;
      float max = max(columns, x, from);
      float sum = 0;
      for (int j = 0; j < columns; j++) {
        float e = FloatMath.exp(x[from + j] - max);
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
      float[] y,
      int yOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
      int dxOffset) {
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      float mean = dot(columns, dy, dyOffset + start, y, yOffset + start);
      for (int j = start; j < start + columns; j++) {
        float r = y[yOffset + j] * (dy[dyOffset + j] - mean);
        dx[dxOffset + j] = blend(beta, dx[dxOffset + j], r);
      }
    }
  }

  @Override
  public void logSoftmaxRows(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset) {
    for (int row = 0; row < rows; row++) {
      int from = xOffset + row * columns;
      int to = yOffset + row * columns;
      float max = max(columns, x, from);
      float sum = 0;
      for (int j = 0; j < columns; j++) {
        sum += FloatMath.exp(x[from + j] - max);
      }
      float log = FloatMath.log(sum);
      for (int j = 0; j < columns; j++) {
        y[to + j] = x[from + j] - max - log;
      }
    }
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
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      float sum = sum(columns, dy, dyOffset + start);
      for (int j = start; j < start + columns; j++) {
        float r = Math.fma(-FloatMath.exp(y[yOffset + j]), sum, dy[dyOffset + j]);
        dx[dxOffset + j] = blend(beta, dx[dxOffset + j], r);
      }
    }
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
    for (int row = 0; row < rows; row++) {
      int from = zOffset + row * columns;
      int to = slopesOffset + row * columns;
      int label = (int) labels[labelsOffset + row];
      float max = max(columns, z, from);
      float others = 0;
      for (int j = 0; j < columns; j++) {
        float e = FloatMath.exp(z[from + j] - max);
        slopes[to + j] = e;
        others += j == label ? 0 : e;
      }
      float total = others + slopes[to + label];
      float wrong = others / total;
      for (int j = 0; j < columns; j++) {
        slopes[to + j] = j == label ? -wrong : slopes[to + j] / total;
      }
      losses[lossesOffset + row] =
          wrong < 0.5f ? -FloatMath.log1p(-wrong) : max - z[from + label] + FloatMath.log(total);
    }
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
    for (int row = 0; row < rows; row++) {
      int from = zOffset + row * columns;
      int target = tOffset + row * columns;
      int to = slopesOffset + row * columns;
      float max = max(columns, z, from);
      float total = 0;
      float shortfall = 0;
      for (int j = 0; j < columns; j++) {
        float e = FloatMath.exp(z[from + j] - max);
        slopes[to + j] = e;
        total += e;
        shortfall = Math.fma(t[target + j], max - z[from + j], shortfall);
      }
      float weight = sum(columns, t, target);
      losses[lossesOffset + row] = Math.fma(weight, FloatMath.log(total), shortfall);
      for (int j = 0; j < columns; j++) {
        slopes[to + j] = Math.fma(slopes[to + j], weight / total, -t[target + j]);
      }
    }
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
    for (int i = 0; i < rows; i++) {
      for (int j = i * columns; j < (i + 1) * columns; j++) {
        y[yOffset + j] = blend(beta, y[yOffset + j], x[xOffset + j] * s[sOffset + i]);
      }
    }
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
    for (int i = 0; i < n; i++) {
      float gradient = g[gOffset + i];
      float first = m[mOffset + i];
      float second = v[vOffset + i];
      first = Math.fma(oneMinusBeta1, gradient - first, first);
      second = Math.fma(oneMinusBeta2, Math.fma(gradient, gradient, -second), second);
      m[mOffset + i] = first;
      v[vOffset + i] = second;
      g[gOffset + i] = first * correction1 / (FloatMath.sqrt(second * correction2) + epsilon);
    }
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
    boolean finite = true;
    for (int i = 0; i < n; i++) {
      float gradient = g[gOffset + i];
      float first = m[mOffset + i];
      float second = v[vOffset + i];
      first = Math.fma(oneMinusBeta1, gradient - first, first);
      second = Math.fma(oneMinusBeta2, Math.fma(gradient, gradient, -second), second);
      m[mOffset + i] = first;
      v[vOffset + i] = second;
      float direction = first * correction1 / (FloatMath.sqrt(second * correction2) + epsilon);
      w[wOffset + i] += rate * direction;
      finite &= Float.isFinite(w[wOffset + i]);
    }
    return finite;
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
    boolean finite = true;
    for (int i = 0; i < n; i++) {
      float velocity = momentum * v[vOffset + i] + g[gOffset + i];
      v[vOffset + i] = velocity;
      w[wOffset + i] += rate * velocity;
      finite &= Float.isFinite(w[wOffset + i]);
    }
    return finite;
  }

  /// The convention for `beta`: an output that is to be forgotten takes no part in the arithmetic.
  private static float blend(float beta, float old, float result) {
    return beta == 0 ? result : Math.fma(beta, old, result);
  }
}
