package dev.lanewise.core.tensor;

import static dev.lanewise.core.tensor.SmallTensors.assertElements;
import static dev.lanewise.core.tensor.SmallTensors.inside;
import static dev.lanewise.core.tensor.SmallTensors.matrix;
import static dev.lanewise.core.tensor.SmallTensors.refuses;
import static dev.lanewise.core.tensor.SmallTensors.vector;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the tensors add to the kernels: which operand goes where, and what is refused.
class TensorMathTest {
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
    refuses(
        ShapeException.class,
        "softmax",
        () -> TensorMath.softmaxRows(a.reshape(Shape.of(6)), a.reshape(Shape.of(6))));
  }
}
