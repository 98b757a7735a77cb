package dev.lanewise.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.internal.scalar.ScalarDoubleKernels;
import dev.lanewise.core.internal.scalar.ScalarFloatKernels;
import dev.lanewise.core.internal.vector.VectorDoubleKernels;
import dev.lanewise.core.internal.vector.VectorFloatKernels;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The error bounds of the contract, against [Exact], over the whole range of each function.
class KernelAccuracyTest {
  /// The table of the contract: function, bound in ULP.
  enum Function {
    EXP(1, Exact::exp),
    LOGISTIC(2, Exact::logistic),
    LOGISTIC_DERIVATIVE(4, Exact::logisticDerivative),
    TANH(2, Exact::tanh),
    TANH_DERIVATIVE(4, Exact::tanhDerivative),
    SOFTPLUS(2, Exact::softplus);

    final double bound;
    final DoubleFunction<BigDecimal> exact;

    Function(double bound, DoubleFunction<BigDecimal> exact) {
      this.bound = bound;
      this.exact = exact;
    }

    void run(DoubleKernels k, double[] x, double[] ones, double[] y) {
      int n = x.length;
      switch (this) {
        case EXP -> k.exp(n, x, 0, y, 0);
        case LOGISTIC -> k.logistic(n, x, 0, y, 0);
        case LOGISTIC_DERIVATIVE -> k.logisticBackward(n, x, 0, ones, 0, 0, y, 0);
        case TANH -> k.tanh(n, x, 0, y, 0);
        case TANH_DERIVATIVE -> k.tanhBackward(n, x, 0, ones, 0, 0, y, 0);
        case SOFTPLUS -> k.softplus(n, x, 0, y, 0);
      }
    }

    void run(FloatKernels k, float[] x, float[] ones, float[] y) {
      int n = x.length;
      switch (this) {
        case EXP -> k.exp(n, x, 0, y, 0);
        case LOGISTIC -> k.logistic(n, x, 0, y, 0);
        case LOGISTIC_DERIVATIVE -> k.logisticBackward(n, x, 0, ones, 0, 0, y, 0);
        case TANH -> k.tanh(n, x, 0, y, 0);
        case TANH_DERIVATIVE -> k.tanhBackward(n, x, 0, ones, 0, 0, y, 0);
        case SOFTPLUS -> k.softplus(n, x, 0, y, 0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void doubleKernelsKeepTheirBound(Function function) {
    double[] x = arguments(1500);
    double[] ones = new double[x.length];
    Arrays.fill(ones, 1);
    double[] scalar = new double[x.length];
    double[] vector = new double[x.length];
    function.run(new ScalarDoubleKernels(), x, ones, scalar);
    function.run(new VectorDoubleKernels(), x, ones, vector);
    double scalarBound = function == Function.TANH ? 2.5 : function.bound;
    for (int i = 0; i < x.length; i++) {
      BigDecimal exact = function.exact.apply(x[i]);
      double nearest = exact.doubleValue();
      if (Double.isInfinite(nearest)) {
        assertEquals(nearest, scalar[i]);
        assertEquals(nearest, vector[i]);
      } else {
        double ulp = Math.ulp(nearest);
        assertWithin(scalarBound, exact, scalar[i], ulp, "scalar double " + function, x[i]);
        assertWithin(function.bound, exact, vector[i], ulp, "vector double " + function, x[i]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void floatKernelsKeepTheirBound(Function function) {
    double[] arguments = arguments(1500);
    float[] x = new float[arguments.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) arguments[i];
    }
    float[] ones = new float[x.length];
    Arrays.fill(ones, 1);
    float[] scalar = new float[x.length];
    float[] vector = new float[x.length];
    function.run(new ScalarFloatKernels(), x, ones, scalar);
    function.run(new VectorFloatKernels(), x, ones, vector);
    for (int i = 0; i < x.length; i++) {
      BigDecimal exact = function.exact.apply(x[i]);
      float nearest = exact.floatValue();
      if (Float.isInfinite(nearest)) {
        assertEquals(nearest, scalar[i]);
        assertEquals(nearest, vector[i]);
      } else {
        double ulp = Math.ulp(nearest);
        assertWithin(function.bound, exact, scalar[i], ulp, "scalar float " + function, x[i]);
        assertWithin(function.bound, exact, vector[i], ulp, "vector float " + function, x[i]);
      }
    }
  }

  private static void assertWithin(
      double bound, BigDecimal exact, double found, double ulp, String what, double x) {
    assertTrue(Double.isFinite(found), () -> what + " of " + x + " is " + found);
    BigDecimal difference = new BigDecimal(found).subtract(exact).abs();
    BigDecimal error = difference.divide(new BigDecimal(ulp), MathContext.DECIMAL32);
    assertTrue(
        error.doubleValue() <= bound, () -> what + " of " + x + " is wrong by " + error + " ULP");
  }

  /// Arguments near and far, with the edges of both types: where eˣ overflows, becomes subnormal
  /// and vanishes, and where the reduction by ln 2 changes its integer.
  private static double[] arguments(int random) {
    List<Double> x = new ArrayList<>();
    for (double edge :
        new double[] {
          0,
          0x1p-1074,
          0x1p-1022,
          1e-300,
          1e-30,
          1e-10,
          1e-5,
          9,
          9.0109,
          10,
          19.06,
          20,
          36.7,
          44,
          44.36,
          72,
          87.3365,
          88.72283,
          88.72284,
          103.278,
          103.9720840,
          104.5,
          354.2,
          372.5,
          708.3964185322641,
          709.782712893384,
          709.7827128933841,
          744.4400719213812,
          745.1332191019411,
          745.1332191019412,
          746,
          1000
        }) {
      x.add(edge);
      x.add(-edge);
    }
    for (int n = -40; n <= 40; n++) {
      double turn = (n + 0.5) * Math.log(2);
      for (double y : new double[] {turn, turn / 2}) {
        x.add(y);
        x.add(Math.nextUp(y));
        x.add(Math.nextDown(y));
      }
    }
    Random generator = new Random(7);
    for (int i = 0; i < random; i++) {
      x.add(
          switch (i % 4) {
            case 0 -> generator.nextDouble() * 2 - 1;
            case 1 -> generator.nextGaussian() * 5;
            case 2 -> generator.nextDouble() * 1500 - 750;
            default -> generator.nextDouble() * 220 - 110;
          });
    }
    return x.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
