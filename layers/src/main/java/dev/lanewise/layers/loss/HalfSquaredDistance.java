package dev.lanewise.layers.loss;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ℓᵢ = ½‖yᵢ − tᵢ‖²` for each row. Gradient: `dyᵢ = dℓᵢ·(yᵢ − tᵢ)`.
record HalfSquaredDistance() implements Op<@Nullable Void> {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Checks.requireTwo(name(), inputs);
    Checks.requireSameRows(name(), inputs.get(0), inputs.get(1));
    return Shape.of(inputs.get(0).rows());
  }

  @Override
  public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
    Tensor difference = difference(inputs, pass);
    TensorMath.multiply(difference, difference, 0, difference);
    Rows.sum(difference, output, pass);
    TensorMath.scale(0.5, output, output);
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
    Checks.refuseTargetGradient(name(), sink);
    if (!sink.needs(Checks.PREDICTION)) {
      return;
    }
    Tensor difference = difference(inputs, pass);
    Tensor upstream = pass.scratch(difference.shape());
    Rows.spread(outputGradient, upstream, pass);
    TensorMath.multiply(
        upstream, difference, sink.beta(Checks.PREDICTION), sink.buffer(Checks.PREDICTION));
  }

  @Override
  public boolean rowwise(int input) {
    return true;
  }

  private static Tensor difference(List<Tensor> inputs, Pass pass) {
    Tensor difference = pass.scratch(inputs.get(0).shape());
    TensorMath.copy(inputs.get(Checks.PREDICTION), difference);
    TensorMath.axpy(-1, inputs.get(Checks.TARGET), difference);
    return difference;
  }
}
