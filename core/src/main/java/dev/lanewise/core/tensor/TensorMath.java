package dev.lanewise.core.tensor;

import static dev.lanewise.core.tensor.Operands.doubles;
import static dev.lanewise.core.tensor.Operands.floats;
import static dev.lanewise.core.tensor.Operands.requireColumnVector;
import static dev.lanewise.core.tensor.Operands.requireColumns;
import static dev.lanewise.core.tensor.Operands.requireElementwise;
import static dev.lanewise.core.tensor.Operands.requireOne;
import static dev.lanewise.core.tensor.Operands.requireRowVector;
import static dev.lanewise.core.tensor.Operands.requireSameType;

import dev.lanewise.core.kernel.DoubleKernels;
import dev.lanewise.core.kernel.FloatKernels;
import dev.lanewise.core.kernel.Kernels;
import java.util.Arrays;

/// The kernels once more, on tensors: shapes and types are checked here and, for products, in
/// [MatrixProduct]; here and there alone the code switches on the element type.
///
/// Everything said in [DoubleKernels] holds: `beta`, aliasing, NaN, error bounds. All operands of a
/// call have the same element type. Every method throws [ShapeException] if the shapes do not fit,
/// [IllegalArgumentException] if the element types differ, and [IllegalStateException] if an
/// operand was leased by a graph run that is closed. Nothing is broadcast unless the name says so.
public final class TensorMath {
  private static final DoubleKernels DOUBLE = Kernels.DOUBLE;
  private static final FloatKernels FLOAT = Kernels.FLOAT;

  private TensorMath() {}

  /// `y ← value` in every element.
  ///
  /// @param value the value, rounded to the element type
  /// @param y the output
  public static void fill(double value, Tensor y) {
    switch (y) {
      case DoubleTensor d -> Arrays.fill(d.array(), d.offset(), d.offset() + d.size(), value);
      case FloatTensor f ->
          Arrays.fill(f.array(), f.offset(), f.offset() + f.size(), (float) value);
    }
  }

  /// `y ← x`, bit for bit; the two may overlap.
  ///
  /// @param x the input
  /// @param y the output, of the same shape
  public static void copy(Tensor x, Tensor y) {
    requireElementwise("copy", x, y);
    switch (y) {
      case DoubleTensor d ->
          System.arraycopy(doubles(x), x.offset(), d.array(), d.offset(), d.size());
      case FloatTensor f ->
          System.arraycopy(floats(x), x.offset(), f.array(), f.offset(), f.size());
    }
  }

  /// `y ← beta·y + x`.
  ///
  /// @param x the input
  /// @param beta what becomes of the old output: 0 or 1
  /// @param y the output, of the same shape
  public static void accumulate(Tensor x, double beta, Tensor y) {
    if (beta == 0) {
      copy(x, y);
    } else {
      requireOne("accumulate", beta);
      add(x, y, y);
    }
  }

  /// Whether every element is a finite number.
  ///
  /// @param x the tensor
  /// @return false if there is a NaN or an infinity
  public static boolean allFinite(Tensor x) {
    if (Double.isFinite(sum(x))) {
      return true; // NaN and infinity would have come through; a sum that is neither is fast proof
    }
    for (int i = 0; i < x.size(); i++) {
      if (!Double.isFinite(x.getFlat(i))) {
        return false;
      }
    }
    return true;
  }

  /// `y ← α·x`.
  ///
  /// @param alpha the factor α
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void scale(double alpha, Tensor x, Tensor y) {
    requireElementwise("scale", x, y);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.scale(d.size(), alpha, doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f ->
          FLOAT.scale(f.size(), (float) alpha, floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `y ← y + α·x`.
  ///
  /// @param alpha the factor α
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void axpy(double alpha, Tensor x, Tensor y) {
    requireElementwise("axpy", x, y);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.axpy(d.size(), alpha, doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f ->
          FLOAT.axpy(f.size(), (float) alpha, floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `y ← a + b`.
  ///
  /// @param a the first input
  /// @param b the second input
  /// @param y the output, of the same shape; may be a or b
  public static void add(Tensor a, Tensor b, Tensor y) {
    requireElementwise("add", a, y);
    requireElementwise("add", b, y);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.add(
              d.size(), doubles(a), a.offset(), doubles(b), b.offset(), d.array(), d.offset());
      case FloatTensor f ->
          FLOAT.add(f.size(), floats(a), a.offset(), floats(b), b.offset(), f.array(), f.offset());
    }
  }

  /// `y ← beta·y + a∘b`, the product of elements.
  ///
  /// @param a the first input
  /// @param b the second input
  /// @param beta what becomes of the old output
  /// @param y the output, of the same shape; may be a or b if beta is 0
  public static void multiply(Tensor a, Tensor b, double beta, Tensor y) {
    requireElementwise("multiply", a, y);
    requireElementwise("multiply", b, y);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.multiply(
              d.size(),
              doubles(a),
              a.offset(),
              doubles(b),
              b.offset(),
              beta,
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.multiply(
              f.size(),
              floats(a),
              a.offset(),
              floats(b),
              b.offset(),
              (float) beta,
              f.array(),
              f.offset());
    }
  }

  /// `Σ xᵢ` over all elements, in an order fixed by the number of elements and lanes.
  ///
  /// @param x the input
  /// @return the sum; 0 if there are no elements
  public static double sum(Tensor x) {
    return switch (x) {
      case DoubleTensor d -> DOUBLE.sum(d.size(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.sum(f.size(), f.array(), f.offset());
    };
  }

  /// `Σ xᵢ·yᵢ` over all elements, in an order fixed by the number of elements and lanes.
  ///
  /// @param x the first input
  /// @param y the second input, of the same shape; may be x
  /// @return the inner product; 0 if there are no elements
  public static double dot(Tensor x, Tensor y) {
    requireElementwise("dot", x, y);
    return switch (y) {
      case DoubleTensor d -> DOUBLE.dot(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.dot(f.size(), floats(x), x.offset(), f.array(), f.offset());
    };
  }

  /// The largest element; NaN if there is one.
  ///
  /// @param x the input
  /// @return the maximum; −∞ if there are no elements
  public static double max(Tensor x) {
    return switch (x) {
      case DoubleTensor d -> DOUBLE.max(d.size(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.max(f.size(), f.array(), f.offset());
    };
  }

  /// `Yᵢⱼ ← Xᵢⱼ + vⱼ`: adds a vector to every row.
  ///
  /// @param x the matrix `[rows,columns]`
  /// @param v the vector `[columns]`
  /// @param y the output `[rows,columns]`; may be x
  public static void addRowVector(Tensor x, Tensor v, Tensor y) {
    requireElementwise("addRowVector", x, y);
    requireSameType("addRowVector", x, v);
    requireRowVector("addRowVector", x, v);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.addRowVector(
              d.shape().dim(0),
              d.shape().dim(1),
              doubles(x),
              x.offset(),
              doubles(v),
              v.offset(),
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.addRowVector(
              f.shape().dim(0),
              f.shape().dim(1),
              floats(x),
              x.offset(),
              floats(v),
              v.offset(),
              f.array(),
              f.offset());
    }
  }

  /// `yⱼ ← beta·yⱼ + Σᵢ Xᵢⱼ`: the sum of the rows.
  ///
  /// @param x the matrix `[rows,columns]`
  /// @param beta what becomes of the old output
  /// @param y the output vector `[columns]`
  public static void columnSums(Tensor x, double beta, Tensor y) {
    requireSameType("columnSums", x, y);
    requireRowVector("columnSums", x, y);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.columnSums(
              x.shape().dim(0),
              x.shape().dim(1),
              doubles(x),
              x.offset(),
              beta,
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.columnSums(
              x.shape().dim(0),
              x.shape().dim(1),
              floats(x),
              x.offset(),
              (float) beta,
              f.array(),
              f.offset());
    }
  }

  /// `y ← max(x, 0)`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void relu(Tensor x, Tensor y) {
    requireElementwise("relu", x, y);
    switch (y) {
      case DoubleTensor d -> DOUBLE.relu(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.relu(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `dx ← beta·dx + dy∘[x > 0]`.
  ///
  /// @param x the input of the forward pass
  /// @param dy the gradient by the output, of the same shape
  /// @param beta what becomes of the old dx
  /// @param dx the gradient by the input, of the same shape; may be x or dy if beta is 0
  public static void reluBackward(Tensor x, Tensor dy, double beta, Tensor dx) {
    requireElementwise("reluBackward", x, dx);
    requireElementwise("reluBackward", dy, dx);
    switch (dx) {
      case DoubleTensor d ->
          DOUBLE.reluBackward(
              d.size(),
              doubles(x),
              x.offset(),
              doubles(dy),
              dy.offset(),
              beta,
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.reluBackward(
              f.size(),
              floats(x),
              x.offset(),
              floats(dy),
              dy.offset(),
              (float) beta,
              f.array(),
              f.offset());
    }
  }

  /// `y ← 1 if x > 0, else 0`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void hardThreshold(Tensor x, Tensor y) {
    requireElementwise("hardThreshold", x, y);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.hardThreshold(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f ->
          FLOAT.hardThreshold(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `y ← eˣ`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void exp(Tensor x, Tensor y) {
    requireElementwise("exp", x, y);
    switch (y) {
      case DoubleTensor d -> DOUBLE.exp(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.exp(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `y ← log x`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void log(Tensor x, Tensor y) {
    requireElementwise("log", x, y);
    switch (y) {
      case DoubleTensor d -> DOUBLE.log(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.log(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `y ← log(1 + x)`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void log1p(Tensor x, Tensor y) {
    requireElementwise("log1p", x, y);
    switch (y) {
      case DoubleTensor d -> DOUBLE.log1p(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.log1p(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `y ← eˣ − 1`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void expm1(Tensor x, Tensor y) {
    requireElementwise("expm1", x, y);
    switch (y) {
      case DoubleTensor d -> DOUBLE.expm1(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.expm1(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `y ← sin x`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void sin(Tensor x, Tensor y) {
    requireElementwise("sin", x, y);
    switch (y) {
      case DoubleTensor d -> DOUBLE.sin(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.sin(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// The error function `y ← erf x`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void erf(Tensor x, Tensor y) {
    requireElementwise("erf", x, y);
    switch (y) {
      case DoubleTensor d -> DOUBLE.erf(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.erf(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// Its complement `y ← 1 − erf x`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void erfc(Tensor x, Tensor y) {
    requireElementwise("erfc", x, y);
    switch (y) {
      case DoubleTensor d -> DOUBLE.erfc(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.erfc(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `y ← 1/(1 + e⁻ˣ)`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void logistic(Tensor x, Tensor y) {
    requireElementwise("logistic", x, y);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.logistic(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.logistic(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `dx ← beta·dx + dy∘σ'(x)`.
  ///
  /// @param x the input of the forward pass
  /// @param dy the gradient by the output, of the same shape
  /// @param beta what becomes of the old dx
  /// @param dx the gradient by the input, of the same shape; may be x or dy if beta is 0
  public static void logisticBackward(Tensor x, Tensor dy, double beta, Tensor dx) {
    requireElementwise("logisticBackward", x, dx);
    requireElementwise("logisticBackward", dy, dx);
    switch (dx) {
      case DoubleTensor d ->
          DOUBLE.logisticBackward(
              d.size(),
              doubles(x),
              x.offset(),
              doubles(dy),
              dy.offset(),
              beta,
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.logisticBackward(
              f.size(),
              floats(x),
              x.offset(),
              floats(dy),
              dy.offset(),
              (float) beta,
              f.array(),
              f.offset());
    }
  }

  /// `y ← tanh x`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void tanh(Tensor x, Tensor y) {
    requireElementwise("tanh", x, y);
    switch (y) {
      case DoubleTensor d -> DOUBLE.tanh(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.tanh(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `dx ← beta·dx + dy∘tanh'(x)`.
  ///
  /// @param x the input of the forward pass
  /// @param dy the gradient by the output, of the same shape
  /// @param beta what becomes of the old dx
  /// @param dx the gradient by the input, of the same shape; may be x or dy if beta is 0
  public static void tanhBackward(Tensor x, Tensor dy, double beta, Tensor dx) {
    requireElementwise("tanhBackward", x, dx);
    requireElementwise("tanhBackward", dy, dx);
    switch (dx) {
      case DoubleTensor d ->
          DOUBLE.tanhBackward(
              d.size(),
              doubles(x),
              x.offset(),
              doubles(dy),
              dy.offset(),
              beta,
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.tanhBackward(
              f.size(),
              floats(x),
              x.offset(),
              floats(dy),
              dy.offset(),
              (float) beta,
              f.array(),
              f.offset());
    }
  }

  /// `y ← log(1 + eˣ)`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void softplus(Tensor x, Tensor y) {
    requireElementwise("softplus", x, y);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.softplus(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.softplus(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `dx ← beta·dx + dy∘σ(x)`.
  ///
  /// @param x the input of the forward pass
  /// @param dy the gradient by the output, of the same shape
  /// @param beta what becomes of the old dx
  /// @param dx the gradient by the input, of the same shape; may be x or dy if beta is 0
  public static void softplusBackward(Tensor x, Tensor dy, double beta, Tensor dx) {
    requireElementwise("softplusBackward", x, dx);
    requireElementwise("softplusBackward", dy, dx);
    switch (dx) {
      case DoubleTensor d ->
          DOUBLE.softplusBackward(
              d.size(),
              doubles(x),
              x.offset(),
              doubles(dy),
              dy.offset(),
              beta,
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.softplusBackward(
              f.size(),
              floats(x),
              x.offset(),
              floats(dy),
              dy.offset(),
              (float) beta,
              f.array(),
              f.offset());
    }
  }

  /// Row-wise softmax.
  ///
  /// @param x the input `[rows,columns]`, with at least one column
  /// @param y the output `[rows,columns]`; may be x
  public static void softmaxRows(Tensor x, Tensor y) {
    requireElementwise("softmaxRows", x, y);
    requireColumns("softmaxRows", x);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.softmaxRows(
              d.shape().dim(0), d.shape().dim(1), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f ->
          FLOAT.softmaxRows(
              f.shape().dim(0), f.shape().dim(1), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `dx ← beta·dx + y∘(dy − ⟨dy, y⟩)` for each row.
  ///
  /// @param y the output of the forward pass, `[rows,columns]`
  /// @param dy the gradient by the output, of the same shape
  /// @param beta what becomes of the old dx
  /// @param dx the gradient by the input, of the same shape; may be dy if beta is 0
  public static void softmaxRowsBackward(Tensor y, Tensor dy, double beta, Tensor dx) {
    requireElementwise("softmaxRowsBackward", y, dx);
    requireElementwise("softmaxRowsBackward", dy, dx);
    requireColumns("softmaxRowsBackward", y);
    switch (dx) {
      case DoubleTensor d ->
          DOUBLE.softmaxRowsBackward(
              d.shape().dim(0),
              d.shape().dim(1),
              doubles(y),
              y.offset(),
              doubles(dy),
              dy.offset(),
              beta,
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.softmaxRowsBackward(
              f.shape().dim(0),
              f.shape().dim(1),
              floats(y),
              y.offset(),
              floats(dy),
              dy.offset(),
              (float) beta,
              f.array(),
              f.offset());
    }
  }

  /// The cross-entropy of labels under the softmax, and its gradient; see
  /// [DoubleKernels#labelCrossEntropy].
  ///
  /// @param z the logits `[rows,columns]`, with at least one column
  /// @param labels whole numbers from 0 to `columns − 1`, `[rows]`, which are not checked here
  /// @param losses the output `[rows]`
  /// @param slopes the output `[rows,columns]`; may not be z
  public static void labelCrossEntropy(Tensor z, Tensor labels, Tensor losses, Tensor slopes) {
    requireElementwise("labelCrossEntropy", z, slopes);
    requireElementwise("labelCrossEntropy", labels, losses);
    requireColumns("labelCrossEntropy", z);
    requireColumnVector("labelCrossEntropy", z, losses);
    switch (slopes) {
      case DoubleTensor d ->
          DOUBLE.labelCrossEntropy(
              z.shape().dim(0),
              z.shape().dim(1),
              doubles(z),
              z.offset(),
              doubles(labels),
              labels.offset(),
              doubles(losses),
              losses.offset(),
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.labelCrossEntropy(
              z.shape().dim(0),
              z.shape().dim(1),
              floats(z),
              z.offset(),
              floats(labels),
              labels.offset(),
              floats(losses),
              losses.offset(),
              f.array(),
              f.offset());
    }
  }

  /// The cross-entropy of distributions under the softmax, and its gradient; see
  /// [DoubleKernels#denseCrossEntropy].
  ///
  /// @param z the logits `[rows,columns]`, with at least one column
  /// @param t the distributions `[rows,columns]`
  /// @param losses the output `[rows]`
  /// @param slopes the output `[rows,columns]`; may be neither z nor t
  public static void denseCrossEntropy(Tensor z, Tensor t, Tensor losses, Tensor slopes) {
    requireElementwise("denseCrossEntropy", z, slopes);
    requireElementwise("denseCrossEntropy", t, slopes);
    requireColumns("denseCrossEntropy", z);
    requireColumnVector("denseCrossEntropy", z, losses);
    switch (slopes) {
      case DoubleTensor d ->
          DOUBLE.denseCrossEntropy(
              z.shape().dim(0),
              z.shape().dim(1),
              doubles(z),
              z.offset(),
              doubles(t),
              t.offset(),
              doubles(losses),
              losses.offset(),
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.denseCrossEntropy(
              z.shape().dim(0),
              z.shape().dim(1),
              floats(z),
              z.offset(),
              floats(t),
              t.offset(),
              floats(losses),
              losses.offset(),
              f.array(),
              f.offset());
    }
  }

  /// `Yᵢⱼ ← beta·Yᵢⱼ + sᵢ·Xᵢⱼ`: every row by a factor of its own.
  ///
  /// @param s the factors `[rows]`
  /// @param x the matrix `[rows,columns]`
  /// @param beta what becomes of the old output
  /// @param y the output `[rows,columns]`; may be x if beta is 0
  public static void scaleRows(Tensor s, Tensor x, double beta, Tensor y) {
    requireElementwise("scaleRows", x, y);
    ShapeException.requireRank("scaleRows", "the matrix", 2, x.shape());
    requireColumnVector("scaleRows", x, s);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.scaleRows(
              d.shape().dim(0),
              d.shape().dim(1),
              doubles(s),
              s.offset(),
              doubles(x),
              x.offset(),
              beta,
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.scaleRows(
              f.shape().dim(0),
              f.shape().dim(1),
              floats(s),
              s.offset(),
              floats(x),
              x.offset(),
              (float) beta,
              f.array(),
              f.offset());
    }
  }

  /// Row-wise logarithm of softmax.
  ///
  /// @param x the input `[rows,columns]`, with at least one column
  /// @param y the output `[rows,columns]`; may be x
  public static void logSoftmaxRows(Tensor x, Tensor y) {
    requireElementwise("logSoftmaxRows", x, y);
    requireColumns("logSoftmaxRows", x);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.logSoftmaxRows(
              d.shape().dim(0), d.shape().dim(1), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f ->
          FLOAT.logSoftmaxRows(
              f.shape().dim(0), f.shape().dim(1), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `dx ← beta·dx + dy − eʸ·Σ dy` for each row.
  ///
  /// @param y the output of the forward pass, `[rows,columns]`
  /// @param dy the gradient by the output, of the same shape
  /// @param beta what becomes of the old dx
  /// @param dx the gradient by the input, of the same shape; may be dy if beta is 0
  public static void logSoftmaxRowsBackward(Tensor y, Tensor dy, double beta, Tensor dx) {
    requireElementwise("logSoftmaxRowsBackward", y, dx);
    requireElementwise("logSoftmaxRowsBackward", dy, dx);
    requireColumns("logSoftmaxRowsBackward", y);
    switch (dx) {
      case DoubleTensor d ->
          DOUBLE.logSoftmaxRowsBackward(
              d.shape().dim(0),
              d.shape().dim(1),
              doubles(y),
              y.offset(),
              doubles(dy),
              dy.offset(),
              beta,
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.logSoftmaxRowsBackward(
              f.shape().dim(0),
              f.shape().dim(1),
              floats(y),
              y.offset(),
              floats(dy),
              dy.offset(),
              (float) beta,
              f.array(),
              f.offset());
    }
  }

  /// One step of Adam's moments; see [DoubleKernels#adam]. The rates are given as `double` and
  /// rounded to the element type after `1 − β` is formed.
  ///
  /// @param g the gradient; becomes Adam's direction
  /// @param m the first moment, updated; of the same shape
  /// @param v the second moment, updated; of the same shape
  /// @param beta1 β₁
  /// @param beta2 β₂
  /// @param correction1 1/(1−β₁ᵗ)
  /// @param correction2 1/(1−β₂ᵗ)
  /// @param epsilon ε
  public static void adam(
      Tensor g,
      Tensor m,
      Tensor v,
      double beta1,
      double beta2,
      double correction1,
      double correction2,
      double epsilon) {
    requireElementwise("adam", m, g);
    requireElementwise("adam", v, g);
    switch (g) {
      case DoubleTensor d ->
          DOUBLE.adam(
              d.size(),
              d.array(),
              d.offset(),
              doubles(m),
              m.offset(),
              doubles(v),
              v.offset(),
              1 - beta1,
              1 - beta2,
              correction1,
              correction2,
              epsilon);
      case FloatTensor f ->
          FLOAT.adam(
              f.size(),
              f.array(),
              f.offset(),
              floats(m),
              m.offset(),
              floats(v),
              v.offset(),
              (float) (1 - beta1),
              (float) (1 - beta2),
              (float) correction1,
              (float) correction2,
              (float) epsilon);
    }
  }

  /// A whole step of Adam; see [DoubleKernels#adamStep]. The rates are given as `double` and
  /// rounded to the element type after `1 − β` is formed.
  ///
  /// @param g the gradient
  /// @param m the first moment, updated; of the same shape
  /// @param v the second moment, updated; of the same shape
  /// @param w the weights, updated; of the same shape
  /// @param beta1 β₁
  /// @param beta2 β₂
  /// @param correction1 1/(1−β₁ᵗ)
  /// @param correction2 1/(1−β₂ᵗ)
  /// @param epsilon ε
  /// @param rate r, negative to descend
  /// @return whether every new weight is finite
  public static boolean adamStep(
      Tensor g,
      Tensor m,
      Tensor v,
      Tensor w,
      double beta1,
      double beta2,
      double correction1,
      double correction2,
      double epsilon,
      double rate) {
    requireElementwise("adamStep", g, w);
    requireElementwise("adamStep", m, w);
    requireElementwise("adamStep", v, w);
    return switch (w.dtype()) {
      case FLOAT64 ->
          DOUBLE.adamStep(
              w.size(),
              doubles(g),
              g.offset(),
              doubles(m),
              m.offset(),
              doubles(v),
              v.offset(),
              doubles(w),
              w.offset(),
              1 - beta1,
              1 - beta2,
              correction1,
              correction2,
              epsilon,
              rate);
      case FLOAT32 ->
          FLOAT.adamStep(
              w.size(),
              floats(g),
              g.offset(),
              floats(m),
              m.offset(),
              floats(v),
              v.offset(),
              floats(w),
              w.offset(),
              (float) (1 - beta1),
              (float) (1 - beta2),
              (float) correction1,
              (float) correction2,
              (float) epsilon,
              (float) rate);
    };
  }

  /// A whole step of gradient descent with momentum; see [DoubleKernels#momentumStep].
  ///
  /// @param g the gradient
  /// @param v the velocity, updated; of the same shape
  /// @param w the weights, updated; of the same shape
  /// @param momentum μ
  /// @param rate r, negative to descend
  /// @return whether every new weight is finite
  public static boolean momentumStep(Tensor g, Tensor v, Tensor w, double momentum, double rate) {
    requireElementwise("momentumStep", g, w);
    requireElementwise("momentumStep", v, w);
    return switch (w.dtype()) {
      case FLOAT64 ->
          DOUBLE.momentumStep(
              w.size(),
              doubles(g),
              g.offset(),
              doubles(v),
              v.offset(),
              doubles(w),
              w.offset(),
              momentum,
              rate);
      case FLOAT32 ->
          FLOAT.momentumStep(
              w.size(),
              floats(g),
              g.offset(),
              floats(v),
              v.offset(),
              floats(w),
              w.offset(),
              (float) momentum,
              (float) rate);
    };
  }
}
