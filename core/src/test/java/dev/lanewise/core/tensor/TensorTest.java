package dev.lanewise.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorTest {
  private static Tensor counting(DType dtype, int... dims) {
    Tensor tensor = Tensor.zeros(dtype, Shape.of(dims));
    for (int i = 0; i < tensor.size(); i++) {
      tensor.setFlat(i, i);
    }
    return tensor;
  }

  @Test
  void aShapeKnowsItsSizeAndRefusesWhatNoArrayCanHold() {
    assertEquals(24, Shape.of(2, 3, 4).size());
    assertEquals(1, Shape.SCALAR.size());
    assertEquals(0, Shape.of(5, 0).size());
    assertEquals(12, Shape.of(2, 3, 4).rowSize());
    assertEquals(Shape.of(7, 3, 4), Shape.of(2, 3, 4).withRows(7));
    assertEquals("[2,3,4]", Shape.of(2, 3, 4).toString());
    assertThrows(IllegalArgumentException.class, () -> Shape.of(1 << 16, 1 << 15));
    assertThrows(IllegalArgumentException.class, () -> Shape.of(0, 1 << 16, 1 << 16));
    assertThrows(IllegalArgumentException.class, () -> Shape.of(1 << 16, 1 << 16, 0));
    assertThrows(IllegalArgumentException.class, () -> Shape.of(1 << 31 - 1, 1 << 31 - 1, 4));
    assertThrows(IllegalArgumentException.class, () -> Shape.of(-1));
    assertThrows(IndexOutOfBoundsException.class, Shape.SCALAR::rows);
  }

  @Test
  void aShapeDoesNotFollowTheArrayItWasMadeFrom() {
    int[] dims = {2, 3};
    Shape shape = Shape.of(dims);
    dims[0] = 9;
    shape.dims()[1] = 9;
    assertEquals(Shape.of(2, 3), shape);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void elementsStandInRowMajorOrder(DType dtype) {
    Tensor tensor = counting(dtype, 2, 3);
    assertEquals(5, tensor.get(1, 2));
    tensor.set(-1, 1, 0);
    assertArrayEquals(new double[] {0, 1, 2, -1, 4, 5}, tensor.toDoubles());
    assertThrows(IndexOutOfBoundsException.class, () -> tensor.get(0, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> tensor.get(0));
    assertThrows(IndexOutOfBoundsException.class, () -> tensor.getFlat(6));
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void rowsAndReshapeAreViewsAndCopyIsNot(DType dtype) {
    Tensor tensor = counting(dtype, 4, 2);
    Tensor rows = tensor.rows(1, 3);
    assertArrayEquals(new double[] {2, 3, 4, 5}, rows.toDoubles());
    rows.reshape(Shape.of(4)).set(99, 3);
    assertEquals(99, tensor.get(2, 1));
    Tensor copy = rows.copy();
    copy.setFlat(0, -7);
    assertEquals(2, rows.getFlat(0));
    assertEquals(Shape.of(0, 2), tensor.rows(4, 4).shape());
    assertThrows(IndexOutOfBoundsException.class, () -> tensor.rows(3, 5));
    assertThrows(ShapeException.class, () -> tensor.reshape(Shape.of(3, 3)));
  }

  @Test
  void conversionRoundsToNearest() {
    Tensor third = Tensor.scalar(DType.FLOAT64, 1.0 / 3);
    assertEquals((float) (1.0 / 3), third.to(DType.FLOAT32).item());
    assertNotSame(third, third.to(DType.FLOAT64));
    assertTrue(third.sameBits(third.to(DType.FLOAT64)));
  }

  @Test
  void sameBitsTellsZerosApart() {
    Tensor plus = Tensor.scalar(DType.FLOAT32, 0.0);
    assertFalse(plus.sameBits(Tensor.scalar(DType.FLOAT32, -0.0)));
    assertFalse(plus.sameBits(Tensor.scalar(DType.FLOAT64, 0.0)));
    assertFalse(plus.sameBits(Tensor.zeros(DType.FLOAT32, Shape.of(1))));
    Tensor nan = Tensor.scalar(DType.FLOAT32, Double.NaN);
    assertTrue(nan.sameBits(nan.copy()));
  }

  @Test
  void itemDemandsASingleElement() {
    assertEquals(3, Tensor.of(DType.FLOAT32, Shape.of(1, 1), 3).item());
    assertThrows(ShapeException.class, () -> Tensor.zeros(DType.FLOAT32, Shape.of(2)).item());
    assertThrows(ShapeException.class, () -> Tensor.of(DType.FLOAT32, Shape.of(2), 1));
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void aLeasedTensorAndItsViewsThrowOnceTheLeaseEnds(DType dtype) {
    boolean[] open = {true};
    Tensor leased =
        counting(dtype, 2, 2)
            .leased(
                () -> {
                  if (!open[0]) {
                    throw new IllegalStateException("over");
                  }
                });
    Tensor view = leased.rows(0, 1).reshape(Shape.of(2));
    assertEquals(1, view.getFlat(1));
    Tensor copy = leased.copy();
    open[0] = false;
    assertThrows(IllegalStateException.class, () -> view.getFlat(1));
    assertThrows(IllegalStateException.class, () -> leased.setFlat(0, 1));
    assertThrows(IllegalStateException.class, leased::toDoubles);
    assertEquals(dtype.label() + "[2,2] {closed}", leased.toString());
    assertThrows(IllegalStateException.class, () -> TensorMath.relu(leased, leased));
    assertEquals(3, copy.getFlat(3));
  }

  @Test
  void labelsMustBeWholeAndInRange() {
    Tensor labels = DoubleTensor.vector(0, 2, 3, 1.5, -1, Double.NaN);
    assertEquals(2, Labels.at("loss", labels, 1, 3));
    for (int row = 2; row < 6; row++) {
      int wrong = row;
      String message =
          assertThrows(IllegalArgumentException.class, () -> Labels.at("loss", labels, wrong, 3))
              .getMessage();
      assertTrue(message.contains("row " + row), message);
    }
  }
}
