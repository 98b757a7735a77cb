package dev.lanewise.core.kernel;

import java.math.BigDecimal;
import java.util.function.DoubleFunction;

/// The elementary functions among the kernels: the bound that the contract gives, an oracle, and
/// where the interesting arguments lie.
enum ElementaryFunction {
  EXP(
      1,
      Exact::exp,
      -746,
      710,
      (k, n, x, ones, y) -> k.exp(n, x, 0, y, 0),
      (k, n, x, ones, y) -> k.exp(n, x, 0, y, 0)),
  LOG(
      1,
      Exact::log,
      0.5,
      2,
      (k, n, x, ones, y) -> k.log(n, x, 0, y, 0),
      (k, n, x, ones, y) -> k.log(n, x, 0, y, 0)),
  LOG1P(
      2,
      Exact::log1p,
      -1,
      3,
      (k, n, x, ones, y) -> k.log1p(n, x, 0, y, 0),
      (k, n, x, ones, y) -> k.log1p(n, x, 0, y, 0)),
  EXPM1(
      2,
      Exact::expm1,
      -40,
      3,
      (k, n, x, ones, y) -> k.expm1(n, x, 0, y, 0),
      (k, n, x, ones, y) -> k.expm1(n, x, 0, y, 0)),
  SIN(
      2,
      Exact::sin,
      -100,
      100,
      (k, n, x, ones, y) -> k.sin(n, x, 0, y, 0),
      (k, n, x, ones, y) -> k.sin(n, x, 0, y, 0)),
  ERF(
      2,
      Exact::erf,
      -6,
      6,
      (k, n, x, ones, y) -> k.erf(n, x, 0, y, 0),
      (k, n, x, ones, y) -> k.erf(n, x, 0, y, 0)),
  ERFC(
      2,
      Exact::erfc,
      -6,
      27.5,
      (k, n, x, ones, y) -> k.erfc(n, x, 0, y, 0),
      (k, n, x, ones, y) -> k.erfc(n, x, 0, y, 0)),
  LOGISTIC(
      2,
      Exact::logistic,
      -746,
      40,
      (k, n, x, ones, y) -> k.logistic(n, x, 0, y, 0),
      (k, n, x, ones, y) -> k.logistic(n, x, 0, y, 0)),
  TANH(
      2,
      Exact::tanh,
      -20,
      20,
      (k, n, x, ones, y) -> k.tanh(n, x, 0, y, 0),
      (k, n, x, ones, y) -> k.tanh(n, x, 0, y, 0)),
  SOFTPLUS(
      2,
      Exact::softplus,
      -746,
      40,
      (k, n, x, ones, y) -> k.softplus(n, x, 0, y, 0),
      (k, n, x, ones, y) -> k.softplus(n, x, 0, y, 0)),
  LOGISTIC_DERIVATIVE(
      4,
      Exact::logisticDerivative,
      -746,
      746,
      (k, n, x, ones, y) -> k.logisticBackward(n, x, 0, ones, 0, 0, y, 0),
      (k, n, x, ones, y) -> k.logisticBackward(n, x, 0, ones, 0, 0, y, 0)),
  TANH_DERIVATIVE(
      4,
      Exact::tanhDerivative,
      -373,
      373,
      (k, n, x, ones, y) -> k.tanhBackward(n, x, 0, ones, 0, 0, y, 0),
      (k, n, x, ones, y) -> k.tanhBackward(n, x, 0, ones, 0, 0, y, 0));

  /// The bound in ULP.
  final double bound;

  final DoubleFunction<BigDecimal> exact;

  /// Here the function is neither constant nor infinite nor all but its argument.
  final double low;

  final double high;

  private final InDouble inDouble;
  private final InFloat inFloat;

  ElementaryFunction(
      double bound,
      DoubleFunction<BigDecimal> exact,
      double low,
      double high,
      InDouble inDouble,
      InFloat inFloat) {
    this.bound = bound;
    this.exact = exact;
    this.low = low;
    this.high = high;
    this.inDouble = inDouble;
    this.inFloat = inFloat;
  }

  void run(DoubleKernels kernels, double[] x, double[] ones, double[] y) {
    inDouble.run(kernels, x.length, x, ones, y);
  }

  void run(FloatKernels kernels, float[] x, float[] ones, float[] y) {
    inFloat.run(kernels, x.length, x, ones, y);
  }

  /// The bound for the scalar kernels of `double`, which are as good as [StrictMath].
  double scalarBound() {
    return switch (this) {
      case TANH -> 2.5;
      case ERFC -> 3;
      default -> bound;
    };
  }

  /// Whether the function is a real number at x.
  boolean isDefined(double x) {
    return switch (this) {
      case LOG -> x > 0;
      case LOG1P -> x > -1;
      default -> true;
    };
  }

  /// Whether x is so far out that the function is a constant, infinite, or nothing.
  boolean isTrivial(double x) {
    return switch (this) {
      case LOG, LOG1P, SIN -> false;
      default -> Math.abs(x) > 1000;
    };
  }

  private interface InDouble {
    void run(DoubleKernels kernels, int n, double[] x, double[] ones, double[] y);
  }

  private interface InFloat {
    void run(FloatKernels kernels, int n, float[] x, float[] ones, float[] y);
  }
}
