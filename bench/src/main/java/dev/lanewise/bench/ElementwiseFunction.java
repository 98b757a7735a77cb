package dev.lanewise.bench;

import dev.lanewise.core.internal.vector.DoubleJdkFunctions;
import dev.lanewise.core.internal.vector.FloatJdkFunctions;
import dev.lanewise.core.kernel.DoubleKernels;
import dev.lanewise.core.kernel.FloatKernels;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;

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

  /// Beyond the error bounds of all the functions, and of their rivals.
  private static final double TOLERANCE = 1e-4;

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

  /// How many columns a row has; 0 if there are no rows.
  public int columns() {
    return columns;
  }

  /// `y ← f(x)` by our kernels.
  ///
  /// @param floats the kernels for `float`
  /// @param doubles the kernels for `double`
  /// @param x the input
  /// @param y the output
  public void run(FloatKernels floats, DoubleKernels doubles, Numbers x, Numbers y) {
    switch (x.dtype()) {
      case FLOAT32 -> inFloat.run(floats, x.size(), x.floats(), 0, y.floats(), 0);
      case FLOAT64 -> inDouble.run(doubles, x.size(), x.doubles(), 0, y.doubles(), 0);
    }
  }

  /// `y ← f(x)` by the JDK's vector functions.
  ///
  /// @param x the input
  /// @param y the output
  public void runOnJdk(Numbers x, Numbers y) {
    switch (x.dtype()) {
      case FLOAT32 -> jdkInFloat.run(x.size(), x.floats(), y.floats());
      case FLOAT64 -> jdkInDouble.run(x.size(), x.doubles(), y.doubles());
    }
  }

  /// `y ← f(x)` in a loop around [Math].
  ///
  /// @param x the input
  /// @param y the output
  public void runOnMath(Numbers x, Numbers y) {
    switch (x.dtype()) {
      case FLOAT32 -> runOnMath(x.floats(), y.floats());
      case FLOAT64 -> runOnMath(x.doubles(), y.doubles());
    }
  }

  /// Asserts what somebody computed, by [Math].
  ///
  /// @param who computed it, for the message
  /// @param x the input
  /// @param found the output
  /// @throws AssertionError if an element is further off than any of them may be
  public void verify(String who, Numbers x, IntToDoubleFunction found) {
    Numbers expected = Numbers.zeros(x.dtype(), x.size());
    runOnMath(x, expected);
    for (int i = 0; i < x.size(); i++) {
      double wanted = expected.get(i);
      double difference = Math.abs(found.applyAsDouble(i) - wanted);
      if (!(difference <= TOLERANCE * Math.abs(wanted) + Float.MIN_NORMAL)) {
        throw new AssertionError(
            "%s, %s %s: element %d is %s but should be %s"
                .formatted(who, x.dtype(), this, i, found.applyAsDouble(i), wanted));
      }
    }
  }

  private void runOnMath(double[] x, double[] y) {
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

  private void runOnMath(float[] x, float[] y) {
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
