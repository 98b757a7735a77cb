// Generated from DoubleCrossEntropyTest.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.internal.scalar.ScalarFloatKernels;
import dev.lanewise.core.internal.vector.VectorFloatKernels;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The fused losses against what they are made of. The build runs it at several vector widths.
class FloatCrossEntropyTest {
  private static final FloatKernels SCALAR = new ScalarFloatKernels();
  private static final FloatKernels VECTOR = new VectorFloatKernels();
  private static final List<FloatKernels> BOTH = List.of(SCALAR, VECTOR);
  private static final int LONGEST = 4 * VECTOR.lanes() + 3;
  private static final float U = FloatKernelCases.U;
  private static final int ROWS = 5;

  private final Random random = new Random(11);

  @Test
  void lossesAndSlopesOfLabelsAreThoseOfSoftmaxAndItsLogarithm() {
    for (int n = 1; n <= LONGEST; n++) {
      float[] z = logits(ROWS * n);
      float[] labels = new float[ROWS];
      for (int i = 0; i < ROWS; i++) {
        labels[i] = random.nextInt(n);
      }
      float[] p = new float[z.length];
      float[] logs = new float[z.length];
      SCALAR.softmaxRows(ROWS, n, z, 0, p, 0);
      SCALAR.logSoftmaxRows(ROWS, n, z, 0, logs, 0);
      for (FloatKernels kernels : BOTH) {
        float[] losses = new float[ROWS];
        float[] slopes = new float[z.length];
        kernels.labelCrossEntropy(ROWS, n, z, 0, labels, 0, losses, 0, slopes, 0);
        for (int i = 0; i < ROWS; i++) {
          int label = i * n + (int) labels[i];
          float others = 0;
          for (int j = i * n; j < (i + 1) * n; j++) {
            if (j != label) {
              others += p[j];
              assertNear(p[j], slopes[j], (4 * n + 12) * U * p[j], kernels.name() + " slope " + j);
            }
          }
          float slopeBound = (6 * n + 16) * U * others;
          assertNear(-others, slopes[label], slopeBound, kernels.name() + " slope of the label");
          float lossBound = (4 * n + 16) * U * (1 - 2 * logs[label]);
          assertNear(-logs[label], losses[i], lossBound, kernels.name() + " loss " + i);
        }
      }
    }
  }

  @Test
  void lossesAndSlopesOfDistributionsAreThoseOfSoftmaxAndItsLogarithm() {
    for (int n = 1; n <= LONGEST; n++) {
      float[] z = logits(ROWS * n);
      float[] t = new float[ROWS * n];
      for (int i = 0; i < t.length; i++) {
        t[i] = random.nextInt(3) == 0 ? 0 : random.nextInt(100) * 0.02f / n;
      }
      float[] p = new float[z.length];
      float[] logs = new float[z.length];
      SCALAR.softmaxRows(ROWS, n, z, 0, p, 0);
      SCALAR.logSoftmaxRows(ROWS, n, z, 0, logs, 0);
      for (FloatKernels kernels : BOTH) {
        float[] losses = new float[ROWS];
        float[] slopes = new float[z.length];
        kernels.denseCrossEntropy(ROWS, n, z, 0, t, 0, losses, 0, slopes, 0);
        for (int i = 0; i < ROWS; i++) {
          float weight = 0;
          float loss = 0;
          for (int j = i * n; j < (i + 1) * n; j++) {
            weight += t[j];
            loss -= t[j] * logs[j];
          }
          float lossBound = (8 * n + 24) * U * (loss + weight);
          assertNear(loss, losses[i], lossBound, kernels.name() + " loss " + i);
          for (int j = i * n; j < (i + 1) * n; j++) {
            float bound = (8 * n + 24) * U * (weight + t[j]);
            assertNear(p[j] * weight - t[j], slopes[j], bound, kernels.name() + " slope " + j);
          }
        }
      }
    }
  }

  @Test
  void anAllButCertainLabelKeepsItsDigits() {
    for (FloatKernels kernels : BOTH) {
      for (int n = 2; n <= LONGEST; n++) {
        float[] z = new float[n];
        Arrays.fill(z, -60);
        z[n / 2] = 0;
        float[] losses = new float[1];
        float[] slopes = new float[n];
        kernels.labelCrossEntropy(1, n, z, 0, new float[] {n / 2}, 0, losses, 0, slopes, 0);
        float[] e = {-60};
        SCALAR.exp(1, e, 0, e, 0);
        float others = (n - 1) * e[0];
        assertEquals(others, losses[0], (3 * n + 8) * U * others);
        assertEquals(-others, slopes[n / 2], (3 * n + 8) * U * others);
      }
    }
  }

  @Test
  void aRowHasTheSameBitsWhateverStandsAroundIt() {
    for (FloatKernels kernels : BOTH) {
      for (int n : new int[] {1, 3, 10, VECTOR.lanes(), LONGEST}) {
        float[] z = logits(ROWS * n);
        float[] t = new float[ROWS * n];
        Arrays.fill(t, (float) 1 / n);
        float[] labels = new float[ROWS];
        float[] losses = new float[2 * ROWS];
        float[] slopes = new float[2 * ROWS * n];
        kernels.labelCrossEntropy(ROWS, n, z, 0, labels, 0, losses, 0, slopes, 0);
        kernels.denseCrossEntropy(ROWS, n, z, 0, t, 0, losses, ROWS, slopes, ROWS * n);
        float[] alone = new float[2 * ROWS];
        float[] aloneSlopes = new float[2 * ROWS * n];
        for (int i = 0; i < ROWS; i++) {
          kernels.labelCrossEntropy(1, n, z, i * n, labels, i, alone, i, aloneSlopes, i * n);
          kernels.denseCrossEntropy(
              1, n, z, i * n, t, i * n, alone, ROWS + i, aloneSlopes, (ROWS + i) * n);
        }
        assertArrayEquals(losses, alone);
        assertArrayEquals(slopes, aloneSlopes);
      }
    }
  }

  @Test
  void aRowWithoutALimitIsNaNAndSpoilsNoOther() {
    for (FloatKernels kernels : BOTH) {
      for (int n = 1; n <= LONGEST; n++) {
        for (float bad :
            new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
          float[] z = new float[3 * n];
          z[n + n / 2] = bad;
          if (bad < 0) {
            Arrays.fill(z, n, 2 * n, bad); // one alone has a limit
          }
          float[] t = new float[3 * n];
          Arrays.fill(t, (float) 1 / n);
          float[] losses = new float[6];
          float[] slopes = new float[6 * n];
          kernels.labelCrossEntropy(3, n, z, 0, new float[3], 0, losses, 0, slopes, 0);
          kernels.denseCrossEntropy(3, n, z, 0, t, 0, losses, 3, slopes, 3 * n);
          for (int i = 0; i < 6; i++) {
            assertEquals(i % 3 == 1, Float.isNaN(losses[i]), kernels.name() + " loss " + i);
          }
          for (int i = 0; i < slopes.length; i++) {
            assertEquals(
                i / n % 3 == 1, Float.isNaN(slopes[i]), kernels.name() + " " + n + " slope " + i);
          }
        }
      }
    }
  }

  private float[] logits(int n) {
    float[] z = new float[n];
    for (int i = 0; i < n; i++) {
      z[i] = random.nextInt(81) * 0.25f - 10;
    }
    return z;
  }

  private static void assertNear(float expected, float found, float bound, String where) {
    assertTrue(
        Math.abs(found - expected) <= bound,
        () -> where + ": " + found + " is not within " + bound + " of " + expected);
  }
}
