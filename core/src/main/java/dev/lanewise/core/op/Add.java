package dev.lanewise.core.op;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `y = a + b`, element by element, of equal shapes. Gradients: `da = dy`, `db = dy`.
public record Add() implements Op<@Nullable Void> {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Arity.require(name(), 2, inputs);
    ShapeException.requireEqual(name(), "a", inputs.get(0), "b", inputs.get(1));
    return inputs.get(0);
  }

  @Override
  public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
    TensorMath.add(inputs.get(0), inputs.get(1), output);
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
    for (int i = 0; i < 2; i++) {
      if (sink.needs(i)) {
        TensorMath.accumulate(outputGradient, sink.beta(i), sink.buffer(i));
      }
    }
  }

  @Override
  public boolean rowwise(int input) {
    return true;
  }
}
