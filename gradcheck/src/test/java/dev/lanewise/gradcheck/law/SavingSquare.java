package dev.lanewise.gradcheck.law;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A square that saves 2x.
class SavingSquare extends Square {
  Tensor memory(Shape shape, Pass pass) {
    return pass.saved(shape);
  }

  void used(Tensor saved) {}

  @Override
  public @Nullable Object forward(List<Tensor> inputs, Tensor output, Pass pass) {
    super.forward(inputs, output, pass);
    Tensor saved = memory(output.shape(), pass);
    TensorMath.scale(2, inputs.get(0), saved);
    return saved;
  }

  @Override
  public void backward(
      @Nullable Object saved,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      GradientSink sink,
      Pass pass) {
    if (saved instanceof Tensor factor) {
      give(sink, 0, i -> factor.getFlat(i) * outputGradient.getFlat(i));
      used(factor);
    }
  }
}
