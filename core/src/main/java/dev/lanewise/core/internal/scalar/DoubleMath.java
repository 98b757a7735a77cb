package dev.lanewise.core.internal.scalar;

/// The elementary functions of the scalar kernels, from [StrictMath]: the same bits on every
/// machine. `FloatMath` is its hand-written twin.
public final class DoubleMath {
  private DoubleMath() {}

  /// `eˣ`.
  ///
  /// @param x the argument
  /// @return the function's value
  static double exp(double x) {
    return StrictMath.exp(x);
  }

  /// `log x`.
  ///
  /// @param x the argument
  /// @return the function's value
  public static double log(double x) {
    return StrictMath.log(x);
  }

  /// `log(1 + x)`.
  ///
  /// @param x the argument
  /// @return the function's value
  static double log1p(double x) {
    return StrictMath.log1p(x);
  }

  /// `eˣ − 1`.
  ///
  /// @param x the argument
  /// @return the function's value
  static double expm1(double x) {
    return StrictMath.expm1(x);
  }

  /// `sin x`.
  ///
  /// @param x the argument
  /// @return the function's value
  static double sin(double x) {
    return StrictMath.sin(x);
  }

  /// The error function.
  ///
  /// @param x the argument
  /// @return the function's value
  static double erf(double x) {
    return ErrorFunction.erf(x);
  }

  /// The complement of the error function.
  ///
  /// @param x the argument
  /// @return the function's value
  static double erfc(double x) {
    return ErrorFunction.erfc(x);
  }

  /// `√x`, exactly rounded.
  ///
  /// @param x the argument
  /// @return the function's value
  public static double sqrt(double x) {
    return Math.sqrt(x);
  }

  /// `1/(1 + e⁻ˣ)`, with what is lost in rounding `1 + e` made good.
  ///
  /// @param x the argument
  /// @return the function's value
  static double logistic(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    double d = 1 + e;
    double lost = e - (d - 1);
    double y = (x < 0 ? e : 1) / d;
    return Math.fma(-y, lost / d, y);
  }

  /// The derivative of the logistic function.
  ///
  /// @param x the argument
  /// @return the derivative's value
  static double logisticDerivative(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    double d = 1 + e;
    double lost = e - (d - 1);
    return e / Math.fma(d, d, 2 * d * lost);
  }

  /// `tanh x`.
  ///
  /// @param x the argument
  /// @return the function's value
  static double tanh(double x) {
    return StrictMath.tanh(x);
  }

  /// The derivative of the hyperbolic tangent.
  ///
  /// @param x the argument
  /// @return the derivative's value
  static double tanhDerivative(double x) {
    return 4 * logisticDerivative(2 * x);
  }

  /// `log(1 + eˣ)`.
  ///
  /// @param x the argument
  /// @return the function's value
  static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }
}
