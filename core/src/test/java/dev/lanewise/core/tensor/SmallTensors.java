package dev.lanewise.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/// Small tensors of either type, and what tests ask of operations on them.
final class SmallTensors {
  private SmallTensors() {}

  static Tensor matrix(DType dtype, double[]... rows) {
    return DoubleTensor.matrix(rows).to(dtype);
  }

  static Tensor vector(DType dtype, double... elements) {
    return DoubleTensor.vector(elements).to(dtype);
  }

  /// The elements inside a larger array, so that an offset that is forgotten shows.
  static Tensor inside(Tensor tensor) {
    Tensor larger = Tensor.zeros(tensor.dtype(), Shape.of(tensor.size() + 5));
    TensorMath.fill(Double.NaN, larger);
    Tensor view = larger.rows(3, 3 + tensor.size()).reshape(tensor.shape());
    TensorMath.copy(tensor, view);
    return view;
  }

  static void assertElements(Tensor tensor, double... expected) {
    assertArrayEquals(expected, tensor.toDoubles(), 1e-6);
  }

  static void refuses(
      Class<? extends Exception> type, String expectedInMessage, Executable action) {
    String message = assertThrows(type, action).getMessage();
    assertTrue(message.contains(expectedInMessage), message);
  }
}
