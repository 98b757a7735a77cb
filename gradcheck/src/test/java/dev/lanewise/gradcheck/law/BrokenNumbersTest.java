package dev.lanewise.gradcheck.law;

import static dev.lanewise.gradcheck.law.Breaking.of;
import static dev.lanewise.gradcheck.law.Breaking.wrong;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Wrong ops that break the laws of float32 and of smooth functions.
class BrokenNumbersTest {
  @TestFactory
  Stream<DynamicTest> ofNumbers() {
    return Breaking.tests(more(), "x");
  }

  private static List<Breaking.Wrong> more() {
    Square otherInFloat =
        new Square() {
          @Override
          void forward(Tensor x, Tensor y, Pass pass) {
            for (int i = 0; i < y.size(); i++) {
              double eps = x.dtype() == DType.FLOAT32 ? 1e-4 : 1e-12;
              y.setFlat(i, x.getFlat(i) * x.getFlat(i) + eps);
            }
          }
        };
    Square offInFloat =
        new Square() {
          @Override
          void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
            double factor = x.dtype() == DType.FLOAT32 ? 1 + 1e-4 : 1;
            give(sink, 0, i -> factor * gradient(x.getFlat(i), u.getFlat(i)));
          }
        };
    Square halfPrecision =
        new Square() {
          @Override
          void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
            boolean single = x.dtype() == DType.FLOAT32;
            give(
                sink,
                0,
                i -> {
                  double g = gradient(x.getFlat(i), u.getFlat(i));
                  int bits = Float.floatToRawIntBits((float) g) & 0xffff0000;
                  return single ? Float.intBitsToFloat(bits) : g;
                });
          }
        };
    return List.of(
        wrong("another epsilon in float32", AgreesInFloat32.of(otherInFloat), otherInFloat),
        wrong("a part in 10,000 off in float32", AgreesInFloat32.of(offInFloat), offInFloat),
        wrong("bfloat16 on the way", AgreesInFloat32.of(halfPrecision), halfPrecision),
        wrong(
            "a millionth off at one element",
            new GradientTheorem(),
            new Square() {
              @Override
              void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                give(sink, 0, i -> (i == 7 ? 1 + 1e-6 : 1) * gradient(x.getFlat(i), u.getFlat(i)));
              }
            }),
        new Breaking.Wrong(
            "a gradient of the neighbour",
            new SymmetricSecondDerivative(),
            of(
                new Square() {
                  @Override
                  void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                    int size = x.size();
                    give(sink, 0, i -> 2 * x.getFlat((i + 1) % size) * u.getFlat(i));
                  }
                })));
  }
}
