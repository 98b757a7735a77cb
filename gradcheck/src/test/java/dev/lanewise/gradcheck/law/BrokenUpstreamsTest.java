package dev.lanewise.gradcheck.law;

import static dev.lanewise.gradcheck.law.Breaking.broken;
import static dev.lanewise.gradcheck.law.Breaking.of;
import static dev.lanewise.gradcheck.law.Breaking.wrong;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Wrong ops that break the laws of upstreams and of sums of gradients.
class BrokenUpstreamsTest {
  @TestFactory
  Stream<DynamicTest> ofOneInput() {
    return Breaking.tests(upstream(), "x");
  }

  private static Square gradient(Gradient gradient) {
    return new Square() {
      @Override
      double gradient(double x, double u) {
        return gradient.of(x, u);
      }
    };
  }

  @FunctionalInterface
  private interface Gradient {
    double of(double x, double u);
  }

  private static List<Breaking.Wrong> upstream() {
    return List.of(
        wrong("weight decay", new ZeroUpstream(), gradient((x, u) -> 2 * x * u + 1e-4 * x)),
        wrong("1e-12 added", new ZeroUpstream(), gradient((x, u) -> 2 * x * u + 1e-12)),
        wrong(
            "a write where the upstream is zero",
            new ZeroUpstream(),
            gradient((x, u) -> u == 0 ? 1 : 2 * x * u)),
        wrong("clipping", new Homogeneous(), gradient((x, u) -> Math.clamp(2 * x * u, -1.0, 1.0))),
        wrong(
            "clipping of what is a thousand times as large",
            new Homogeneous(),
            gradient((x, u) -> Math.clamp(2 * x * u, -1e3, 1e3))),
        wrong(
            "what is small is flushed",
            new Homogeneous(),
            gradient((x, u) -> Math.abs(u) < 1e-4 ? 0 : 2 * x * u)),
        wrong(
            "normalising",
            new Homogeneous(),
            new Square() {
              @Override
              void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                double norm = Math.sqrt(TensorMath.dot(u, u));
                give(sink, 0, i -> norm == 0 ? 0 : 2 * x.getFlat(i) * u.getFlat(i) / norm);
              }
            }),
        wrong("the upstream is ignored", new Homogeneous(), gradient((x, u) -> 2 * x)),
        wrong("guided backward", new Homogeneous(), gradient((x, u) -> 2 * x * Math.max(u, 0))),
        wrong(
            "1e-13 of its magnitude added",
            new Homogeneous(),
            gradient((x, u) -> 2 * x * u + 1e-13 * Math.abs(2 * x * u))),
        wrong("rounded to float32 inside", new Additive(), gradient((x, u) -> 2 * x * (float) u)),
        wrong(
            "the signs of the upstream count apart",
            new Additive(),
            gradient((x, u) -> u > 0 ? 2 * x * u : 1.9 * x * u)),
        wrong(
            "assigned instead of added",
            new FanOut(),
            new Square() {
              @Override
              void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                Tensor buffer = sink.buffer(0);
                for (int i = 0; i < u.size(); i++) {
                  buffer.setFlat(i, gradient(x.getFlat(i), u.getFlat(i)));
                }
              }
            }));
  }

  @TestFactory
  Stream<DynamicTest> ofTwoInputs() {
    return Breaking.tests(products(), "x", "w");
  }

  private static List<Breaking.Wrong> products() {
    return List.of(
        wrong(
            "writes to a gradient that nobody wants",
            new UnneededInputs(),
            new Product() {
              @Override
              public void backward(
                  @Nullable Object saved,
                  List<Tensor> inputs,
                  Tensor output,
                  Tensor outputGradient,
                  GradientSink sink,
                  Pass pass) {
                give(0, inputs, outputGradient, sink);
                give(1, inputs, outputGradient, sink);
              }
            }),
        wrong(
            "skips both where one is not wanted",
            new UnneededInputs(),
            new Product() {
              @Override
              public void backward(
                  @Nullable Object saved,
                  List<Tensor> inputs,
                  Tensor output,
                  Tensor outputGradient,
                  GradientSink sink,
                  Pass pass) {
                if (sink.needs(0) && sink.needs(1)) {
                  super.backward(saved, inputs, output, outputGradient, sink, pass);
                }
              }
            }),
        wrong(
            "adds for the first input only",
            new FanOut(),
            new Product() {
              @Override
              public void backward(
                  @Nullable Object saved,
                  List<Tensor> inputs,
                  Tensor output,
                  Tensor outputGradient,
                  GradientSink sink,
                  Pass pass) {
                give(0, inputs, outputGradient, sink);
                Tensor buffer = sink.buffer(1);
                TensorMath.multiply(inputs.get(0), outputGradient, 0, buffer);
              }
            }));
  }

  @Test
  void aFindingSaysWhereAndWhat() {
    Square op =
        new Square() {
          @Override
          double gradient(double x, double u) {
            return u == 0 ? 0.5 : 2 * x * u;
          }
        };
    assertEquals(
        "the gradient of a zero upstream is zero: backward(0): the gradient by x[0,0] is 0.5,"
            + " expected 0.0 (15 of 15 elements differ)",
        broken(new ZeroUpstream(), of(op), "x").getFirst().toString());
  }
}
