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

/// The logistic function `y = 1/(1 + e⁻ˣ)`, element by element. Derivative: `e/(1 + e)²` with
/// `e = e^−|x|`.
public record Logistic() implements Op<@Nullable Void> {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Arity.require(name(), 1, inputs);
    return inputs.get(0);
  }

  @Override
  public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
    TensorMath.logistic(inputs.get(0), output);
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
      TensorMath.logisticBackward(inputs.get(0), outputGradient, sink.beta(0), sink.buffer(0));
    }
  }

  @Override
  public boolean rowwise(int input) {
    return true;
  }

  @Override
  public Activation activation() {
    return Activation.LOGISTIC;
  }
}
