package dev.lanewise.gradcheck.large;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `y = x`, whose backward is wrong by a factor at some positions: makes a wrong coordinate of
/// anything behind it.
///
/// @param factors position → what the right derivative is multiplied by
record Faulty(Map<Integer, Double> factors) implements Op<@Nullable Void> {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inputs.getFirst();
  }

  @Override
  public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
    TensorMath.copy(inputs.getFirst(), output);
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
    Tensor wrong = outputGradient.copy();
    factors.forEach(
        (position, factor) -> wrong.setFlat(position, factor * wrong.getFlat(position)));
    TensorMath.accumulate(wrong, sink.beta(0), sink.buffer(0));
  }
}
