package dev.lanewise.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.internal.scalar.ScalarDoubleKernels;
import dev.lanewise.core.internal.vector.VectorDoubleKernels;
import dev.lanewise.core.kernel.DoubleKernelCases.Case;
import dev.lanewise.core.kernel.DoubleKernelCases.Kind;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What all kernels promise, at every length up to four vectors and a bit. The build runs it at
/// several vector widths.
class DoubleKernelsTest {
  private static final DoubleKernels SCALAR = new ScalarDoubleKernels();
  private static final DoubleKernels VECTOR = new VectorDoubleKernels();
  private static final int LONGEST = 4 * VECTOR.lanes() + 3;
  private static final int GUARD = 4;
  private static final Set<String> OPTIMIZERS = Set.of("adam", "adamStep", "momentumStep");
  private static final double U = DoubleKernelCases.U;
  private static final double TINY = Double.MIN_VALUE;

  private static final double[] SPECIAL = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    0,
    -0.0,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    -Double.MIN_NORMAL / 8,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    1,
    -1,
    20,
    -20,
    -103,
    -700,
    -740,
    709,
    88
  };

  private final Random random = new Random(20);

  /// Three arrays with room around what the kernel may touch.
  private record Operands(
      double[] a, int aOffset, double[] b, int bOffset, double[] y, int yOffset) {
    Operands copy() {
      return new Operands(a.clone(), aOffset, b.clone(), bOffset, y.clone(), yOffset);
    }

    Operands run(DoubleKernels kernels, Case test, int n, double beta) {
      test.kernel().run(kernels, n, a, aOffset, b, bOffset, beta, y, yOffset);
      return this;
    }
  }

  static Iterable<Case> cases() {
    return DoubleKernelCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void vectorAgreesWithScalarAndTouchesNothingElse(Case test) {
    for (int n = shortest(test); n <= LONGEST; n++) {
      for (int shift = 0; shift < 3; shift++) {
        for (double beta : test.betas()) {
          Operands operands = operands(test, n, shift, beta);
          double[] expected = operands.copy().run(SCALAR, test, n, beta).y;
          Operands found = operands.copy().run(VECTOR, test, n, beta);
          String where = test + ", n " + n + ", shift " + shift + ", beta " + beta;
          int end = operands.yOffset + outputs(test, n);
          for (int i = 0; i < expected.length; i++) {
            boolean output = i >= operands.yOffset && i < end;
            double tolerance = output ? test.tolerance().of(n, expected[i]) : 0;
            assertNear(expected[i], found.y[i], tolerance, where + ", position " + i);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anInputIsOnlyRead(Case test) {
    if (OPTIMIZERS.contains(test.name())) {
      return; // their moments are inputs and outputs; see the tests named after them
    }
    int n = LONGEST;
    for (DoubleKernels kernels : new DoubleKernels[] {SCALAR, VECTOR}) {
      Operands operands = operands(test, n, 1, 0);
      Operands used = operands.copy().run(kernels, test, n, 0);
      assertArrayEquals(operands.a, used.a, kernels.name());
      assertArrayEquals(operands.b, used.b, kernels.name());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theOutputMayBeAnInputWhereTheContractSaysSo(Case test) {
    for (DoubleKernels kernels : new DoubleKernels[] {SCALAR, VECTOR}) {
      for (int n = shortest(test); n <= LONGEST; n++) {
        Operands operands = operands(test, n, 1, 0);
        double[] expected = result(operands.copy().run(kernels, test, n, 0), test, n);
        if (test.aliases().contains("a")) {
          double[] a = operands.a.clone();
          int at = operands.aOffset;
          Operands aliased = new Operands(a, at, operands.b, operands.bOffset, a, at);
          assertArrayEquals(expected, result(aliased.run(kernels, test, n, 0), test, n));
        }
        if (test.aliases().contains("b")) {
          double[] b = operands.b.clone();
          int at = operands.bOffset;
          Operands aliased = new Operands(operands.a, operands.aOffset, b, at, b, at);
          assertArrayEquals(expected, result(aliased.run(kernels, test, n, 0), test, n));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anElementBecomesTheSameWhereverItStands(Case test) {
    if (test.kind() != Kind.ELEMENTS && test.kind() != Kind.UPDATE) {
      return;
    }
    for (double beta : test.betas()) {
      Operands operands = wide(test, 40 * LONGEST);
      int n = operands.y.length;
      double[] together = operands.copy().run(VECTOR, test, n, beta).y;
      Operands apart = operands.copy();
      for (int i = 0; i < n; i++) {
        test.kernel().run(VECTOR, 1, apart.a, i, apart.b, i, beta, apart.y, i);
      }
      assertArrayEquals(together, apart.y, test + ", beta " + beta);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anExceptionalNumberIsNoticedAtAnyPlaceOfALongCall(Case test) {
    if (test.kind() != Kind.ELEMENTS) {
      return;
    }
    int n = 3 * LONGEST;
    double ordinary = element(test, 0.5);
    for (double x : SPECIAL) {
      double special = element(test, x);
      for (int at = 0; at < 2 * LONGEST; at++) {
        double[] a = filled(n, 0.5);
        a[at] = x;
        double[] expected = filled(n, ordinary);
        expected[at] = special;
        double[] found = new double[n];
        test.kernel().run(VECTOR, n, a, 0, filled(n, 0.5), 0, 0, found, 0);
        assertArrayEquals(expected, found, test + " of " + x + " at " + at);
      }
    }
  }

  /// What a kernel makes of one number beside one half.
  private static double element(Case test, double x) {
    double[] y = new double[1];
    test.kernel().run(VECTOR, 1, new double[] {x}, 0, new double[] {0.5}, 0, 0, y, 0);
    return y[0];
  }

  private static double[] filled(int n, double value) {
    double[] values = new double[n];
    Arrays.fill(values, value);
    return values;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void exceptionalNumbersGoTheWayOfTheFormula(Case test) {
    if (test.kind() != Kind.ELEMENTS && !test.name().equals("max")) {
      return;
    }
    boolean bits = test.tolerance().of(1, 1) == 0;
    for (double x : SPECIAL) {
      for (double other : SPECIAL) {
        int n = LONGEST;
        double[] a = new double[n];
        double[] b = new double[n];
        Arrays.fill(a, x);
        Arrays.fill(b, other);
        double[] expected = new double[n];
        double[] found = new double[n];
        test.kernel().run(SCALAR, n, a, 0, b, 0, 0, expected, 0);
        test.kernel().run(VECTOR, n, a, 0, b, 0, 0, found, 0);
        for (int i = 0; i < n; i++) {
          // A factor may be off by 8 ULP, and the smallest numbers have no finer steps than one.
          double dy = Double.isFinite(other) ? Math.abs(other) : 0;
          boolean near = !bits && Double.isFinite(expected[i]);
          double room = near ? 20 * U * Math.abs(expected[i]) + 8 * TINY * (1 + dy) : 0;
          assertNear(expected[i], found[i], room, test + " of " + x + " and " + other);
        }
      }
    }
  }

  @Test
  void adamStepIsAdamScaleAndAddInOnePass() {
    for (DoubleKernels kernels : new DoubleKernels[] {SCALAR, VECTOR}) {
      for (int n = 0; n <= LONGEST; n++) {
        double[] g = draws(n);
        double[] m = draws(n);
        double[] v = draws(n);
        double[] w = draws(n);
        kernels.multiply(n, v, 0, v, 0, 0, v, 0);
        double[] u = g.clone();
        double[] m1 = m.clone();
        double[] v1 = v.clone();
        double[] w1 = w.clone();
        kernels.adam(n, u, 0, m1, 0, v1, 0, 0.1, 0.001, 1.5, 2.5, 0.0001);
        kernels.scale(n, -0.3, u, 0, u, 0);
        kernels.add(n, w1, 0, u, 0, w1, 0);
        double[] g1 = g.clone();
        assertTrue(kernels.adamStep(n, g, 0, m, 0, v, 0, w, 0, 0.1, 0.001, 1.5, 2.5, 0.0001, -0.3));
        assertArrayEquals(g1, g);
        assertArrayEquals(m1, m);
        assertArrayEquals(v1, v);
        assertArrayEquals(w1, w);
      }
    }
  }

  @Test
  void momentumStepIsScaleAndAddInOnePass() {
    for (DoubleKernels kernels : new DoubleKernels[] {SCALAR, VECTOR}) {
      for (int n = 0; n <= LONGEST; n++) {
        double[] g = draws(n);
        double[] v = draws(n);
        double[] w = draws(n);
        double[] v1 = v.clone();
        double[] w1 = w.clone();
        double[] u = new double[n];
        kernels.scale(n, 0.9, v1, 0, v1, 0);
        kernels.add(n, v1, 0, g, 0, v1, 0);
        kernels.scale(n, -0.3, v1, 0, u, 0);
        kernels.add(n, w1, 0, u, 0, w1, 0);
        double[] g1 = g.clone();
        assertTrue(kernels.momentumStep(n, g, 0, v, 0, w, 0, 0.9, -0.3));
        assertArrayEquals(g1, g);
        assertArrayEquals(v1, v);
        assertArrayEquals(w1, w);
      }
    }
  }

  @Test
  void stepsSeeEveryWeightThatIsNotFinite() {
    for (DoubleKernels kernels : new DoubleKernels[] {SCALAR, VECTOR}) {
      for (double broken : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
        for (int at = 0; at < LONGEST; at++) {
          double[] g = draws(LONGEST);
          double[] m = new double[LONGEST];
          double[] v = new double[LONGEST];
          double[] w = draws(LONGEST);
          w[at] = broken;
          assertFalse(
              kernels.adamStep(
                  LONGEST, g, 0, m, 0, v, 0, w, 0, 0.1, 0.001, 1.5, 2.5, 0.0001, -0.3));
          assertFalse(kernels.momentumStep(LONGEST, g, 0, m, 0, w, 0, 0.9, -0.3));
        }
      }
    }
  }

  private double[] draws(int n) {
    double[] draws = new double[n];
    for (int i = 0; i < n; i++) {
      draws[i] = random.nextInt(2001) * 0.001 - 1;
    }
    return draws;
  }

  @Test
  void adamUpdatesItsMoments() {
    for (DoubleKernels kernels : new DoubleKernels[] {SCALAR, VECTOR}) {
      for (int n = 0; n <= LONGEST; n++) {
        double[] g = new double[n];
        double[] m = new double[n];
        double[] v = new double[n];
        Arrays.fill(g, 2);
        Arrays.fill(m, 1);
        Arrays.fill(v, 4);
        kernels.adam(n, g, 0, m, 0, v, 0, 0.5, 0.25, 2, 4, 1);
        for (int i = 0; i < n; i++) {
          assertEquals(1.5, m[i]); // 1 + ½(2 − 1)
          assertEquals(4.0, v[i]); // 4 + ¼(4 − 4)
          assertEquals(0.6, g[i]); // 1.5·2/(√(4·4) + 1)
        }
      }
    }
  }

  @Test
  void softmaxSumsToOneAndForgetsAShift() {
    for (DoubleKernels kernels : new DoubleKernels[] {SCALAR, VECTOR}) {
      for (int n = 1; n <= 2 * LONGEST; n++) {
        double[] x = new double[n];
        double[] shifted = new double[n];
        for (int i = 0; i < n; i++) {
          x[i] = random.nextInt(40) - 20;
          shifted[i] = x[i] + 4000;
        }
        double[] y = new double[n];
        double[] same = new double[n];
        kernels.softmaxRows(1, n, x, 0, y, 0);
        kernels.softmaxRows(1, n, shifted, 0, same, 0);
        assertArrayEquals(y, same);
        assertEquals(1, kernels.sum(n, y, 0), (n + 4) * 4 * U);
      }
    }
  }

  @Test
  void aRowOfSoftmaxWithoutALimitIsNaNAndSpoilsNoOther() {
    double[] bad = {Double.NaN, Double.POSITIVE_INFINITY};
    for (DoubleKernels kernels : new DoubleKernels[] {SCALAR, VECTOR}) {
      for (int n = 1; n <= 2 * LONGEST; n++) {
        for (double value : bad) {
          double[] x = new double[3 * n];
          x[n + n / 2] = value;
          for (boolean log : new boolean[] {false, true}) {
            double[] y = new double[3 * n];
            if (log) {
              kernels.logSoftmaxRows(3, n, x, 0, y, 0);
            } else {
              kernels.softmaxRows(3, n, x, 0, y, 0);
            }
            for (int i = 0; i < y.length; i++) {
              assertEquals(i / n == 1, Double.isNaN(y[i]), n + " columns, position " + i);
            }
          }
        }
      }
    }
  }

  @Test
  void aRowOfTenWithoutALimitIsNaNAndSpoilsNoOther() {
    int rows = VECTOR.lanes() + 3;
    for (DoubleKernels kernels : new DoubleKernels[] {SCALAR, VECTOR}) {
      for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
        for (int at = 0; at < 10 * rows; at++) {
          double[] x = numbers(10 * rows);
          x[at] = value;
          double[] y = new double[x.length];
          kernels.softmaxRows(rows, 10, x, 0, y, 0);
          for (int i = 0; i < y.length; i++) {
            assertEquals(i / 10 == at / 10, Double.isNaN(y[i]), value + " at " + at + ": " + i);
          }
        }
      }
      for (int row = 0; row < rows; row++) {
        double[] x = numbers(10 * rows);
        Arrays.fill(x, 10 * row, 10 * row + 10, Double.NEGATIVE_INFINITY);
        x[(10 * row + 10) % x.length] = Double.NEGATIVE_INFINITY; // alone in the next row
        double[] y = new double[x.length];
        kernels.softmaxRows(rows, 10, x, 0, y, 0);
        for (int i = 0; i < y.length; i++) {
          assertEquals(i / 10 == row, Double.isNaN(y[i]), "row " + row + " of -inf: " + i);
        }
        assertEquals(0, y[(10 * row + 10) % x.length], "-inf among numbers");
      }
    }
  }

  @Test
  void rowsOfSoftmaxDoNotDependOnTheNumberOfRows() {
    for (int n : new int[] {1, 3, 10, VECTOR.lanes(), LONGEST, 2 * LONGEST}) {
      int rows = 3000 / n;
      double[] x = numbers(rows * n);
      double[] y = new double[rows * n];
      double[] log = new double[rows * n];
      VECTOR.softmaxRows(rows, n, x, 0, y, 0);
      VECTOR.logSoftmaxRows(rows, n, x, 0, log, 0);
      double[] row = new double[n];
      for (int i = 0; i < rows; i++) {
        VECTOR.softmaxRows(1, n, x, i * n, row, 0);
        assertArrayEquals(Arrays.copyOfRange(y, i * n, (i + 1) * n), row);
        VECTOR.logSoftmaxRows(1, n, x, i * n, row, 0);
        assertArrayEquals(Arrays.copyOfRange(log, i * n, (i + 1) * n), row);
      }
    }
  }

  @Test
  void tanhIsOddToTheBit() {
    for (DoubleKernels kernels : new DoubleKernels[] {SCALAR, VECTOR}) {
      double[] x = wide(cases().iterator().next(), 1000).a;
      double[] minusX = new double[x.length];
      double[] minusY = new double[x.length];
      double[] y = new double[x.length];
      kernels.scale(x.length, -1, x, 0, minusX, 0);
      kernels.tanh(x.length, x, 0, y, 0);
      kernels.tanh(x.length, minusX, 0, minusY, 0);
      kernels.scale(x.length, -1, y, 0, y, 0);
      assertArrayEquals(y, minusY);
    }
  }

  @Test
  void sumsKeepTheirBound() {
    for (int n = 0; n <= 2 * LONGEST; n++) {
      double[] x = numbers(n);
      double[] y = numbers(n);
      double magnitude = 0;
      for (int i = 0; i < n; i++) {
        magnitude += Math.abs(x[i] * y[i]);
      }
      double bound = n * U * magnitude;
      assertNear(SCALAR.dot(n, x, 0, y, 0), VECTOR.dot(n, x, 0, y, 0), bound, "dot of " + n);
      double size = 0;
      for (int i = 0; i < n; i++) {
        size += Math.abs(x[i]);
      }
      assertNear(SCALAR.sum(n, x, 0), VECTOR.sum(n, x, 0), n * U * size, "sum of " + n);
    }
  }

  private static int shortest(Case test) {
    return test.kind() == Kind.FULL_ROWS ? 1 : 0;
  }

  private static int outputs(Case test, int n) {
    return switch (test.kind()) {
      case ELEMENTS, UPDATE, COLUMNS -> n;
      case ROWS, FULL_ROWS -> DoubleKernelCases.ROWS * n;
      case REDUCTION -> 1;
    };
  }

  private static double[] result(Operands operands, Case test, int n) {
    int from = operands.yOffset;
    return Arrays.copyOfRange(operands.y, from, from + outputs(test, n));
  }

  /// Numbers from −2 to 2; an output that is to be forgotten holds NaN.
  private Operands operands(Case test, int n, int shift, double beta) {
    int room = DoubleKernelCases.ROWS * n + 2 * GUARD + 1;
    Operands operands =
        new Operands(
            numbers(room), shift, numbers(room), 2 * shift % 3, numbers(room), GUARD - shift);
    if (beta == 0 && test.kind() != Kind.UPDATE) {
      int from = operands.yOffset;
      Arrays.fill(operands.y, from, from + outputs(test, n), Double.NaN);
    }
    return operands;
  }

  private double[] numbers(int n) {
    double[] numbers = new double[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = random.nextDouble() * 4 - 2;
    }
    return numbers;
  }

  /// Numbers of all sizes, exceptional ones among them.
  private Operands wide(Case test, int n) {
    double[] a = new double[n];
    for (int i = 0; i < n; i++) {
      a[i] =
          switch (random.nextInt(4)) {
            case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
            case 1 -> (random.nextDouble() - 0.5) * 1600;
            case 2 -> (random.nextDouble() - 0.5) * 200;
            default -> (random.nextDouble() - 0.5) * 8;
          };
    }
    double[] y = numbers(n);
    return new Operands(a, 0, numbers(n), 0, y, 0);
  }

  private static void assertNear(double expected, double found, double tolerance, String where) {
    boolean near =
        tolerance == 0
            ? Double.compare(expected, found) == 0
            : Math.abs(found - expected) <= tolerance || Double.compare(expected, found) == 0;
    assertTrue(
        near, () -> where + ": " + found + " is not within " + tolerance + " of " + expected);
  }
}
