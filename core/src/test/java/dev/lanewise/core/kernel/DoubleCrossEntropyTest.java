package dev.lanewise.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.internal.scalar.ScalarDoubleKernels;
import dev.lanewise.core.internal.vector.VectorDoubleKernels;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The fused losses against what they are made of. The build runs it at several vector widths.
class DoubleCrossEntropyTest {
  private static final DoubleKernels SCALAR = new ScalarDoubleKernels();
  private static final DoubleKernels VECTOR = new VectorDoubleKernels();
  private static final List<DoubleKernels> BOTH = List.of(SCALAR, VECTOR);
  private static final int LONGEST = 4 * VECTOR.lanes() + 3;
  private static final double U = DoubleKernelCases.U;
  private static final int ROWS = 5;

  private final Random random = new Random(11);

  @Test
  void lossesAndSlopesOfLabelsAreThoseOfSoftmaxAndItsLogarithm() {
    for (int n = 1; n <= LONGEST; n++) {
      double[] z = logits(ROWS * n);
      double[] labels = new double[ROWS];
      for (int i = 0; i < ROWS; i++) {
        labels[i] = random.nextInt(n);
      }
      double[] p = new double[z.length];
      double[] logs = new double[z.length];
      SCALAR.softmaxRows(ROWS, n, z, 0, p, 0);
      SCALAR.logSoftmaxRows(ROWS, n, z, 0, logs, 0);
      for (DoubleKernels kernels : BOTH) {
        double[] losses = new double[ROWS];
        double[] slopes = new double[z.length];
        kernels.labelCrossEntropy(ROWS, n, z, 0, labels, 0, losses, 0, slopes, 0);
        for (int i = 0; i < ROWS; i++) {
          int label = i * n + (int) labels[i];
          double others = 0;
          for (int j = i * n; j < (i + 1) * n; j++) {
            if (j != label) {
              others += p[j];
              assertNear(p[j], slopes[j], (4 * n + 12) * U * p[j], kernels.name() + " slope " + j);
            }
          }
          double slopeBound = (6 * n + 16) * U * others;
          assertNear(-others, slopes[label], slopeBound, kernels.name() + " slope of the label");
          double lossBound = (4 * n + 16) * U * (1 - 2 * logs[label]);
          assertNear(-logs[label], losses[i], lossBound, kernels.name() + " loss " + i);
        }
      }
    }
  }

  @Test
  void lossesAndSlopesOfDistributionsAreThoseOfSoftmaxAndItsLogarithm() {
    for (int n = 1; n <= LONGEST; n++) {
      double[] z = logits(ROWS * n);
      double[] t = new double[ROWS * n];
      for (int i = 0; i < t.length; i++) {
        t[i] = random.nextInt(3) == 0 ? 0 : random.nextInt(100) * 0.02 / n;
      }
      double[] p = new double[z.length];
      double[] logs = new double[z.length];
      SCALAR.softmaxRows(ROWS, n, z, 0, p, 0);
      SCALAR.logSoftmaxRows(ROWS, n, z, 0, logs, 0);
      for (DoubleKernels kernels : BOTH) {
        double[] losses = new double[ROWS];
        double[] slopes = new double[z.length];
        kernels.denseCrossEntropy(ROWS, n, z, 0, t, 0, losses, 0, slopes, 0);
        for (int i = 0; i < ROWS; i++) {
          double weight = 0;
          double loss = 0;
          for (int j = i * n; j < (i + 1) * n; j++) {
            weight += t[j];
            loss -= t[j] * logs[j];
          }
          double lossBound = (8 * n + 24) * U * (loss + weight);
          assertNear(loss, losses[i], lossBound, kernels.name() + " loss " + i);
          for (int j = i * n; j < (i + 1) * n; j++) {
            double bound = (8 * n + 24) * U * (weight + t[j]);
            assertNear(p[j] * weight - t[j], slopes[j], bound, kernels.name() + " slope " + j);
          }
        }
      }
    }
  }

  @Test
  void anAllButCertainLabelKeepsItsDigits() {
    for (DoubleKernels kernels : BOTH) {
      for (int n = 2; n <= LONGEST; n++) {
        double[] z = new double[n];
        Arrays.fill(z, -60);
        z[n / 2] = 0;
        double[] losses = new double[1];
        double[] slopes = new double[n];
        kernels.labelCrossEntropy(1, n, z, 0, new double[] {n / 2}, 0, losses, 0, slopes, 0);
        double[] e = {-60};
        SCALAR.exp(1, e, 0, e, 0);
        double others = (n - 1) * e[0];
        assertEquals(others, losses[0], (3 * n + 8) * U * others);
        assertEquals(-others, slopes[n / 2], (3 * n + 8) * U * others);
      }
    }
  }

  @Test
  void aRowHasTheSameBitsWhateverStandsAroundIt() {
    for (DoubleKernels kernels : BOTH) {
      for (int n : new int[] {1, 3, 10, VECTOR.lanes(), LONGEST}) {
        double[] z = logits(ROWS * n);
        double[] t = new double[ROWS * n];
        Arrays.fill(t, (double) 1 / n);
        double[] labels = new double[ROWS];
        double[] losses = new double[2 * ROWS];
        double[] slopes = new double[2 * ROWS * n];
        kernels.labelCrossEntropy(ROWS, n, z, 0, labels, 0, losses, 0, slopes, 0);
        kernels.denseCrossEntropy(ROWS, n, z, 0, t, 0, losses, ROWS, slopes, ROWS * n);
        double[] alone = new double[2 * ROWS];
        double[] aloneSlopes = new double[2 * ROWS * n];
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
    for (DoubleKernels kernels : BOTH) {
      for (int n = 1; n <= LONGEST; n++) {
        for (double bad :
            new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
          double[] z = new double[3 * n];
          z[n + n / 2] = bad;
          if (bad < 0) {
            Arrays.fill(z, n, 2 * n, bad); // one alone has a limit
          }
          double[] t = new double[3 * n];
          Arrays.fill(t, (double) 1 / n);
          double[] losses = new double[6];
          double[] slopes = new double[6 * n];
          kernels.labelCrossEntropy(3, n, z, 0, new double[3], 0, losses, 0, slopes, 0);
          kernels.denseCrossEntropy(3, n, z, 0, t, 0, losses, 3, slopes, 3 * n);
          for (int i = 0; i < 6; i++) {
            assertEquals(i % 3 == 1, Double.isNaN(losses[i]), kernels.name() + " loss " + i);
          }
          for (int i = 0; i < slopes.length; i++) {
            assertEquals(
                i / n % 3 == 1, Double.isNaN(slopes[i]), kernels.name() + " " + n + " slope " + i);
          }
        }
      }
    }
  }

  private double[] logits(int n) {
    double[] z = new double[n];
    for (int i = 0; i < n; i++) {
      z[i] = random.nextInt(81) * 0.25 - 10;
    }
    return z;
  }

  private static void assertNear(double expected, double found, double bound, String where) {
    assertTrue(
        Math.abs(found - expected) <= bound,
        () -> where + ": " + found + " is not within " + bound + " of " + expected);
  }
}
