package dev.lanewise.core.internal.scalar;

/// The elementary functions of the scalar kernels: those of [DoubleMath], rounded once to `float`,
/// hence almost always exactly rounded. The hand-written twin of `DoubleMath`.
public final class FloatMath {
  private FloatMath() {}

  /// `eˣ`.
  ///
  /// @param x the argument
  /// @return the function's value
  static float exp(float x) {
    return (float) DoubleMath.exp(x);
  }

  /// `log x`.
  ///
  /// @param x the argument
  /// @return the function's value
  public static float log(float x) {
    return (float) DoubleMath.log(x);
  }

  /// `log(1 + x)`.
  ///
  /// @param x the argument
  /// @return the function's value
  static float log1p(float x) {
    return (float) DoubleMath.log1p(x);
  }

  /// `eˣ − 1`.
  ///
  /// @param x the argument
  /// @return the function's value
  static float expm1(float x) {
    return (float) DoubleMath.expm1(x);
  }

  /// `sin x`.
  ///
  /// @param x the argument
  /// @return the function's value
  static float sin(float x) {
    return (float) DoubleMath.sin(x);
  }

  /// The error function.
  ///
  /// @param x the argument
  /// @return the function's value
  static float erf(float x) {
    return (float) DoubleMath.erf(x);
  }

  /// The complement of the error function.
  ///
  /// @param x the argument
  /// @return the function's value
  static float erfc(float x) {
    return (float) DoubleMath.erfc(x);
  }

  /// `√x`, exactly rounded: twice 24 bits and two more are not more than 53.
  ///
  /// @param x the argument
  /// @return the function's value
  public static float sqrt(float x) {
    return (float) DoubleMath.sqrt(x);
  }

  /// `1/(1 + e⁻ˣ)`.
  ///
  /// @param x the argument
  /// @return the function's value
  static float logistic(float x) {
    return (float) DoubleMath.logistic(x);
  }

  /// The derivative of the logistic function.
  ///
  /// @param x the argument
  /// @return the derivative's value
  static float logisticDerivative(float x) {
    return (float) DoubleMath.logisticDerivative(x);
  }

  /// `tanh x`.
  ///
  /// @param x the argument
  /// @return the function's value
  static float tanh(float x) {
    return (float) DoubleMath.tanh(x);
  }

  /// The derivative of the hyperbolic tangent.
  ///
  /// @param x the argument
  /// @return the derivative's value
  static float tanhDerivative(float x) {
    return (float) DoubleMath.tanhDerivative(x);
  }

  /// `log(1 + eˣ)`.
  ///
  /// @param x the argument
  /// @return the function's value
  static float softplus(float x) {
    return (float) DoubleMath.softplus(x);
  }
}
