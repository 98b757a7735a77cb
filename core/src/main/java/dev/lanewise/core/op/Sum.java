package dev.lanewise.core.op;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `y = (Σ xᵢ)/d` over all elements: a scalar. Gradient: `dxᵢ = dy/d`.
///
/// With the number of examples as the divisor it is the mean that ends a loss. The sum is taken
/// over the whole batch, in an order that does not depend on threads.
///
/// @param divisor d, not zero
public record Sum(double divisor) implements Op<@Nullable Void> {
  /// A sum divided by a number.
  ///
  /// @param divisor d
  /// @throws IllegalArgumentException if it is zero or not finite: the mean of nothing
  public Sum {
    if (divisor == 0 || !Double.isFinite(divisor)) {
      throw new IllegalArgumentException("Sum: the divisor " + divisor + " makes no mean.");
    }
  }

  /// The plain sum.
  ///
  /// @return a sum with the divisor 1
  public static Sum plain() {
    return new Sum(1);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Arity.require(name(), 1, inputs);
    return Shape.SCALAR;
  }

  @Override
  public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
    output.setFlat(0, TensorMath.sum(inputs.get(0)) / divisor);
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
    if (!sink.needs(0)) {
      return;
    }
    double share = outputGradient.item() / divisor;
    if (sink.beta(0) == 0) {
      TensorMath.fill(share, sink.buffer(0));
    } else {
      Tensor shares = pass.scratch(inputs.get(0).shape());
      TensorMath.fill(share, shares);
      TensorMath.add(shares, sink.buffer(0), sink.buffer(0));
    }
  }
}
