// Generated from DoubleKernelsTest.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.internal.scalar.ScalarFloatKernels;
import dev.lanewise.core.internal.vector.VectorFloatKernels;
import dev.lanewise.core.kernel.FloatKernelCases.Case;
import dev.lanewise.core.kernel.FloatKernelCases.Kind;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What all kernels promise, at every length up to four vectors and a bit. The build runs it at
/// several vector widths.
class FloatKernelsTest {
  private static final FloatKernels SCALAR = new ScalarFloatKernels();
  private static final FloatKernels VECTOR = new VectorFloatKernels();
  private static final int LONGEST = 4 * VECTOR.lanes() + 3;
  private static final int GUARD = 4;
  private static final Set<String> OPTIMIZERS = Set.of("adam", "adamStep", "momentumStep");
  private static final float U = FloatKernelCases.U;
  private static final float TINY = Float.MIN_VALUE;

  private static final float[] SPECIAL = {
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    0,
    -0.0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL / 8,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
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
      float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    Operands copy() {
      return new Operands(a.clone(), aOffset, b.clone(), bOffset, y.clone(), yOffset);
    }

    Operands run(FloatKernels kernels, Case test, int n, float beta) {
      test.kernel().run(kernels, n, a, aOffset, b, bOffset, beta, y, yOffset);
      return this;
    }
  }

  static Iterable<Case> cases() {
    return FloatKernelCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void vectorAgreesWithScalarAndTouchesNothingElse(Case test) {
    for (int n = shortest(test); n <= LONGEST; n++) {
      for (int shift = 0; shift < 3; shift++) {
        for (float beta : test.betas()) {
          Operands operands = operands(test, n, shift, beta);
          float[] expected = operands.copy().run(SCALAR, test, n, beta).y;
          Operands found = operands.copy().run(VECTOR, test, n, beta);
          String where = test + ", n " + n + ", shift " + shift + ", beta " + beta;
          int end = operands.yOffset + outputs(test, n);
          for (int i = 0; i < expected.length; i++) {
            boolean output = i >= operands.yOffset && i < end;
            float tolerance = output ? test.tolerance().of(n, expected[i]) : 0;
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
    for (FloatKernels kernels : new FloatKernels[] {SCALAR, VECTOR}) {
      Operands operands = operands(test, n, 1, 0);
      Operands used = operands.copy().run(kernels, test, n, 0);
      assertArrayEquals(operands.a, used.a, kernels.name());
      assertArrayEquals(operands.b, used.b, kernels.name());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theOutputMayBeAnInputWhereTheContractSaysSo(Case test) {
    for (FloatKernels kernels : new FloatKernels[] {SCALAR, VECTOR}) {
      for (int n = shortest(test); n <= LONGEST; n++) {
        Operands operands = operands(test, n, 1, 0);
        float[] expected = result(operands.copy().run(kernels, test, n, 0), test, n);
        if (test.aliases().contains("a")) {
          float[] a = operands.a.clone();
          int at = operands.aOffset;
          Operands aliased = new Operands(a, at, operands.b, operands.bOffset, a, at);
          assertArrayEquals(expected, result(aliased.run(kernels, test, n, 0), test, n));
        }
        if (test.aliases().contains("b")) {
          float[] b = operands.b.clone();
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
    for (float beta : test.betas()) {
      Operands operands = wide(test, 40 * LONGEST);
      int n = operands.y.length;
      float[] together = operands.copy().run(VECTOR, test, n, beta).y;
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
    float ordinary = element(test, 0.5f);
    for (float x : SPECIAL) {
      float special = element(test, x);
      for (int at = 0; at < 2 * LONGEST; at++) {
        float[] a = filled(n, 0.5f);
        a[at] = x;
        float[] expected = filled(n, ordinary);
        expected[at] = special;
        float[] found = new float[n];
        test.kernel().run(VECTOR, n, a, 0, filled(n, 0.5f), 0, 0, found, 0);
        assertArrayEquals(expected, found, test + " of " + x + " at " + at);
      }
    }
  }

  /// What a kernel makes of one number beside one half.
  private static float element(Case test, float x) {
    float[] y = new float[1];
    test.kernel().run(VECTOR, 1, new float[] {x}, 0, new float[] {0.5f}, 0, 0, y, 0);
    return y[0];
  }

  private static float[] filled(int n, float value) {
    float[] values = new float[n];
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
    for (float x : SPECIAL) {
      for (float other : SPECIAL) {
        int n = LONGEST;
        float[] a = new float[n];
        float[] b = new float[n];
        Arrays.fill(a, x);
        Arrays.fill(b, other);
        float[] expected = new float[n];
        float[] found = new float[n];
        test.kernel().run(SCALAR, n, a, 0, b, 0, 0, expected, 0);
        test.kernel().run(VECTOR, n, a, 0, b, 0, 0, found, 0);
        for (int i = 0; i < n; i++) {
          // A factor may be off by 8 ULP, and the smallest numbers have no finer steps than one.
          float dy = Float.isFinite(other) ? Math.abs(other) : 0;
          boolean near = !bits && Float.isFinite(expected[i]);
          float room = near ? 20 * U * Math.abs(expected[i]) + 8 * TINY * (1 + dy) : 0;
          assertNear(expected[i], found[i], room, test + " of " + x + " and " + other);
        }
      }
    }
  }

  @Test
  void adamStepIsAdamScaleAndAddInOnePass() {
    for (FloatKernels kernels : new FloatKernels[] {SCALAR, VECTOR}) {
      for (int n = 0; n <= LONGEST; n++) {
        float[] g = draws(n);
        float[] m = draws(n);
        float[] v = draws(n);
        float[] w = draws(n);
        kernels.multiply(n, v, 0, v, 0, 0, v, 0);
        float[] u = g.clone();
        float[] m1 = m.clone();
        float[] v1 = v.clone();
        float[] w1 = w.clone();
        kernels.adam(n, u, 0, m1, 0, v1, 0, 0.1f, 0.001f, 1.5f, 2.5f, 0.0001f);
        kernels.scale(n, -0.3f, u, 0, u, 0);
        kernels.add(n, w1, 0, u, 0, w1, 0);
        float[] g1 = g.clone();
        assertTrue(kernels.adamStep(n, g, 0, m, 0, v, 0, w, 0, 0.1f, 0.001f, 1.5f, 2.5f, 0.0001f, -0.3f));
        assertArrayEquals(g1, g);
        assertArrayEquals(m1, m);
        assertArrayEquals(v1, v);
        assertArrayEquals(w1, w);
      }
    }
  }

  @Test
  void momentumStepIsScaleAndAddInOnePass() {
    for (FloatKernels kernels : new FloatKernels[] {SCALAR, VECTOR}) {
      for (int n = 0; n <= LONGEST; n++) {
        float[] g = draws(n);
        float[] v = draws(n);
        float[] w = draws(n);
        float[] v1 = v.clone();
        float[] w1 = w.clone();
        float[] u = new float[n];
        kernels.scale(n, 0.9f, v1, 0, v1, 0);
        kernels.add(n, v1, 0, g, 0, v1, 0);
        kernels.scale(n, -0.3f, v1, 0, u, 0);
        kernels.add(n, w1, 0, u, 0, w1, 0);
        float[] g1 = g.clone();
        assertTrue(kernels.momentumStep(n, g, 0, v, 0, w, 0, 0.9f, -0.3f));
        assertArrayEquals(g1, g);
        assertArrayEquals(v1, v);
        assertArrayEquals(w1, w);
      }
    }
  }

  @Test
  void stepsSeeEveryWeightThatIsNotFinite() {
    for (FloatKernels kernels : new FloatKernels[] {SCALAR, VECTOR}) {
      for (float broken : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
        for (int at = 0; at < LONGEST; at++) {
          float[] g = draws(LONGEST);
          float[] m = new float[LONGEST];
          float[] v = new float[LONGEST];
          float[] w = draws(LONGEST);
          w[at] = broken;
          assertFalse(
              kernels.adamStep(
                  LONGEST, g, 0, m, 0, v, 0, w, 0, 0.1f, 0.001f, 1.5f, 2.5f, 0.0001f, -0.3f));
          assertFalse(kernels.momentumStep(LONGEST, g, 0, m, 0, w, 0, 0.9f, -0.3f));
        }
      }
    }
  }

  private float[] draws(int n) {
    float[] draws = new float[n];
    for (int i = 0; i < n; i++) {
      draws[i] = random.nextInt(2001) * 0.001f - 1;
    }
    return draws;
  }

  @Test
  void adamUpdatesItsMoments() {
    for (FloatKernels kernels : new FloatKernels[] {SCALAR, VECTOR}) {
      for (int n = 0; n <= LONGEST; n++) {
        float[] g = new float[n];
        float[] m = new float[n];
        float[] v = new float[n];
        Arrays.fill(g, 2);
        Arrays.fill(m, 1);
        Arrays.fill(v, 4);
        kernels.adam(n, g, 0, m, 0, v, 0, 0.5f, 0.25f, 2, 4, 1);
        for (int i = 0; i < n; i++) {
          assertEquals(1.5f, m[i]); // 1 + ½(2 − 1)
          assertEquals(4.0f, v[i]); // 4 + ¼(4 − 4)
          assertEquals(0.6f, g[i]); // 1.5·2/(√(4·4) + 1)
        }
      }
    }
  }

  @Test
  void softmaxSumsToOneAndForgetsAShift() {
    for (FloatKernels kernels : new FloatKernels[] {SCALAR, VECTOR}) {
      for (int n = 1; n <= 2 * LONGEST; n++) {
        float[] x = new float[n];
        float[] shifted = new float[n];
        for (int i = 0; i < n; i++) {
          x[i] = random.nextInt(40) - 20;
          shifted[i] = x[i] + 4000;
        }
        float[] y = new float[n];
        float[] same = new float[n];
        kernels.softmaxRows(1, n, x, 0, y, 0);
        kernels.softmaxRows(1, n, shifted, 0, same, 0);
        assertArrayEquals(y, same);
        assertEquals(1, kernels.sum(n, y, 0), (n + 4) * 4 * U);
      }
    }
  }

  @Test
  void aRowOfSoftmaxWithoutALimitIsNaNAndSpoilsNoOther() {
    float[] bad = {Float.NaN, Float.POSITIVE_INFINITY};
    for (FloatKernels kernels : new FloatKernels[] {SCALAR, VECTOR}) {
      for (int n = 1; n <= 2 * LONGEST; n++) {
        for (float value : bad) {
          float[] x = new float[3 * n];
          x[n + n / 2] = value;
          for (boolean log : new boolean[] {false, true}) {
            float[] y = new float[3 * n];
            if (log) {
              kernels.logSoftmaxRows(3, n, x, 0, y, 0);
            } else {
              kernels.softmaxRows(3, n, x, 0, y, 0);
            }
            for (int i = 0; i < y.length; i++) {
              assertEquals(i / n == 1, Float.isNaN(y[i]), n + " columns, position " + i);
            }
          }
        }
      }
    }
  }

  @Test
  void aRowOfTenWithoutALimitIsNaNAndSpoilsNoOther() {
    int rows = VECTOR.lanes() + 3;
    for (FloatKernels kernels : new FloatKernels[] {SCALAR, VECTOR}) {
      for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
        for (int at = 0; at < 10 * rows; at++) {
          float[] x = numbers(10 * rows);
          x[at] = value;
          float[] y = new float[x.length];
          kernels.softmaxRows(rows, 10, x, 0, y, 0);
          for (int i = 0; i < y.length; i++) {
            assertEquals(i / 10 == at / 10, Float.isNaN(y[i]), value + " at " + at + ": " + i);
          }
        }
      }
      for (int row = 0; row < rows; row++) {
        float[] x = numbers(10 * rows);
        Arrays.fill(x, 10 * row, 10 * row + 10, Float.NEGATIVE_INFINITY);
        x[(10 * row + 10) % x.length] = Float.NEGATIVE_INFINITY; // alone in the next row
        float[] y = new float[x.length];
        kernels.softmaxRows(rows, 10, x, 0, y, 0);
        for (int i = 0; i < y.length; i++) {
          assertEquals(i / 10 == row, Float.isNaN(y[i]), "row " + row + " of -inf: " + i);
        }
        assertEquals(0, y[(10 * row + 10) % x.length], "-inf among numbers");
      }
    }
  }

  @Test
  void rowsOfSoftmaxDoNotDependOnTheNumberOfRows() {
    for (int n : new int[] {1, 3, 10, VECTOR.lanes(), LONGEST, 2 * LONGEST}) {
      int rows = 3000 / n;
      float[] x = numbers(rows * n);
      float[] y = new float[rows * n];
      float[] log = new float[rows * n];
      VECTOR.softmaxRows(rows, n, x, 0, y, 0);
      VECTOR.logSoftmaxRows(rows, n, x, 0, log, 0);
      float[] row = new float[n];
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
    for (FloatKernels kernels : new FloatKernels[] {SCALAR, VECTOR}) {
      float[] x = wide(cases().iterator().next(), 1000).a;
      float[] minusX = new float[x.length];
      float[] minusY = new float[x.length];
      float[] y = new float[x.length];
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
      float[] x = numbers(n);
      float[] y = numbers(n);
      float magnitude = 0;
      for (int i = 0; i < n; i++) {
        magnitude += Math.abs(x[i] * y[i]);
      }
      float bound = n * U * magnitude;
      assertNear(SCALAR.dot(n, x, 0, y, 0), VECTOR.dot(n, x, 0, y, 0), bound, "dot of " + n);
      float size = 0;
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
      case ROWS, FULL_ROWS -> FloatKernelCases.ROWS * n;
      case REDUCTION -> 1;
    };
  }

  private static float[] result(Operands operands, Case test, int n) {
    int from = operands.yOffset;
    return Arrays.copyOfRange(operands.y, from, from + outputs(test, n));
  }

  /// Numbers from −2 to 2; an output that is to be forgotten holds NaN.
  private Operands operands(Case test, int n, int shift, float beta) {
    int room = FloatKernelCases.ROWS * n + 2 * GUARD + 1;
    Operands operands =
        new Operands(
            numbers(room), shift, numbers(room), 2 * shift % 3, numbers(room), GUARD - shift);
    if (beta == 0 && test.kind() != Kind.UPDATE) {
      int from = operands.yOffset;
      Arrays.fill(operands.y, from, from + outputs(test, n), Float.NaN);
    }
    return operands;
  }

  private float[] numbers(int n) {
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = random.nextFloat() * 4 - 2;
    }
    return numbers;
  }

  /// Numbers of all sizes, exceptional ones among them.
  private Operands wide(Case test, int n) {
    float[] a = new float[n];
    for (int i = 0; i < n; i++) {
      a[i] =
          switch (random.nextInt(4)) {
            case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
            case 1 -> (random.nextFloat() - 0.5f) * 1600;
            case 2 -> (random.nextFloat() - 0.5f) * 200;
            default -> (random.nextFloat() - 0.5f) * 8;
          };
    }
    float[] y = numbers(n);
    return new Operands(a, 0, numbers(n), 0, y, 0);
  }

  private static void assertNear(float expected, float found, float tolerance, String where) {
    boolean near =
        tolerance == 0
            ? Float.compare(expected, found) == 0
            : Math.abs(found - expected) <= tolerance || Float.compare(expected, found) == 0;
    assertTrue(
        near, () -> where + ": " + found + " is not within " + tolerance + " of " + expected);
  }
}
