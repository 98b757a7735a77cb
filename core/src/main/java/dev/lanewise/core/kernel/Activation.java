package dev.lanewise.core.kernel;

/// An activation that a matrix product can apply to its elements, or the derivative of which it can
/// multiply them with, by an [Epilogue].
public enum Activation {
  /// `y = max(x, 0)`. The derivative is 1 where y > 0, just as where x > 0.
  RELU(Epilogue.RELU, Epilogue.ADD_ROW_RELU, Epilogue.RELU_BACKWARD, true),
  /// `y = tanh x`. The derivative is computed from x: of y near ±1 its digits could not be had.
  TANH(Epilogue.TANH, Epilogue.ADD_ROW_TANH, Epilogue.TANH_BACKWARD, false),
  /// `y = 1/(1 + e⁻ˣ)`. The derivative is computed from x, for the same reason.
  LOGISTIC(Epilogue.LOGISTIC, Epilogue.ADD_ROW_LOGISTIC, Epilogue.LOGISTIC_BACKWARD, false);

  private final Epilogue epilogue;
  private final Epilogue afterAddingRow;
  private final Epilogue backward;
  private final boolean derivativeOfOutput;

  Activation(
      Epilogue epilogue, Epilogue afterAddingRow, Epilogue backward, boolean derivativeOfOutput) {
    this.epilogue = epilogue;
    this.afterAddingRow = afterAddingRow;
    this.backward = backward;
    this.derivativeOfOutput = derivativeOfOutput;
  }

  /// The activation of the product.
  ///
  /// @return the epilogue
  public Epilogue epilogue() {
    return epilogue;
  }

  /// The activation of the product and a row that is added to it.
  ///
  /// @return the epilogue
  public Epilogue afterAddingRow() {
    return afterAddingRow;
  }

  /// The product times the derivative of the activation.
  ///
  /// @return the epilogue; its E is the activation's output y if [#derivativeOfOutput], else its
  ///     input x
  public Epilogue backward() {
    return backward;
  }

  /// Whether the derivative is computed from the output y rather than from the input x.
  ///
  /// @return whether it is so
  public boolean derivativeOfOutput() {
    return derivativeOfOutput;
  }
}
