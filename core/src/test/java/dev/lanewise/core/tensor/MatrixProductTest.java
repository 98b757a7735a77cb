package dev.lanewise.core.tensor;

import static dev.lanewise.core.tensor.SmallTensors.assertElements;
import static dev.lanewise.core.tensor.SmallTensors.inside;
import static dev.lanewise.core.tensor.SmallTensors.matrix;
import static dev.lanewise.core.tensor.SmallTensors.refuses;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.kernel.Epilogue;
import dev.lanewise.core.kernel.GemmVariant;
import dev.lanewise.core.kernel.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Which operand of a product goes where, what threads do to its bits, and what is refused.
class MatrixProductTest {
  @ParameterizedTest
  @EnumSource(DType.class)
  void theThreeProductsOfBackpropagation(DType dtype) {
    Tensor a = inside(matrix(dtype, new double[] {1, 2, 3}, new double[] {4, 5, 6}));
    Tensor b = inside(matrix(dtype, new double[] {1, 0}, new double[] {0, 1}, new double[] {2, 2}));
    Tensor scratch = Tensor.zeros(dtype, Shape.of(1 << 20));
    Tensor ab = inside(Tensor.zeros(dtype, Shape.of(2, 2)));
    MatrixProduct.gemm(GemmVariant.NN, a, b, 0, ab, scratch);
    assertElements(ab, 7, 8, 16, 17);
    Tensor abT = inside(Tensor.zeros(dtype, Shape.of(2, 3)));
    MatrixProduct.gemm(GemmVariant.NT, ab, b, 0, abT, scratch);
    assertElements(abT, 7, 8, 30, 16, 17, 66);
    Tensor aTab = inside(Tensor.zeros(dtype, Shape.of(3, 2)));
    MatrixProduct.gemm(GemmVariant.TN, a, ab, 0, aTab, scratch);
    assertElements(aTab, 71, 76, 94, 101, 117, 126);
    MatrixProduct.gemm(GemmVariant.TN, a, ab, 1, aTab, scratch);
    assertElements(aTab, 142, 152, 188, 202, 234, 252);
    Tensor lastRows = inside(Tensor.zeros(dtype, Shape.of(2, 2)));
    MatrixProduct.gemmOfColumns(a, 1, 3, ab, 0, lastRows, scratch);
    assertElements(lastRows, 94, 101, 117, 126);
    MatrixProduct.gemmOfColumns(a, 1, 3, ab, 1, lastRows, scratch);
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
      {1, 3000, 400},
      {3000, 1, 400},
      {3000, 400, 1}, // vectors
      {128, 10, 256},
      {1, 512, 784},
      {784, 512, 1},
      {80, 80, 80} // just large enough
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
                Tensor.zeros(dtype, Shape.of(MatrixProduct.gemmScratch(variant, dtype, m, n, k)));
            MatrixProduct.gemm(variant, a, b, beta, one, scratch);
            try (Workers workers = Workers.of(threads)) {
              int needed = MatrixProduct.gemmScratch(variant, dtype, m, n, k, workers);
              Tensor dirty = inside(waves(dtype, needed, 5));
              TensorMath.fill(Double.NaN, dirty);
              MatrixProduct.gemm(variant, inside(a), inside(b), beta, many, dirty, workers);
              if (needed > 0) {
                Tensor small = dirty.rows(0, needed - 1);
                assertThrows(
                    ShapeException.class,
                    () -> MatrixProduct.gemm(variant, a, b, beta, many, small, workers));
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
    int[][] shapes = {{40, 600, 64}, {600, 40, 64}, {130, 150, 200}, {1, 3000, 400}};
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
              Tensor.zeros(dtype, Shape.of(MatrixProduct.gemmScratch(variant, dtype, m, n, k)));
          MatrixProduct.gemm(variant, a, b, 1, one, epilogue, e, scratch);
          try (Workers workers = Workers.of(3)) {
            assertTrue(GemmPieces.pay(m, n, k, workers.count()), "too small to be shared");
            int needed = MatrixProduct.gemmScratch(variant, dtype, m, n, k, workers);
            Tensor shared = Tensor.zeros(dtype, Shape.of(needed));
            MatrixProduct.gemm(variant, a, b, 1, many, epilogue, e, shared, workers);
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

  @Test
  void operandsThatDoNotFitAreRefused() {
    Tensor row = Tensor.zeros(DType.FLOAT32, Shape.of(3));
    Tensor doubles = Tensor.zeros(DType.FLOAT64, Shape.of(3));
    Tensor a = Tensor.zeros(DType.FLOAT32, Shape.of(2, 3));
    Tensor c = Tensor.zeros(DType.FLOAT32, Shape.of(2, 2));
    Tensor none = Tensor.zeros(DType.FLOAT32, Shape.of(0));
    refuses(
        ShapeException.class,
        "axis 1 of A [2,3]",
        () -> MatrixProduct.gemm(GemmVariant.NN, a, a, 0, c, none));
    refuses(
        ShapeException.class,
        "axis 0 of C",
        () -> MatrixProduct.gemm(GemmVariant.TN, a, a, 0, c, none));
    refuses(
        ShapeException.class,
        "columns 1 to 2",
        () ->
            MatrixProduct.gemmOfColumns(
                a, 1, 2, a, 0, Tensor.zeros(DType.FLOAT32, Shape.of(2, 3)), none));
    Tensor square = Tensor.zeros(DType.FLOAT32, Shape.of(2, 2));
    refuses(
        IllegalArgumentException.class,
        "C shares elements with A",
        () -> MatrixProduct.gemm(GemmVariant.NN, c, square, 0, c, none));
    refuses(
        IllegalArgumentException.class,
        "C shares elements with B",
        () -> MatrixProduct.gemm(GemmVariant.NN, square, c, 0, c, none));
    Tensor room = Tensor.zeros(DType.FLOAT32, Shape.of(1000));
    refuses(
        ShapeException.class,
        "the row",
        () ->
            MatrixProduct.gemm(GemmVariant.NN, square, square, 0, c, Epilogue.ADD_ROW, row, room));
    refuses(
        ShapeException.class,
        "the matrix",
        () ->
            MatrixProduct.gemm(
                GemmVariant.NN, square, square, 0, c, Epilogue.RELU_BACKWARD, row, room));
    refuses(
        IllegalArgumentException.class,
        "float64",
        () ->
            MatrixProduct.gemm(
                GemmVariant.NN, square, square, 0, c, Epilogue.ADD_ROW, doubles.rows(0, 2), room));
    refuses(
        IllegalArgumentException.class,
        "TANH_BACKWARD shares elements with C",
        () ->
            MatrixProduct.gemm(
                GemmVariant.NN, square, square, 0, c, Epilogue.TANH_BACKWARD, c, room));
  }
}
