package dev.lanewise.bench;

import dev.lanewise.core.internal.vector.DoubleJdkFunctions;
import dev.lanewise.core.internal.vector.FloatJdkFunctions;
import dev.lanewise.core.kernel.DoubleKernels;
import dev.lanewise.core.kernel.FloatKernels;
import java.util.function.DoubleUnaryOperator;

/// The element-wise kernels that are measured, each with what one would write without Lanewise: on
/// the JDK's vector functions, and in a loop around [Math].
@SuppressWarnings("ImmutableEnumChecker") // references to static methods and lambdas over ints
public enum ElementwiseFunction {
  /// `eˣ`.
  EXP(
      DoubleKernels::exp,
      FloatKernels::exp,
      DoubleJdkFunctions::exp,
      FloatJdkFunctions::exp,
      Math::exp),
  /// `1/(1 + e⁻ˣ)`.
  LOGISTIC(
      DoubleKernels::logistic,
      FloatKernels::logistic,
      DoubleJdkFunctions::logistic,
      FloatJdkFunctions::logistic,
      x -> 1 / (1 + Math.exp(-x))),
  /// `tanh x`.
  TANH(
      DoubleKernels::tanh,
      FloatKernels::tanh,
      DoubleJdkFunctions::tanh,
      FloatJdkFunctions::tanh,
      Math::tanh),
  /// `log(1 + eˣ)`.
  SOFTPLUS(
      DoubleKernels::softplus,
      FloatKernels::softplus,
      DoubleJdkFunctions::softplus,
      FloatJdkFunctions::softplus,
      x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
  /// `max(x, 0)`.
  RELU(
      DoubleKernels::relu,
      FloatKernels::relu,
      DoubleJdkFunctions::relu,
      FloatJdkFunctions::relu,
      x -> Math.max(x, 0)),
  /// The softmax of rows of 10.
  SOFTMAX_10(10),
  /// The softmax of rows of 1000.
  SOFTMAX_1000(1000);

  private final KernelInDouble inDouble;
  private final KernelInFloat inFloat;
  private final JdkInDouble jdkInDouble;
  private final JdkInFloat jdkInFloat;

  /// The number of columns; 0 if there are no rows.
  private final int columns;

  /// The function of one element; for softmax the exponential.
  private final DoubleUnaryOperator math;

  ElementwiseFunction(
      KernelInDouble inDouble,
      KernelInFloat inFloat,
      JdkInDouble jdkInDouble,
      JdkInFloat jdkInFloat,
      DoubleUnaryOperator math) {
    this.inDouble = inDouble;
    this.inFloat = inFloat;
    this.jdkInDouble = jdkInDouble;
    this.jdkInFloat = jdkInFloat;
    this.columns = 0;
    this.math = math;
  }

  ElementwiseFunction(int columns) {
    this.inDouble = (k, n, x, xo, y, yo) -> k.softmaxRows(n / columns, columns, x, xo, y, yo);
    this.inFloat = (k, n, x, xo, y, yo) -> k.softmaxRows(n / columns, columns, x, xo, y, yo);
    this.jdkInDouble = (n, x, y) -> DoubleJdkFunctions.softmaxRows(n / columns, columns, x, y);
    this.jdkInFloat = (n, x, y) -> FloatJdkFunctions.softmaxRows(n / columns, columns, x, y);
    this.columns = columns;
    this.math = Math::exp;
  }

  void run(DoubleKernels kernels, double[] x, double[] y) {
    inDouble.run(kernels, x.length, x, 0, y, 0);
  }

  void run(FloatKernels kernels, float[] x, float[] y) {
    inFloat.run(kernels, x.length, x, 0, y, 0);
  }

  void runOnJdk(double[] x, double[] y) {
    jdkInDouble.run(x.length, x, y);
  }

  void runOnJdk(float[] x, float[] y) {
    jdkInFloat.run(x.length, x, y);
  }

  void runOnMath(double[] x, double[] y) {
    int width = columns == 0 ? x.length : columns;
    for (int from = 0; from < x.length; from += width) {
      double shift = 0;
      for (int i = from; columns > 0 && i < from + width; i++) {
        shift = i == from ? x[i] : Math.max(shift, x[i]);
      }
      double sum = 0;
      for (int i = from; i < from + width; i++) {
        y[i] = math.applyAsDouble(x[i] - shift);
        sum += y[i];
      }
      for (int i = from; columns > 0 && i < from + width; i++) {
        y[i] /= sum;
      }
    }
  }

  void runOnMath(float[] x, float[] y) {
    int width = columns == 0 ? x.length : columns;
    for (int from = 0; from < x.length; from += width) {
      float shift = 0;
      for (int i = from; columns > 0 && i < from + width; i++) {
        shift = i == from ? x[i] : Math.max(shift, x[i]);
      }
      float sum = 0;
      for (int i = from; i < from + width; i++) {
        y[i] = (float) math.applyAsDouble(x[i] - shift);
        sum += y[i];
      }
      for (int i = from; columns > 0 && i < from + width; i++) {
        y[i] /= sum;
      }
    }
  }

  private interface KernelInDouble {
    void run(DoubleKernels kernels, int n, double[] x, int xOffset, double[] y, int yOffset);
  }

  private interface KernelInFloat {
    void run(FloatKernels kernels, int n, float[] x, int xOffset, float[] y, int yOffset);
  }

  private interface JdkInDouble {
    void run(int n, double[] x, double[] y);
  }

  private interface JdkInFloat {
    void run(int n, float[] x, float[] y);
  }
}
