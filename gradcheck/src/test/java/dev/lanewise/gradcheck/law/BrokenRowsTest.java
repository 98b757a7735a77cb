package dev.lanewise.gradcheck.law;

import static dev.lanewise.gradcheck.law.Breaking.of;
import static dev.lanewise.gradcheck.law.Breaking.wrong;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.op.AddRowVector;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.gradcheck.CheckInputs;
import dev.lanewise.gradcheck.problem.PickRows;
import dev.lanewise.gradcheck.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Wrong ops that break the laws of rows and batches.
class BrokenRowsTest {
  private static final List<String> X = List.of("x");

  @TestFactory
  Stream<DynamicTest> ofRows() {
    return Breaking.tests(rows(), "x");
  }

  private static List<Breaking.Wrong> rows() {
    RowIndependence independence = new RowIndependence(X);
    Mean leak = new Mean(1e-9);
    return List.of(
        wrong("1e-9 of the batch's mean leaks, with its gradient", independence, leak),
        wrong(
            "a divisor that is the number of rows",
            independence,
            new Square() {
              @Override
              void forward(Tensor x, Tensor y, Pass pass) {
                super.forward(x, y, pass);
                TensorMath.scale(1.0 / x.shape().rows(), y, y);
              }

              @Override
              void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                give(sink, 0, i -> 2 * x.getFlat(i) * u.getFlat(i) / x.shape().rows());
              }
            }),
        wrong(
            "a gradient that leaks to the next row",
            independence,
            new Square() {
              @Override
              void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                int size = x.size();
                give(
                    sink,
                    0,
                    i ->
                        2 * x.getFlat(i) * u.getFlat(i)
                            + 1e-12 * u.getFlat((i + x.shape().rowSize()) % size));
              }
            }),
        wrong(
            "a factor that depends on the position",
            new RowPermutation(X),
            new Square() {
              private double factor(Tensor x, int i) {
                return 1 + 1e-12 * (i / x.shape().rowSize());
              }

              @Override
              void forward(Tensor x, Tensor y, Pass pass) {
                for (int i = 0; i < y.size(); i++) {
                  y.setFlat(i, factor(x, i) * x.getFlat(i) * x.getFlat(i));
                }
              }

              @Override
              void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                give(sink, 0, i -> factor(x, i) * 2 * x.getFlat(i) * u.getFlat(i));
              }
            }),
        new Breaking.Wrong(
            "the batch's mean in each shard",
            new ShardsAgree((graph, inputs) -> graph.apply(leak, PickRows.all(inputs.get("x")))),
            of(leak)),
        wrong(
            "the first row is needed",
            BatchSizes.zeroAndOne(X),
            new Square() {
              @Override
              void forward(Tensor x, Tensor y, Pass pass) {
                super.forward(x, y, pass);
                y.setFlat(0, x.getFlat(0) * x.getFlat(0));
              }
            }),
        wrong(
            "the second row is needed",
            BatchSizes.zeroAndOne(X),
            new Square() {
              @Override
              void forward(Tensor x, Tensor y, Pass pass) {
                super.forward(x, y, pass);
                if (x.shape().rows() > 0) {
                  y.setFlat(0, y.getFlat(0) + 0 * x.get(1, 0));
                }
              }
            }),
        wrong(
            "a variance of one row by n − 1",
            BatchSizes.zeroAndOne(X),
            new Square() {
              @Override
              void forward(Tensor x, Tensor y, Pass pass) {
                super.forward(x, y, pass);
                double n = x.shape().rows();
                TensorMath.scale((n - 1) / (n - 1), y, y);
              }
            }));
  }

  /// Adds part of the mean over all rows, with the right gradient, and calls itself row-wise.
  private static final class Mean extends Square {
    private final double part;

    Mean(double part) {
      this.part = part;
    }

    @Override
    void forward(Tensor x, Tensor y, Pass pass) {
      super.forward(x, y, pass);
      double mean = TensorMath.sum(x) / x.size();
      for (int i = 0; i < y.size(); i++) {
        y.setFlat(i, y.getFlat(i) + part * mean);
      }
    }

    @Override
    void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
      double mean = TensorMath.sum(u) / x.size();
      give(sink, 0, i -> gradient(x.getFlat(i), u.getFlat(i)) + part * mean);
    }
  }

  @Test
  void noExampleGivesParametersNoGradient() {
    Parameter bias = Parameter.of(Tensor.of(DType.FLOAT64, Shape.of(3), 1, 2, 3));
    Op<?> decaying =
        new Product() {
          @Override
          public Shape outputShape(List<Shape> inputs) {
            return new AddRowVector().outputShape(inputs);
          }

          @Override
          public @Nullable Object forward(List<Tensor> inputs, Tensor output, Pass pass) {
            TensorMath.addRowVector(inputs.get(0), inputs.get(1), output);
            return null;
          }

          @Override
          public void backward(
              @Nullable Object saved,
              List<Tensor> inputs,
              Tensor output,
              Tensor outputGradient,
              GradientSink sink,
              Pass pass) {
            Square.give(sink, 0, outputGradient::getFlat);
            Square.give(sink, 1, i -> inputs.get(1).getFlat(i));
          }
        };
    Problem problem =
        new Problem(
            "decaying",
            Key.of(1),
            Map.of("x", CheckInputs.normal(Breaking.SHAPE, Key.of(2))),
            new Parameters(Map.of("bias", bias)),
            (graph, inputs) -> graph.apply(decaying, inputs.get("x"), graph.parameter(bias)));
    List<Finding> findings = Laws.broken(problem, Key.of(3), List.of(BatchSizes.zeroAndOne(X)));
    assertEquals(
        List.of(
            "batches of any size are batches: with a batch of 0: the gradient by bias[0] is 1.0,"
                + " expected 0.0 (3 of 3 elements differ)"),
        findings.stream().map(Finding::toString).toList());
  }
}
