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
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The error bounds of the contract, against [Exact], over the whole range of each function.
class KernelAccuracyTest {
  /// The functions that still do something at 10³⁰⁰.
  private static final Set<ElementaryFunction> FAR =
      EnumSet.of(ElementaryFunction.SIN, ElementaryFunction.LOG, ElementaryFunction.LOG1P);

  @ParameterizedTest
  @EnumSource
  void doubleKernelsKeepTheirBound(ElementaryFunction function) {
    double[] x = arguments(function);
    double[] ones = new double[x.length];
    Arrays.fill(ones, 1);
    double[] scalar = new double[x.length];
    double[] vector = new double[x.length];
    function.run(new ScalarDoubleKernels(), x, ones, scalar);
    function.run(new VectorDoubleKernels(), x, ones, vector);
    double scalarBound = function.scalarBound();
    for (int i = 0; i < x.length; i++) {
      if (!function.isDefined(x[i])) {
        continue; // see whatIsNoNumberIsNaNAndThePolesAreInfinite
      }
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
  void floatKernelsKeepTheirBound(ElementaryFunction function) {
    double[] arguments = arguments(function);
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
      if (!function.isDefined(x[i]) || Float.isInfinite(x[i])) {
        continue; // see whatIsNoNumberIsNaNAndThePolesAreInfinite
      }
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

  @Test
  void whatIsNoNumberIsNaNAndThePolesAreInfinite() {
    double infinity = Double.POSITIVE_INFINITY;
    for (DoubleKernels kernels : List.of(new ScalarDoubleKernels(), new VectorDoubleKernels())) {
      double[] x = new double[4 * kernels.lanes() + 3];
      double[] y = new double[x.length];
      double[][] logs = {
        {0, -infinity},
        {-0.0, -infinity},
        {-1, Double.NaN},
        {-infinity, Double.NaN},
        {infinity, infinity},
        {Double.NaN, Double.NaN},
        {1, 0}
      };
      for (double[] pair : logs) {
        Arrays.fill(x, pair[0]);
        kernels.log(x.length, x, 0, y, 0);
        assertAll(pair[1], y, "log " + pair[0]);
        x[0] -= 1; // exact for all of them
        Arrays.fill(x, x[0]);
        kernels.log1p(x.length, x, 0, y, 0);
        assertAll(pair[1], y, "log1p " + x[0]);
      }
      double[][] sines = {{infinity, Double.NaN}, {-infinity, Double.NaN}, {-0.0, -0.0}, {0, 0}};
      for (double[] pair : sines) {
        Arrays.fill(x, pair[0]);
        kernels.sin(x.length, x, 0, y, 0);
        assertAll(pair[1], y, "sin " + pair[0]);
      }
      double[][] errors = {
        {infinity, 1, 0}, {-infinity, -1, 2}, {Double.NaN, Double.NaN, Double.NaN}, {-0.0, -0.0, 1}
      };
      for (double[] triple : errors) {
        Arrays.fill(x, triple[0]);
        kernels.erf(x.length, x, 0, y, 0);
        assertAll(triple[1], y, "erf " + triple[0]);
        kernels.erfc(x.length, x, 0, y, 0);
        assertAll(triple[2], y, "erfc " + triple[0]);
      }
    }
  }

  private static void assertAll(double expected, double[] found, String what) {
    for (double y : found) {
      assertEquals(expected, y, what);
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
  private static double[] arguments(ElementaryFunction function) {
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
    for (int i = 0; i < 1500; i++) {
      x.add(
          switch (i % 4) {
            case 0 -> generator.nextDouble() * 2 - 1;
            case 1 -> generator.nextGaussian() * 5;
            case 2 -> generator.nextDouble() * 1500 - 750;
            default -> generator.nextDouble() * 220 - 110;
          });
    }
    if (FAR.contains(function)) {
      for (double y : new double[] {7e4, 65535.9, 2.6e8, 2.7e8, 6e9, 1e16, 1e22, 1e38}) {
        x.add(y);
        x.add(-y);
        for (double power = y; power < 1e38; power *= 37.7) {
          x.add(power);
        }
      }
      x.add(0x1.6ac5b262ca1ffp849); // the double that is nearest to a multiple of π/2
      x.add(Double.MAX_VALUE);
    }
    return x.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
