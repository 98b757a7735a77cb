package dev.lanewise.core.op;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `y = 1 if x > 0, else 0`, element by element, and NaN where x is: the unit of Rosenblatt's
/// perceptron. Its derivative is zero wherever there is one, and taken as zero at the step, so
/// nothing is learned through it.
public record HardThreshold() implements Op<@Nullable Void> {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Arity.require(name(), 1, inputs);
    return inputs.get(0);
  }

  @Override
  public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
    TensorMath.hardThreshold(inputs.get(0), output);
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
    // Nothing is asked of the sink: the gradient is zero.
  }

  @Override
  public boolean rowwise(int input) {
    return true;
  }
}
