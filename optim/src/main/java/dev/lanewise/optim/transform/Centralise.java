package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gradient centralisation, Yong and others, *Gradient centralization: a new optimization technique
/// for deep neural networks* (2020), equation 1: from the gradient by the weights that come into a
/// unit, their mean is taken off. Weights are `[in,out]`, so a unit is a column; tensors with less
/// than two axes stay as they are.
public record Centralise() implements GradientTransform<@Nullable Void> {
  @Override
  public @Nullable Void init(Parameters parameters) {
    return null;
  }

  @Override
  public String explain() {
    return "u ← u − mean of each column, of matrices";
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, @Nullable Void state, StepContext step) {
    for (Tensor update : updates) {
      if (update.shape().rank() < 2) {
        continue;
      }
      int rows = update.shape().rows();
      int columns = update.shape().rowSize();
      Tensor matrix = update.reshape(Shape.of(rows, columns));
      Tensor mean = Tensor.zeros(update.dtype(), Shape.of(columns));
      TensorMath.columnSums(matrix, 0, mean);
      TensorMath.scale(-1.0 / rows, mean, mean);
      TensorMath.addRowVector(matrix, mean, matrix);
    }
  }
}
