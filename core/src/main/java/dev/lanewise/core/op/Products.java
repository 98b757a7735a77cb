package dev.lanewise.core.op;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.kernel.Epilogue;
import dev.lanewise.core.kernel.GemmVariant;
import dev.lanewise.core.kernel.Workers;
import dev.lanewise.core.tensor.MatrixProduct;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// The three products of backpropagation through `Y = A·B`, for the ops that are such a product:
/// with a B that is packed for all shards, where that pays, and by all threads, where they are
/// free.
final class Products {
  /// Rows of B up to this length, in bytes, are read as well where they lie.
  private static final int SHORT_ROW = 1024;

  /// With no more rows of A in all shards together, longer ones of a B of no more than so many
  /// elements are too: packing takes longer than it saves, as far as was measured.
  private static final int FEW_ROWS = 256;

  private static final int MEDIUM = 1 << 19;

  /// The elements of a B that is not worth its transposing.
  private static final int SMALL = 1 << 14;

  private Products() {}

  /// B as the shards' products read it; null where it does not pay.
  private record Packed(@Nullable Tensor straight, @Nullable Tensor transposed) {}

  /// What the shards share; see [dev.lanewise.core.graph.Op#prepare].
  static Object prepare(Tensor a, Tensor b, IntPredicate wanted, Pass pass, Workers workers) {
    boolean longRows = b.shape().dim(1) * b.dtype().bytes() > SHORT_ROW;
    int readInPlace = a.shape().dim(0) > FEW_ROWS ? SMALL : MEDIUM;
    boolean straight = longRows && b.size() > readInPlace;
    boolean transposed = pass.training() && wanted.test(0) && b.size() > SMALL;
    return new Packed(
        straight ? packed(GemmVariant.NN, b, pass, workers) : null,
        transposed ? packed(GemmVariant.NT, b, pass, workers) : null);
  }

  /// `Y ← f(A·B, E)`.
  static void forward(Tensor a, Tensor b, Epilogue epilogue, Tensor e, Tensor y, Pass pass) {
    if (pass.prepared() instanceof Packed(Tensor packed, var transposed) && packed != null) {
      MatrixProduct.gemmPacked(
          GemmVariant.NN, a, packed, 0, y, epilogue, e, packedScratch(y, pass));
    } else {
      product(GemmVariant.NN, a, b, 0, y, epilogue, e, pass);
    }
  }

  /// `dA ← beta·dA + dY·Bᵀ` if it is needed; A is the input 0.
  static void leftGradient(Tensor b, Tensor dy, GradientSink sink, Pass pass) {
    if (sink.needs(0)) {
      leftGradient(b, dy, sink.beta(0), sink.buffer(0), Epilogue.NONE, dy, pass);
    }
  }

  /// `dA ← f(dY·Bᵀ, E)` if it is needed; A is the input 0.
  static void leftGradient(
      Tensor b, Tensor dy, Epilogue epilogue, Tensor e, GradientSink sink, Pass pass) {
    if (sink.needs(0)) {
      if (sink.beta(0) != 0) {
        throw new IllegalStateException("The gradient by an activation's input has two parts.");
      }
      leftGradient(b, dy, 0, sink.buffer(0), epilogue, e, pass);
    }
  }

  private static void leftGradient(
      Tensor b, Tensor dy, double beta, Tensor da, Epilogue epilogue, Tensor e, Pass pass) {
    if (pass.prepared() instanceof Packed(var straight, Tensor bT) && bT != null) {
      Tensor scratch = packedScratch(da, pass);
      MatrixProduct.gemmPacked(GemmVariant.NN, dy, bT, beta, da, epilogue, e, scratch);
    } else {
      product(GemmVariant.NT, dy, b, beta, da, epilogue, e, pass);
    }
  }

  /// `dB ← beta·dB + Aᵀ·dY` if it is needed; B is the input 1.
  static void rightGradient(Tensor a, Tensor dy, GradientSink sink, Pass pass) {
    if (sink.needs(1)) {
      product(GemmVariant.TN, a, dy, sink.beta(1), sink.buffer(1), Epilogue.NONE, dy, pass);
    }
  }

  /// Some rows of dB, over the whole batch.
  static void rightGradient(
      Tensor a, int from, int to, Tensor dy, double beta, Tensor rows, Pass pass) {
    int k = a.shape().dim(0);
    int n = dy.shape().dim(1);
    int needed = MatrixProduct.gemmScratch(GemmVariant.TN, rows.dtype(), to - from, n, k);
    MatrixProduct.gemmOfColumns(a, from, to, dy, beta, rows, pass.scratch(needed));
  }

  private static Tensor packed(GemmVariant variant, Tensor b, Pass pass, Workers workers) {
    int columnAxis = variant == GemmVariant.NT ? 0 : 1;
    int n = b.shape().dim(columnAxis);
    int k = b.shape().dim(1 - columnAxis);
    Tensor packed = pass.saved(Shape.of(MatrixProduct.packedSize(b.dtype(), n, k)));
    MatrixProduct.pack(variant, b, packed, workers);
    return packed;
  }

  private static Tensor packedScratch(Tensor c, Pass pass) {
    return pass.scratch(MatrixProduct.gemmPackedScratch(c.dtype()));
  }

  private static void product(
      GemmVariant variant,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c,
      Epilogue epilogue,
      Tensor e,
      Pass pass) {
    Tensor scratch = scratch(variant, a, c, pass);
    Workers workers = pass.workers();
    if (workers != null) {
      MatrixProduct.gemm(variant, a, b, beta, c, epilogue, e, scratch, workers);
    } else {
      MatrixProduct.gemm(variant, a, b, beta, c, epilogue, e, scratch);
    }
  }

  private static Tensor scratch(GemmVariant variant, Tensor a, Tensor c, Pass pass) {
    int k = a.shape().dim(variant == GemmVariant.TN ? 0 : 1);
    int m = c.shape().dim(0);
    int n = c.shape().dim(1);
    Workers workers = pass.workers();
    return pass.scratch(
        workers != null
            ? MatrixProduct.gemmScratch(variant, c.dtype(), m, n, k, workers)
            : MatrixProduct.gemmScratch(variant, c.dtype(), m, n, k));
  }
}
