package dev.lanewise.core.op;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.kernel.GemmVariant;
import dev.lanewise.core.kernel.Workers;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import java.util.function.IntPredicate;
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

  /// B as the shards' products read it; null where it does not pay.
  private record Packed(@Nullable Tensor straight, @Nullable Tensor transposed) {}

  /// Rows of B up to this length are read as well where they lie.
  private static final int SHORT_ROW = 1024;

  /// The elements of a B that is not worth its transposing.
  private static final int SMALL = 1 << 14;

  @Override
  public Object prepare(List<Tensor> inputs, IntPredicate wanted, Pass pass, Workers workers) {
    Tensor b = inputs.get(1);
    boolean straight = b.shape().dim(1) * b.dtype().bytes() > SHORT_ROW && b.size() > SMALL;
    boolean transposed = pass.training() && wanted.test(0) && b.size() > SMALL;
    return new Packed(
        straight ? packed(GemmVariant.NN, b, pass, workers) : null,
        transposed ? packed(GemmVariant.NT, b, pass, workers) : null);
  }

  @Override
  public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
    Tensor a = inputs.get(0);
    if (pass.prepared() instanceof Packed(Tensor b, var transposed) && b != null) {
      TensorMath.gemmPacked(GemmVariant.NN, a, b, 0, output, packedScratch(output, pass));
    } else {
      product(GemmVariant.NN, a, inputs.get(1), 0, output, pass);
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
    Tensor a = inputs.get(0);
    Tensor b = inputs.get(1);
    if (sink.needs(0)) {
      Tensor da = sink.buffer(0);
      if (pass.prepared() instanceof Packed(var straight, Tensor bT) && bT != null) {
        Tensor scratch = packedScratch(da, pass);
        TensorMath.gemmPacked(GemmVariant.NN, outputGradient, bT, sink.beta(0), da, scratch);
      } else {
        product(GemmVariant.NT, outputGradient, b, sink.beta(0), da, pass);
      }
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

  private static Tensor packed(GemmVariant variant, Tensor b, Pass pass, Workers workers) {
    int columnAxis = variant == GemmVariant.NT ? 0 : 1;
    int n = b.shape().dim(columnAxis);
    int k = b.shape().dim(1 - columnAxis);
    Tensor packed = pass.saved(Shape.of(TensorMath.packedSize(b.dtype(), n, k)));
    TensorMath.pack(variant, b, packed, workers);
    return packed;
  }

  private static Tensor packedScratch(Tensor c, Pass pass) {
    return pass.scratch(TensorMath.gemmPackedScratch(c.dtype()));
  }

  private static void product(
      GemmVariant variant, Tensor a, Tensor b, double beta, Tensor c, Pass pass) {
    int k = a.shape().dim(variant == GemmVariant.TN ? 0 : 1);
    int m = c.shape().dim(0);
    int n = c.shape().dim(1);
    Workers workers = pass.workers();
    if (workers != null) {
      int needed = TensorMath.gemmScratch(variant, c.dtype(), m, n, k, workers);
      TensorMath.gemm(variant, a, b, beta, c, pass.scratch(needed), workers);
    } else {
      int needed = TensorMath.gemmScratch(variant, c.dtype(), m, n, k);
      TensorMath.gemm(variant, a, b, beta, c, pass.scratch(needed));
    }
  }
}
