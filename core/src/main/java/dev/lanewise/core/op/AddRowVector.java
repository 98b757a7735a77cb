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

/// `Yᵢⱼ = Xᵢⱼ + vⱼ`: adds a vector `[columns]` to every row of `[rows,columns]`, as a bias is.
///
/// Gradients: `dX = dY`, `dv` = the sum of the rows of dY.
public record AddRowVector() implements Op<@Nullable Void> {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Arity.require(name(), 2, inputs);
    Shape x = inputs.get(0);
    Shape v = inputs.get(1);
    ShapeException.requireRank(name(), "the matrix", 2, x);
    ShapeException.requireRank(name(), "the vector", 1, v);
    ShapeException.requireSameAxis(name(), "the matrix", x, 1, "the vector", v, 0);
    return x;
  }

  @Override
  public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
    TensorMath.addRowVector(inputs.get(0), inputs.get(1), output);
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
      TensorMath.accumulate(outputGradient, sink.beta(0), sink.buffer(0));
    }
    if (sink.needs(1)) {
      TensorMath.columnSums(outputGradient, sink.beta(1), sink.buffer(1));
    }
  }

  @Override
  public boolean rowwise(int input) {
    return input == 0;
  }

  @Override
  public boolean summedOverBatch(int input) {
    return input == 1;
  }

  @Override
  public void sumOverBatch(
      int input,
      int from,
      int to,
      List<Tensor> inputs,
      Tensor outputGradient,
      double beta,
      Tensor rows,
      Pass pass) {
    TensorMath.columnSums(outputGradient, beta, rows);
  }
}
