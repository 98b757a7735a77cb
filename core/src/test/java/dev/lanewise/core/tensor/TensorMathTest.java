package dev.lanewise.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.kernel.Epilogue;
import dev.lanewise.core.kernel.GemmVariant;
import dev.lanewise.core.kernel.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the tensors add to the kernels: which operand goes where, and what is refused.
class TensorMathTest {
  private static Tensor matrix(DType dtype, double[]... rows) {
    return DoubleTensor.matrix(rows).to(dtype);
  }

  private static Tensor vector(DType dtype, double... elements) {
    return DoubleTensor.vector(elements).to(dtype);
  }

  /// The elements inside a larger array, so that an offset that is forgotten shows.
  private static Tensor inside(Tensor tensor) {
    Tensor larger = Tensor.zeros(tensor.dtype(), Shape.of(tensor.size() + 5));
    TensorMath.fill(Double.NaN, larger);
    Tensor view = larger.rows(3, 3 + tensor.size()).reshape(tensor.shape());
    TensorMath.copy(tensor, view);
    return view;
  }

  private static void assertElements(Tensor tensor, double... expected) {
    assertArrayEquals(expected, tensor.toDoubles(), 1e-6);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void theThreeProductsOfBackpropagation(DType dtype) {
    Tensor a = inside(matrix(dtype, new double[] {1, 2, 3}, new double[] {4, 5, 6}));
    Tensor b = inside(matrix(dtype, new double[] {1, 0}, new double[] {0, 1}, new double[] {2, 2}));
    Tensor scratch = Tensor.zeros(dtype, Shape.of(1 << 20));
    Tensor ab = inside(Tensor.zeros(dtype, Shape.of(2, 2)));
    TensorMath.gemm(GemmVariant.NN, a, b, 0, ab, scratch);
    assertElements(ab, 7, 8, 16, 17);
    Tensor abT = inside(Tensor.zeros(dtype, Shape.of(2, 3)));
    TensorMath.gemm(GemmVariant.NT, ab, b, 0, abT, scratch);
    assertElements(abT, 7, 8, 30, 16, 17, 66);
    Tensor aTab = inside(Tensor.zeros(dtype, Shape.of(3, 2)));
    TensorMath.gemm(GemmVariant.TN, a, ab, 0, aTab, scratch);
    assertElements(aTab, 71, 76, 94, 101, 117, 126);
    TensorMath.gemm(GemmVariant.TN, a, ab, 1, aTab, scratch);
    assertElements(aTab, 142, 152, 188, 202, 234, 252);
    Tensor lastRows = inside(Tensor.zeros(dtype, Shape.of(2, 2)));
    TensorMath.gemmOfColumns(a, 1, 3, ab, 0, lastRows, scratch);
    assertElements(lastRows, 94, 101, 117, 126);
    TensorMath.gemmOfColumns(a, 1, 3, ab, 1, lastRows, scratch);
    assertElements(lastRows, 188, 202, 234, 252);
  }

  @ParameterizedTest
  @EnumSource(GemmVariant.class)
  void threadsThatShareAProductComputeTheBitsOfOne(GemmVariant variant) {
    int[][] shapes = {
      {13, 700, 130},
      {300, 31, 600},
      {97, 101, 1100},
      {256, 2100, 20},
      {12, 9, 9}, // few of each
      {128, 200, 513},
      {1500, 65, 64}, // B is packed first
      {1, 700, 400},
      {700, 1, 400},
      {700, 400, 1} // vectors
    };
    for (DType dtype : DType.values()) {
      for (int[] shape : shapes) {
        int m = shape[0];
        int n = shape[1];
        int k = shape[2];
        Tensor a =
            waves(dtype, m * k, 1.7)
                .reshape(variant == GemmVariant.TN ? Shape.of(k, m) : Shape.of(m, k));
        Tensor b =
            waves(dtype, k * n, 0.3)
                .reshape(variant == GemmVariant.NT ? Shape.of(n, k) : Shape.of(k, n));
        for (int threads = 1; threads <= 4; threads++) {
          for (double beta : new double[] {0, 1, 0.5}) {
            Tensor one = inside(waves(dtype, m * n, 2.1).reshape(Shape.of(m, n)));
            Tensor many = inside(one);
            Tensor scratch =
                Tensor.zeros(dtype, Shape.of(TensorMath.gemmScratch(variant, dtype, m, n, k)));
            TensorMath.gemm(variant, a, b, beta, one, scratch);
            try (Workers workers = Workers.of(threads)) {
              int needed = TensorMath.gemmScratch(variant, dtype, m, n, k, workers);
              Tensor dirty = inside(waves(dtype, needed, 5));
              TensorMath.fill(Double.NaN, dirty);
              TensorMath.gemm(variant, inside(a), inside(b), beta, many, dirty, workers);
              if (needed > 0) {
                Tensor small = dirty.rows(0, needed - 1);
                assertThrows(
                    ShapeException.class,
                    () -> TensorMath.gemm(variant, a, b, beta, many, small, workers));
              }
            }
            assertTrue(one.sameBits(many), () -> dtype + " " + m + "×" + k + "×" + n);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(GemmVariant.class)
  void threadsThatShareAProductFinishItsElementsAsOne(GemmVariant variant) {
    int[][] shapes = {{40, 300, 64}, {300, 40, 64}, {130, 150, 200}, {1, 700, 400}};
    Epilogue[] epilogues = {Epilogue.RELU, Epilogue.ADD_ROW_RELU, Epilogue.RELU_BACKWARD};
    for (DType dtype : DType.values()) {
      for (int[] shape : shapes) {
        int m = shape[0];
        int n = shape[1];
        int k = shape[2];
        Tensor a =
            waves(dtype, m * k, 1.7)
                .reshape(variant == GemmVariant.TN ? Shape.of(k, m) : Shape.of(m, k));
        Tensor b =
            waves(dtype, k * n, 0.3)
                .reshape(variant == GemmVariant.NT ? Shape.of(n, k) : Shape.of(k, n));
        for (Epilogue epilogue : epilogues) {
          Tensor e =
              switch (epilogue.operand()) {
                case NONE -> waves(dtype, 1, 1);
                case ROW -> inside(waves(dtype, n, 0.9));
                case MATRIX -> inside(waves(dtype, m * n, 0.7).reshape(Shape.of(m, n)));
              };
          Tensor one = waves(dtype, m * n, 1.1).reshape(Shape.of(m, n));
          Tensor many = inside(one);
          Tensor scratch =
              Tensor.zeros(dtype, Shape.of(TensorMath.gemmScratch(variant, dtype, m, n, k)));
          TensorMath.gemm(variant, a, b, 1, one, epilogue, e, scratch);
          try (Workers workers = Workers.of(3)) {
            int needed = TensorMath.gemmScratch(variant, dtype, m, n, k, workers);
            Tensor shared = Tensor.zeros(dtype, Shape.of(needed));
            TensorMath.gemm(variant, a, b, 1, many, epilogue, e, shared, workers);
          }
          assertTrue(
              one.sameBits(many), () -> epilogue + " after " + dtype + " " + m + "×" + k + "×" + n);
        }
      }
    }
  }

  private static Tensor waves(DType dtype, int size, double frequency) {
    Tensor tensor = Tensor.zeros(dtype, Shape.of(size));
    for (int i = 0; i < size; i++) {
      tensor.setFlat(i, Math.sin(frequency * i));
    }
    return tensor;
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void elementwiseArithmeticPutsOperandsInTheirPlaces(DType dtype) {
    Tensor x = inside(vector(dtype, 1, -2, 3));
    Tensor y = inside(vector(dtype, 10, 20, 30));
    Tensor out = inside(Tensor.zeros(dtype, Shape.of(3)));
    TensorMath.add(x, y, out);
    assertElements(out, 11, 18, 33);
    TensorMath.scale(2, x, out);
    assertElements(out, 2, -4, 6);
    TensorMath.axpy(-1, x, out);
    assertElements(out, 1, -2, 3);
    TensorMath.multiply(x, y, 0, out);
    assertElements(out, 10, -40, 90);
    TensorMath.multiply(x, y, 1, out);
    assertElements(out, 20, -80, 180);
    TensorMath.accumulate(y, 1, out);
    assertElements(out, 30, -60, 210);
    TensorMath.accumulate(y, 0, out);
    assertElements(out, 10, 20, 30);
    assertEquals(2, TensorMath.sum(x));
    assertEquals(60, TensorMath.dot(x, y));
    assertEquals(3, TensorMath.max(x));
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void rowsAndColumns(DType dtype) {
    Tensor x = inside(matrix(dtype, new double[] {1, 2, 3}, new double[] {4, 5, 6}));
    Tensor v = inside(vector(dtype, 10, 20, 30));
    Tensor out = inside(Tensor.zeros(dtype, Shape.of(2, 3)));
    TensorMath.addRowVector(x, v, out);
    assertElements(out, 11, 22, 33, 14, 25, 36);
    TensorMath.columnSums(x, 0, v);
    assertElements(v, 5, 7, 9);
    TensorMath.columnSums(x, 1, v);
    assertElements(v, 10, 14, 18);
    TensorMath.softmaxRows(x, out);
    double e = Math.E;
    double total = 1 + e + e * e;
    assertElements(out, 1 / total, e / total, e * e / total, 1 / total, e / total, e * e / total);
    Tensor logs = inside(Tensor.zeros(dtype, Shape.of(2, 3)));
    TensorMath.logSoftmaxRows(x, logs);
    TensorMath.exp(logs, logs);
    assertArrayEquals(out.toDoubles(), logs.toDoubles(), 1e-6);
  }

  @Test
  void finitenessSeesANanAndAnInfinityAnywhere() {
    assertTrue(TensorMath.allFinite(DoubleTensor.vector(1, -2)));
    assertFalse(TensorMath.allFinite(DoubleTensor.vector(1, Double.NaN)));
    assertFalse(TensorMath.allFinite(DoubleTensor.vector(Double.NEGATIVE_INFINITY, 1)));
  }

  @Test
  void nothingIsBroadcastAndNoTypesAreMixed() {
    Tensor row = Tensor.zeros(DType.FLOAT32, Shape.of(3));
    Tensor flat = Tensor.zeros(DType.FLOAT32, Shape.of(1, 3));
    Tensor doubles = Tensor.zeros(DType.FLOAT64, Shape.of(3));
    refuses(ShapeException.class, "[3]", () -> TensorMath.add(row, flat, row));
    refuses(ShapeException.class, "[1,3]", () -> TensorMath.relu(flat, row));
    refuses(ShapeException.class, "addRowVector", () -> TensorMath.addRowVector(flat, flat, flat));
    refuses(ShapeException.class, "columnSums", () -> TensorMath.columnSums(row, 0, row));
    refuses(IllegalArgumentException.class, "float64", () -> TensorMath.add(row, doubles, row));
    refuses(IllegalArgumentException.class, "beta", () -> TensorMath.accumulate(row, 2, row));
    Tensor a = Tensor.zeros(DType.FLOAT32, Shape.of(2, 3));
    Tensor c = Tensor.zeros(DType.FLOAT32, Shape.of(2, 2));
    Tensor none = Tensor.zeros(DType.FLOAT32, Shape.of(0));
    refuses(
        ShapeException.class,
        "axis 1 of A [2,3]",
        () -> TensorMath.gemm(GemmVariant.NN, a, a, 0, c, none));
    refuses(
        ShapeException.class,
        "axis 0 of C",
        () -> TensorMath.gemm(GemmVariant.TN, a, a, 0, c, none));
    refuses(
        ShapeException.class,
        "columns 1 to 2",
        () ->
            TensorMath.gemmOfColumns(
                a, 1, 2, a, 0, Tensor.zeros(DType.FLOAT32, Shape.of(2, 3)), none));
    Tensor square = Tensor.zeros(DType.FLOAT32, Shape.of(2, 2));
    Tensor room = Tensor.zeros(DType.FLOAT32, Shape.of(1000));
    refuses(
        ShapeException.class,
        "the row",
        () -> TensorMath.gemm(GemmVariant.NN, square, square, 0, c, Epilogue.ADD_ROW, row, room));
    refuses(
        ShapeException.class,
        "the matrix",
        () ->
            TensorMath.gemm(
                GemmVariant.NN, square, square, 0, c, Epilogue.RELU_BACKWARD, row, room));
    refuses(
        IllegalArgumentException.class,
        "float64",
        () ->
            TensorMath.gemm(
                GemmVariant.NN, square, square, 0, c, Epilogue.ADD_ROW, doubles.rows(0, 2), room));
    refuses(
        IllegalArgumentException.class,
        "TANH_BACKWARD shares elements with C",
        () ->
            TensorMath.gemm(GemmVariant.NN, square, square, 0, c, Epilogue.TANH_BACKWARD, c, room));
    refuses(
        ShapeException.class,
        "softmax",
        () -> TensorMath.softmaxRows(a.reshape(Shape.of(6)), a.reshape(Shape.of(6))));
  }

  private static void refuses(
      Class<? extends Exception> type, String expectedInMessage, Executable action) {
    String message = assertThrows(type, action).getMessage();
    assertTrue(message.contains(expectedInMessage), message);
  }
}
