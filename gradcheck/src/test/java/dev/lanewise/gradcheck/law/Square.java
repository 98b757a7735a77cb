package dev.lanewise.gradcheck.law;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// `y = x²`, element by element: a right op whose methods wrong ops override.
class Square implements Op<@Nullable Object> {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.size() != 1) {
      throw new ShapeException(name() + " takes one input, not " + inputs.size() + ".");
    }
    return inputs.get(0);
  }

  @Override
  public @Nullable Object forward(List<Tensor> inputs, Tensor output, Pass pass) {
    forward(inputs.get(0), output, pass);
    return null;
  }

  void forward(Tensor x, Tensor y, Pass pass) {
    for (int i = 0; i < y.size(); i++) {
      y.setFlat(i, value(x.getFlat(i)));
    }
  }

  double value(double x) {
    return x * x;
  }

  @Override
  public void backward(
      @Nullable Object saved,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      GradientSink sink,
      Pass pass) {
    if (sink.needs(0)) {
      Tensor x = inputs.get(0);
      backward(x, outputGradient, sink, pass);
    }
  }

  void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
    give(sink, 0, i -> gradient(x.getFlat(i), u.getFlat(i)));
  }

  double gradient(double x, double u) {
    return 2 * x * u;
  }

  /// Hands a gradient in as the contract wants it.
  static void give(GradientSink sink, int input, IntToDoubleFunction gradient) {
    Tensor buffer = sink.buffer(input);
    boolean add = sink.beta(input) == 1;
    for (int i = 0; i < buffer.size(); i++) {
      buffer.setFlat(i, (add ? buffer.getFlat(i) : 0) + gradient.applyAsDouble(i));
    }
  }

  @Override
  public boolean rowwise(int input) {
    return true;
  }

  @Override
  public String name() {
    return "Square";
  }
}
