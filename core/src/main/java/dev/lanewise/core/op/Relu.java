package dev.lanewise.core.op;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.kernel.Activation;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `y = max(x, 0)`, element by element. Derivative: 1 for x > 0, else 0; at the kink 0.
/// Backward reads y, which is positive where x is, and NaN where x is.
public record Relu() implements Op<@Nullable Void> {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Arity.require(name(), 1, inputs);
    return inputs.get(0);
  }

  @Override
  public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
    TensorMath.relu(inputs.get(0), output);
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
      TensorMath.reluBackward(output, outputGradient, sink.beta(0), sink.buffer(0));
    }
  }

  @Override
  public boolean rowwise(int input) {
    return true;
  }

  @Override
  public Activation activation() {
    return Activation.RELU;
  }
}
