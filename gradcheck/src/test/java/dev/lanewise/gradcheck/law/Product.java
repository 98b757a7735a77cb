package dev.lanewise.gradcheck.law;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `y = x·w`, element by element: a right op of two inputs whose methods wrong ops override.
class Product implements Op<@Nullable Object> {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    ShapeException.requireEqual(name(), "x", inputs.get(0), "w", inputs.get(1));
    return inputs.get(0);
  }

  @Override
  public @Nullable Object forward(List<Tensor> inputs, Tensor output, Pass pass) {
    for (int i = 0; i < output.size(); i++) {
      output.setFlat(i, inputs.get(0).getFlat(i) * inputs.get(1).getFlat(i));
    }
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
    for (int input = 0; input < 2; input++) {
      if (sink.needs(input)) {
        give(input, inputs, outputGradient, sink);
      }
    }
  }

  static void give(int input, List<Tensor> inputs, Tensor u, GradientSink sink) {
    Tensor other = inputs.get(1 - input);
    Square.give(sink, input, i -> other.getFlat(i) * u.getFlat(i));
  }

  @Override
  public String name() {
    return "Product";
  }
}
