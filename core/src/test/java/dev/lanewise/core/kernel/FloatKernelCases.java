// Generated from DoubleKernelCases.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.kernel;

import java.util.List;

/// Every kernel but the matrix product (which has tests of its own) in one form, so that one test
/// body covers them all.
final class FloatKernelCases {
  /// The unit roundoff.
  static final float U = Math.ulp(0.5f);

  /// The rows of the matrix kernels; n is then the number of columns.
  static final int ROWS = 3;

  private static final float LARGEST = 2;

  /// The first class in each row, for there may be only one.
  private static final float[] LABELS = new float[ROWS];

  private static final float[] LOSSES = new float[ROWS];

  private FloatKernelCases() {}

  /// A kernel with two inputs and an output.
  interface Kernel {
    void run(
        FloatKernels kernels,
        int n,
        float[] a,
        int aOffset,
        float[] b,
        int bOffset,
        float beta,
        float[] y,
        int yOffset);
  }

  /// How far apart scalar and vector may be, for elements of a magnitude of at most 2.
  interface Tolerance {
    float of(int n, float expected);
  }

  /// A kernel and its contract.
  ///
  /// @param name the kernel's name
  /// @param kind what it reads and writes
  /// @param aliases the inputs (`a`, `b`) that may be the output where beta is 0
  /// @param betas the betas that it is to be tried with; 0 alone if it takes none
  /// @param tolerance what scalar and vector may differ by
  /// @param kernel the call
  record Case(
      String name, Kind kind, String aliases, float[] betas, Tolerance tolerance, Kernel kernel) {
    @Override
    public String toString() {
      return name;
    }
  }

  /// What a kernel reads and writes.
  enum Kind {
    /// n elements to n elements.
    ELEMENTS,
    /// As before, and the old output is read.
    UPDATE,
    /// [#ROWS] rows of n elements to as many.
    ROWS,
    /// [#ROWS] rows of n ≥ 1 elements to as many.
    FULL_ROWS,
    /// [#ROWS] rows of n elements to one.
    COLUMNS,
    /// n elements to one.
    REDUCTION
  }

  private static final float[] NO_BETA = {0};
  private static final float[] BETAS = {0, 1, -0.5f};
  private static final Tolerance SAME_BITS = (n, expected) -> 0;

  static List<Case> all() {
    return List.of(
        new Case(
            "scale",
            Kind.ELEMENTS,
            "a",
            NO_BETA,
            SAME_BITS,
            (k, n, a, ao, b, bo, beta, y, yo) -> k.scale(n, 1.7f, a, ao, y, yo)),
        new Case(
            "axpy",
            Kind.UPDATE,
            "",
            NO_BETA,
            SAME_BITS,
            (k, n, a, ao, b, bo, beta, y, yo) -> k.axpy(n, 1.7f, a, ao, y, yo)),
        new Case(
            "add",
            Kind.ELEMENTS,
            "ab",
            NO_BETA,
            SAME_BITS,
            (k, n, a, ao, b, bo, beta, y, yo) -> k.add(n, a, ao, b, bo, y, yo)),
        new Case(
            "multiply",
            Kind.ELEMENTS,
            "ab",
            BETAS,
            SAME_BITS,
            (k, n, a, ao, b, bo, beta, y, yo) -> k.multiply(n, a, ao, b, bo, beta, y, yo)),
        new Case(
            "adam",
            Kind.UPDATE,
            "",
            NO_BETA,
            SAME_BITS,
            (k, n, a, ao, b, bo, beta, y, yo) -> {
              // The second moment is a sum of squares.
              k.multiply(n, b, bo, b, bo, 0, b, bo);
              k.adam(n, y, yo, a, ao, b, bo, 0.1f, 0.001f, 1.5f, 2.5f, 0.0001f);
            }),
        new Case(
            "adamStep",
            Kind.UPDATE,
            "",
            NO_BETA,
            SAME_BITS,
            (k, n, a, ao, b, bo, beta, y, yo) -> {
              // The gradient may be the second moment; both are positive then.
              k.multiply(n, b, bo, b, bo, 0, b, bo);
              k.adamStep(n, b, bo, a, ao, b, bo, y, yo, 0.1f, 0.001f, 1.5f, 2.5f, 0.0001f, -0.25f);
            }),
        new Case(
            "momentumStep",
            Kind.UPDATE,
            "",
            NO_BETA,
            SAME_BITS,
            (k, n, a, ao, b, bo, beta, y, yo) ->
                k.momentumStep(n, a, ao, b, bo, y, yo, 0.9f, -0.25f)),
        new Case(
            "sum",
            Kind.REDUCTION,
            "",
            NO_BETA,
            (n, expected) -> n * U * n * LARGEST,
            (k, n, a, ao, b, bo, beta, y, yo) -> y[yo] = k.sum(n, a, ao)),
        new Case(
            "dot",
            Kind.REDUCTION,
            "",
            NO_BETA,
            (n, expected) -> n * U * n * LARGEST * LARGEST,
            (k, n, a, ao, b, bo, beta, y, yo) -> y[yo] = k.dot(n, a, ao, b, bo)),
        new Case(
            "max",
            Kind.REDUCTION,
            "",
            NO_BETA,
            SAME_BITS,
            (k, n, a, ao, b, bo, beta, y, yo) -> y[yo] = k.max(n, a, ao)),
        new Case(
            "addRowVector",
            Kind.ROWS,
            "a",
            NO_BETA,
            SAME_BITS,
            (k, n, a, ao, b, bo, beta, y, yo) -> k.addRowVector(ROWS, n, a, ao, b, bo, y, yo)),
        new Case(
            "columnSums",
            Kind.COLUMNS,
            "",
            BETAS,
            SAME_BITS,
            (k, n, a, ao, b, bo, beta, y, yo) -> k.columnSums(ROWS, n, a, ao, beta, y, yo)),
        new Case(
            "relu",
            Kind.ELEMENTS,
            "a",
            NO_BETA,
            SAME_BITS,
            (k, n, a, ao, b, bo, beta, y, yo) -> k.relu(n, a, ao, y, yo)),
        new Case(
            "reluBackward",
            Kind.ELEMENTS,
            "ab",
            BETAS,
            SAME_BITS,
            (k, n, a, ao, b, bo, beta, y, yo) -> k.reluBackward(n, a, ao, b, bo, beta, y, yo)),
        new Case(
            "hardThreshold",
            Kind.ELEMENTS,
            "a",
            NO_BETA,
            SAME_BITS,
            (k, n, a, ao, b, bo, beta, y, yo) -> k.hardThreshold(n, a, ao, y, yo)),
        new Case(
            "exp",
            Kind.ELEMENTS,
            "a",
            NO_BETA,
            ulps(1 + 1),
            (k, n, a, ao, b, bo, beta, y, yo) -> k.exp(n, a, ao, y, yo)),
        new Case(
            "log",
            Kind.ELEMENTS,
            "a",
            NO_BETA,
            ulps(1 + 1),
            (k, n, a, ao, b, bo, beta, y, yo) -> k.log(n, a, ao, y, yo)),
        new Case(
            "log1p",
            Kind.ELEMENTS,
            "a",
            NO_BETA,
            ulps(2 + 2),
            (k, n, a, ao, b, bo, beta, y, yo) -> k.log1p(n, a, ao, y, yo)),
        new Case(
            "expm1",
            Kind.ELEMENTS,
            "a",
            NO_BETA,
            ulps(2 + 2),
            (k, n, a, ao, b, bo, beta, y, yo) -> k.expm1(n, a, ao, y, yo)),
        new Case(
            "sin",
            Kind.ELEMENTS,
            "a",
            NO_BETA,
            ulps(2 + 2),
            (k, n, a, ao, b, bo, beta, y, yo) -> k.sin(n, a, ao, y, yo)),
        new Case(
            "erf",
            Kind.ELEMENTS,
            "a",
            NO_BETA,
            ulps(2 + 2),
            (k, n, a, ao, b, bo, beta, y, yo) -> k.erf(n, a, ao, y, yo)),
        new Case(
            "erfc",
            Kind.ELEMENTS,
            "a",
            NO_BETA,
            ulps(2 + 3),
            (k, n, a, ao, b, bo, beta, y, yo) -> k.erfc(n, a, ao, y, yo)),
        new Case(
            "logistic",
            Kind.ELEMENTS,
            "a",
            NO_BETA,
            ulps(2 + 2),
            (k, n, a, ao, b, bo, beta, y, yo) -> k.logistic(n, a, ao, y, yo)),
        new Case(
            "logisticBackward",
            Kind.ELEMENTS,
            "ab",
            BETAS,
            derivativeUlps(4 + 4),
            (k, n, a, ao, b, bo, beta, y, yo) -> k.logisticBackward(n, a, ao, b, bo, beta, y, yo)),
        new Case(
            "tanh",
            Kind.ELEMENTS,
            "a",
            NO_BETA,
            ulps(2 + 3),
            (k, n, a, ao, b, bo, beta, y, yo) -> k.tanh(n, a, ao, y, yo)),
        new Case(
            "tanhBackward",
            Kind.ELEMENTS,
            "ab",
            BETAS,
            derivativeUlps(4 + 4),
            (k, n, a, ao, b, bo, beta, y, yo) -> k.tanhBackward(n, a, ao, b, bo, beta, y, yo)),
        new Case(
            "softplus",
            Kind.ELEMENTS,
            "a",
            NO_BETA,
            ulps(2 + 2),
            (k, n, a, ao, b, bo, beta, y, yo) -> k.softplus(n, a, ao, y, yo)),
        new Case(
            "softplusBackward",
            Kind.ELEMENTS,
            "ab",
            BETAS,
            derivativeUlps(2 + 2),
            (k, n, a, ao, b, bo, beta, y, yo) -> k.softplusBackward(n, a, ao, b, bo, beta, y, yo)),
        new Case(
            "softmaxRows",
            Kind.FULL_ROWS,
            "a",
            NO_BETA,
            (n, expected) -> 2 * (n + 4) * U * expected,
            (k, n, a, ao, b, bo, beta, y, yo) -> k.softmaxRows(ROWS, n, a, ao, y, yo)),
        new Case(
            "softmaxRowsOfTen",
            Kind.FULL_ROWS,
            "a",
            NO_BETA,
            (n, expected) -> 2 * (10 + 4) * U * expected,
            (k, n, a, ao, b, bo, beta, y, yo) -> softmaxRowsOfTen(k, ROWS * n, a, ao, y, yo)),
        new Case(
            "softmaxRowsBackward",
            Kind.ROWS,
            "b",
            BETAS,
            // The inner product's bound times y, and two roundings of the result.
            (n, expected) -> (n * n * LARGEST * LARGEST + 2) * U * LARGEST + 4 * U * size(expected),
            (k, n, a, ao, b, bo, beta, y, yo) ->
                k.softmaxRowsBackward(ROWS, n, a, ao, b, bo, beta, y, yo)),
        new Case(
            "scaleRows",
            Kind.ROWS,
            "a",
            BETAS,
            SAME_BITS,
            (k, n, a, ao, b, bo, beta, y, yo) -> k.scaleRows(ROWS, n, b, bo, a, ao, beta, y, yo)),
        new Case(
            "labelCrossEntropy",
            Kind.FULL_ROWS,
            "",
            NO_BETA,
            (n, expected) -> 2 * (3 * n + 8) * U * size(expected),
            (k, n, a, ao, b, bo, beta, y, yo) ->
                k.labelCrossEntropy(ROWS, n, a, ao, LABELS, 0, LOSSES, 0, y, yo)),
        new Case(
            "denseCrossEntropy",
            Kind.FULL_ROWS,
            "",
            NO_BETA,
            (n, expected) -> 2 * (3 * n + 8) * U * n * LARGEST,
            (k, n, a, ao, b, bo, beta, y, yo) ->
                k.denseCrossEntropy(ROWS, n, a, ao, b, bo, LOSSES, 0, y, yo)),
        new Case(
            "logSoftmaxRows",
            Kind.FULL_ROWS,
            "a",
            NO_BETA,
            (n, expected) -> 2 * ((n + 4) * U + 2 * U * size(expected)),
            (k, n, a, ao, b, bo, beta, y, yo) -> k.logSoftmaxRows(ROWS, n, a, ao, y, yo)),
        new Case(
            "logSoftmaxRowsBackward",
            Kind.ROWS,
            "b",
            BETAS,
            // The exponential's and the sum's bounds times e² < 8, and two roundings.
            (n, expected) -> (n * n + 4 * n) * LARGEST * 8 * U + 4 * U * size(expected),
            (k, n, a, ao, b, bo, beta, y, yo) ->
                k.logSoftmaxRowsBackward(ROWS, n, a, ao, b, bo, beta, y, yo)));
  }

  private static Tolerance ulps(int ulps) {
    return (n, expected) -> ulps * Math.ulp(expected);
  }

  /// Bounds of a factor below 1, times dy, and two roundings.
  private static Tolerance derivativeUlps(int ulps) {
    return (n, expected) -> (2 * ulps * LARGEST + 4) * U + 4 * U * size(expected);
  }

  private static float size(float value) {
    return Math.abs(value);
  }

  /// n elements in rows of ten; what is left over is a row, too.
  private static void softmaxRowsOfTen(
      FloatKernels kernels, int n, float[] x, int xOffset, float[] y, int yOffset) {
    int full = n / 10 * 10;
    kernels.softmaxRows(n / 10, 10, x, xOffset, y, yOffset);
    if (full < n) {
      kernels.softmaxRows(1, n - full, x, xOffset + full, y, yOffset + full);
    }
  }
}
