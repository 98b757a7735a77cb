package dev.lanewise.core.kernel;

/// What a matrix product does to its elements when their sums are complete, while they are still in
/// the nearest caches: `C ← f(beta·C + op(A)·op(B), E)`, element by element, with the bits of the
/// kernels that do the same afterwards.
///
/// E is nothing, a *row*, whose element j meets all of column j of C, or a *matrix* of C's shape.
public enum Epilogue {
  /// `c`.
  NONE(Operand.NONE),
  /// `max(c, 0)`, as [DoubleKernels#relu].
  RELU(Operand.NONE),
  /// `tanh c`, as [DoubleKernels#tanh].
  TANH(Operand.NONE),
  /// `1/(1 + e⁻ᶜ)`, as [DoubleKernels#logistic].
  LOGISTIC(Operand.NONE),
  /// `c + eⱼ`, as [DoubleKernels#addRowVector].
  ADD_ROW(Operand.ROW),
  /// [#RELU] of [#ADD_ROW].
  ADD_ROW_RELU(Operand.ROW),
  /// [#TANH] of [#ADD_ROW].
  ADD_ROW_TANH(Operand.ROW),
  /// [#LOGISTIC] of [#ADD_ROW].
  ADD_ROW_LOGISTIC(Operand.ROW),
  /// `c·[e > 0]`, as [DoubleKernels#reluBackward] with `dy = c`, `x = e`.
  RELU_BACKWARD(Operand.MATRIX),
  /// `c·tanh' e`, as [DoubleKernels#tanhBackward] with `dy = c`, `x = e`.
  TANH_BACKWARD(Operand.MATRIX),
  /// `c·σ'(e)`, as [DoubleKernels#logisticBackward] with `dy = c`, `x = e`.
  LOGISTIC_BACKWARD(Operand.MATRIX);

  /// What E is.
  public enum Operand {
    /// There is none.
    NONE,
    /// One element for each column of C.
    ROW,
    /// One element for each of C.
    MATRIX
  }

  private final Operand operand;

  Epilogue(Operand operand) {
    this.operand = operand;
  }

  /// What E is.
  ///
  /// @return the kind of operand
  public Operand operand() {
    return operand;
  }
}
