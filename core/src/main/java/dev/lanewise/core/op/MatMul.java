package dev.lanewise.core.op;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.kernel.GemmVariant;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The matrix product `Y = A·B` of `[m,k]` and `[k,n]`.
///
/// Gradients: `dA = dY·Bᵀ`, `dB = Aᵀ·dY`.
public record MatMul() implements Op<@Nullable Void> {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Arity.require(name(), 2, inputs);
    Shape a = inputs.get(0);
    Shape b = inputs.get(1);
    ShapeException.requireRank(name(), "A", 2, a);
    ShapeException.requireRank(name(), "B", 2, b);
    ShapeException.requireSameAxis(name(), "A", a, 1, "B", b, 0);
    return Shape.of(a.dim(0), b.dim(1));
  }

  @Override
  public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
    product(GemmVariant.NN, inputs.get(0), inputs.get(1), 0, output, pass);
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
    Tensor a = inputs.get(0);
    Tensor b = inputs.get(1);
    if (sink.needs(0)) {
      product(GemmVariant.NT, outputGradient, b, sink.beta(0), sink.buffer(0), pass);
    }
    if (sink.needs(1)) {
      product(GemmVariant.TN, a, outputGradient, sink.beta(1), sink.buffer(1), pass);
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
    Tensor a = inputs.get(0);
    int k = a.shape().dim(0);
    int n = outputGradient.shape().dim(1);
    int needed = TensorMath.gemmScratch(GemmVariant.TN, rows.dtype(), to - from, n, k);
    TensorMath.gemmOfColumns(a, from, to, outputGradient, beta, rows, pass.scratch(needed));
  }

  private static void product(
      GemmVariant variant, Tensor a, Tensor b, double beta, Tensor c, Pass pass) {
    int k = a.shape().dim(variant == GemmVariant.TN ? 0 : 1);
    int needed = TensorMath.gemmScratch(variant, c.dtype(), c.shape().dim(0), c.shape().dim(1), k);
    TensorMath.gemm(variant, a, b, beta, c, pass.scratch(needed));
  }
}
