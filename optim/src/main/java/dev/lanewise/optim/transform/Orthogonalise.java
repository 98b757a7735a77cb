package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.kernel.GemmVariant;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.MatrixProduct;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The orthogonalisation of Muon, Jordan and others, *Muon: an optimizer for hidden layers in
/// neural networks* (2024): each matrix is divided by its Frobenius norm, then n times
/// `X ← a·X + (b·A + c·A²)·X` with `A = X·Xᵀ` and (a, b, c) = (3.4445, −4.775, 2.0315), which draws
/// all singular values near 1; then `u ← √max(1, out/in)·X`.
///
/// The norm is at least ε, as PyTorch has it, or ε is added to it, as in the original. They compute
/// in bfloat16; here it is the parameters' element type.
///
/// @param iterations n, at least 1; usually 5
/// @param epsilon ε, positive; usually 1e-7
/// @param floor whether ε is a floor of the norm, instead of being added
public record Orthogonalise(int iterations, double epsilon, boolean floor)
    implements GradientTransform<@Nullable Void> {
  private static final double A = 3.4445;
  private static final double B = -4.775;
  private static final double C = 2.0315;

  /// An orthogonalisation.
  ///
  /// @throws IllegalArgumentException if a number is not positive
  public Orthogonalise {
    if (iterations < 1) {
      throw new IllegalArgumentException(
          "Muon needs at least 1 iteration of Newton and Schulz, but was given "
              + iterations
              + ".");
    }
    Range.POSITIVE.require("epsilon of Muon", epsilon);
  }

  @Override
  public @Nullable Void init(Parameters parameters) {
    parameters
        .byPath()
        .forEach(
            (path, parameter) -> {
              if (parameter.shape().rank() != 2) {
                throw new IllegalArgumentException(
                    "Muon is for matrices, but " + path + " is " + parameter + ".");
              }
            });
    return null;
  }

  @Override
  public String explain() {
    return "X = u/%s, %d times X ← %s·X + (%s·XXᵀ + %s·(XXᵀ)²)·X, u ← √max(1, out/in)·X"
        .formatted(
            floor ? "max(‖u‖, " + epsilon + ")" : "(‖u‖ + " + epsilon + ")", iterations, A, B, C);
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, @Nullable Void state, StepContext step) {
    updates.forEach(this::orthogonalise);
  }

  /// The smaller of `X·Xᵀ` and `Xᵀ·X` is squared: both give the same.
  private void orthogonalise(Tensor x) {
    DType dtype = x.dtype();
    int rows = x.shape().dim(0);
    int columns = x.shape().dim(1);
    boolean wide = rows <= columns;
    int side = Math.min(rows, columns);
    Tensor gram = Tensor.zeros(dtype, Shape.of(side, side));
    Tensor polynomial = Tensor.zeros(dtype, Shape.of(side, side));
    Tensor product = Tensor.zeros(dtype, x.shape());
    GemmVariant first = wide ? GemmVariant.NT : GemmVariant.TN;
    int room = MatrixProduct.gemmScratch(first, dtype, side, side, wide ? columns : rows);
    room = Math.max(room, MatrixProduct.gemmScratch(GemmVariant.NN, dtype, side, side, side));
    room = Math.max(room, MatrixProduct.gemmScratch(GemmVariant.NN, dtype, rows, columns, side));
    Tensor scratch = Tensor.zeros(dtype, Shape.of(room));

    double norm = Norms.of(x);
    TensorMath.scale(1 / (floor ? Math.max(norm, epsilon) : norm + epsilon), x, x);
    for (int i = 0; i < iterations; i++) {
      MatrixProduct.gemm(first, x, x, 0, gram, scratch);
      MatrixProduct.gemm(GemmVariant.NN, gram, gram, 0, polynomial, scratch);
      Elementwise.mix(B, gram, C, polynomial, polynomial);
      if (wide) {
        MatrixProduct.gemm(GemmVariant.NN, polynomial, x, 0, product, scratch);
      } else {
        MatrixProduct.gemm(GemmVariant.NN, x, polynomial, 0, product, scratch);
      }
      Elementwise.mix(A, x, 1, product, x);
    }
    TensorMath.scale(Math.sqrt(Math.max(1, (double) columns / rows)), x, x);
  }
}
