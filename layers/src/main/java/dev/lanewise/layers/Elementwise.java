package dev.lanewise.layers;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/// `y = f(x)`, element by element, by calls of given functions. Gradient: `dx = f'(x)·dy`.
record Elementwise(String name, DoubleUnaryOperator function, DoubleUnaryOperator derivative)
    implements Op<@Nullable Void> {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.size() != 1) {
      throw new ShapeException(name + " takes 1 input, but was given " + inputs.size() + ".");
    }
    return inputs.get(0);
  }

  @Override
  public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
    map(function, inputs.get(0), output);
    return null;
  }

  @Override
  public void backward(
      @Nullable Void saved,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      GradientSink sink,
      Pass pass) {
    if (sink.needs(0)) {
      Tensor slopes = pass.scratch(output.shape());
      map(derivative, inputs.get(0), slopes);
      TensorMath.multiply(slopes, outputGradient, sink.beta(0), sink.buffer(0));
    }
  }

  @Override
  public boolean rowwise(int input) {
    return true;
  }

  private static void map(DoubleUnaryOperator f, Tensor x, Tensor y) {
    for (int i = 0; i < x.size(); i++) {
      y.setFlat(i, f.applyAsDouble(x.getFlat(i)));
    }
  }
}
