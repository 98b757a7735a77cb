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

/// `yⱼ = xⱼ − log Σₖ e^xₖ` for each row of a matrix. Gradient: `g − eʸ·Σₖ gₖ`.
public record LogSoftmax() implements Op<@Nullable Void> {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Arity.require(name(), 1, inputs);
    ShapeException.requireRank(name(), "the input", 2, inputs.get(0));
    return inputs.get(0);
  }

  @Override
  public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
    TensorMath.logSoftmaxRows(inputs.get(0), output);
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
      TensorMath.logSoftmaxRowsBackward(output, outputGradient, sink.beta(0), sink.buffer(0));
    }
  }

  @Override
  public boolean rowwise(int input) {
    return true;
  }
}
