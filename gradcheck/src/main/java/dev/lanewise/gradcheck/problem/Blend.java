package dev.lanewise.gradcheck.problem;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `y = a + b/2`: brings two uses of a function together. The checker's own, without the kernels,
/// so that a broken addition fails its own check and no other.
public record Blend() implements Op<@Nullable Void> {
  private static final double[] FACTORS = {1, 0.5};

  @Override
  public Shape outputShape(List<Shape> inputs) {
    ShapeException.requireEqual(name(), "a", inputs.get(0), "b", inputs.get(1));
    return inputs.get(0);
  }

  @Override
  public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
    Tensor a = inputs.get(0);
    Tensor b = inputs.get(1);
    for (int i = 0; i < output.size(); i++) {
      output.setFlat(i, FACTORS[0] * a.getFlat(i) + FACTORS[1] * b.getFlat(i));
    }
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
    for (int input = 0; input < 2; input++) {
      Tensor gradient = sink.buffer(input);
      boolean add = sink.beta(input) == 1;
      for (int i = 0; i < gradient.size(); i++) {
        double g = FACTORS[input] * outputGradient.getFlat(i);
        gradient.setFlat(i, add ? gradient.getFlat(i) + g : g);
      }
    }
  }

  @Override
  public boolean rowwise(int input) {
    return true;
  }
}
