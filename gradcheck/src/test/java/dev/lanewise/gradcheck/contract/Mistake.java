package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.op.Add;
import dev.lanewise.core.op.AddRowVector;
import dev.lanewise.core.op.LogSoftmax;
import dev.lanewise.core.op.Logistic;
import dev.lanewise.core.op.MatMul;
import dev.lanewise.core.op.Multiply;
import dev.lanewise.core.op.Relu;
import dev.lanewise.core.op.Scale;
import dev.lanewise.core.op.Softmax;
import dev.lanewise.core.op.Softplus;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import net.jqwik.api.Arbitrary;
import org.jspecify.annotations.Nullable;

/// Ways to get the derivative of a core op wrong.
enum Mistake {
  TANH_WITHOUT_THE_SQUARE(new Tanh(), unary((x, y) -> 1 - y)),
  LOGISTIC_WITHOUT_A_FACTOR(new Logistic(), unary((x, y) -> y)),
  LOGISTIC_CLIPPED(new Logistic(), unary((x, y) -> Math.max(y * (1 - y), 0.1))),
  SOFTPLUS_OF_MINUS_X(new Softplus(), unary((x, y) -> 1 / (1 + Math.exp(x)))),
  RELU_LETS_SMALL_NEGATIVES_PASS(new Relu(), unary((x, y) -> x > -0.5 ? 1 : 0)),
  RELU_CUT_OFF_ABOVE_ONE(new Relu(), unary((x, y) -> x > 0 && x < 1 ? 1 : 0)),
  SCALE_LOSES_THE_SIGN(new Scale(-1.75), unary((x, y) -> 1.75)),
  TANH_OFF_BY_A_MILLIONTH(new Tanh(), unary((x, y) -> (1 - y * y) * (1 + 1e-6))),
  SOFTMAX_LIKE_A_LOGISTIC(new Softmax(), unary((x, y) -> y * (1 - y))),
  LOG_SOFTMAX_FORGETS_THE_SUM(new LogSoftmax(), unary((x, y) -> 1 - Math.exp(y))),
  SUM_DIVIDES_TWICE(new Sum(3), (input, g, call) -> scale(g, 1.0 / 3)),
  ADD_SUBTRACTS_THE_SECOND(new Add(), (input, g, call) -> scale(g, input == 1 ? -1 : 1)),
  MULTIPLY_MIXES_UP_ITS_INPUTS(
      new Multiply(),
      (input, g, call) -> {
        for (int i = 0; i < g.size(); i++) {
          g.setFlat(i, call.upstream().getFlat(i) * call.inputs().get(input).getFlat(i));
        }
      }),
  MATMUL_TAKES_THE_MEAN_OVER_ROWS(
      new MatMul(),
      (input, g, call) -> scale(g, input == 1 ? 1.0 / call.upstream().shape().rows() : 1)),
  MATMUL_LOSES_THE_LAST_ROW(
      new MatMul(),
      (input, g, call) -> {
        for (int i = 0; i < g.shape().dim(1) && input == 1; i++) {
          g.set(0, g.shape().rows() - 1, i);
        }
      }),
  ROW_VECTOR_TAKES_THE_MEAN_OVER_ROWS(
      new AddRowVector(),
      (input, g, call) -> scale(g, input == 1 ? 1.0 / call.upstream().shape().rows() : 1)),
  MULTIPLY_ASSIGNS_WHERE_IT_SHOULD_ADD(new Multiply(), (input, g, call) -> {}) {
    @Override
    boolean assigns() {
      return true;
    }
  };

  private final Op<@Nullable Void> right;
  private final Change change;

  Mistake(Op<@Nullable Void> right, Change change) {
    this.right = right;
    this.change = change;
  }

  /// The arguments of a backward.
  record Call(List<Tensor> inputs, Tensor output, Tensor upstream) {}

  /// Spoils the right gradient by an input.
  @FunctionalInterface
  interface Change {
    void spoil(int input, Tensor gradient, Call call);
  }

  boolean assigns() {
    return false;
  }

  Op<?> op() {
    return new WrongOp(this);
  }

  Arbitrary<List<Shape>> shapes() {
    return switch (right) {
      case MatMul matMul -> Shapes.of("[n,k]", "[k,m]");
      case AddRowVector addRowVector -> Shapes.of("[n,k]", "[k]");
      case Add add -> Shapes.of("[n,k]", "[n,k]");
      case Multiply multiply -> Shapes.of("[n,k]", "[n,k]");
      default -> Shapes.of("[n,k]");
    };
  }

  /// `u·f(x, y)`.
  private static Change unary(DoubleBinaryOperator slope) {
    return (input, gradient, call) -> {
      for (int i = 0; i < gradient.size(); i++) {
        double x = call.inputs().getFirst().getFlat(i);
        double y = call.output().getFlat(i);
        gradient.setFlat(i, call.upstream().getFlat(i) * slope.applyAsDouble(x, y));
      }
    };
  }

  private static void scale(Tensor gradient, double factor) {
    for (int i = 0; i < gradient.size(); i++) {
      gradient.setFlat(i, factor * gradient.getFlat(i));
    }
  }

  /// The op that makes the mistake.
  record WrongOp(Mistake mistake) implements Op<@Nullable Void> {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return mistake.right.outputShape(inputs);
    }

    @Override
    public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
      return mistake.right.forward(inputs, output, pass);
    }

    @Override
    public void backward(
        @Nullable Void saved,
        List<Tensor> inputs,
        Tensor output,
        Tensor outputGradient,
        GradientSink sink,
        Pass pass) {
      for (int i = 0; i < inputs.size(); i++) {
        if (sink.needs(i)) {
          Tensor gradient = Tensor.zeros(output.dtype(), inputs.get(i).shape());
          mistake.right.backward(
              null, inputs, output, outputGradient, new OnlyOne(i, gradient), pass);
          mistake.change.spoil(i, gradient, new Call(inputs, output, outputGradient));
          Tensor buffer = sink.buffer(i);
          boolean add = sink.beta(i) == 1 && !mistake.assigns();
          for (int k = 0; k < buffer.size(); k++) {
            buffer.setFlat(k, gradient.getFlat(k) + (add ? buffer.getFlat(k) : 0));
          }
        }
      }
    }

    @Override
    public boolean rowwise(int input) {
      return mistake.right.rowwise(input);
    }

    @Override
    public String name() {
      return mistake.right.name() + "*";
    }
  }

  private record OnlyOne(int input, Tensor gradient) implements GradientSink {
    @Override
    public boolean needs(int other) {
      return other == input;
    }

    @Override
    public Tensor buffer(int other) {
      return gradient;
    }

    @Override
    public double beta(int other) {
      return 0;
    }
  }
}
