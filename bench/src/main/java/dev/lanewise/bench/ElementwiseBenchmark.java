package dev.lanewise.bench;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.lanewise.core.kernel.Kernels;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// The element-wise kernels on one thread, beside what the JDK and a copy need at the same time.
@State(Scope.Thread)
@Fork(5)
@Warmup(iterations = 10, time = 50, timeUnit = MILLISECONDS)
@Measurement(iterations = 10, time = 50, timeUnit = MILLISECONDS)
public class ElementwiseBenchmark {
  private static final double SPREAD = 3;

  /// Beyond the error bounds of all the functions, and of their rivals.
  private static final double TOLERANCE = 1e-4;

  /// The function.
  @Param public ElementwiseFunction function;

  /// The element type.
  @Param public DType dtype;

  /// The number of elements.
  @Param({"1000", "100000", "10000000"})
  public int size;

  private Numbers x;
  private Numbers y;

  /// Draws the arguments.
  @Setup
  public void draw() {
    x = Numbers.drawn(dtype, size);
    y = Numbers.zeros(dtype, size);
  }

  /// The kernel in use.
  @Benchmark
  public void kernel(Elements elements, Rivals rivals) {
    switch (dtype) {
      case FLOAT32 -> function.run(Kernels.FLOAT, x.floats, y.floats);
      case FLOAT64 -> function.run(Kernels.DOUBLE, x.doubles, y.doubles);
    }
    elements.elements += size;
  }

  /// Asserts what the timed code left behind.
  @TearDown(Level.Trial)
  public void verify() {
    Numbers expected = Numbers.zeros(dtype, size);
    function.runOnMath(x.doubles, expected.doubles);
    function.runOnMath(x.floats, expected.floats);
    for (int i = 0; i < size; i++) {
      double wanted = expected.get(i);
      double found = y.get(i);
      if (!(Math.abs(found - wanted) <= TOLERANCE * Math.abs(wanted) + Float.MIN_NORMAL)) {
        throw new AssertionError(
            "%s %s: element %d is %s but should be %s"
                .formatted(dtype, function, i, found, wanted));
      }
    }
  }

  /// An array of either type; the other is empty.
  record Numbers(DType dtype, double[] doubles, float[] floats) {
    static Numbers zeros(DType dtype, int size) {
      boolean wide = dtype == DType.FLOAT64;
      return new Numbers(dtype, new double[wide ? size : 0], new float[wide ? 0 : size]);
    }

    /// Normal draws times 3, always the same.
    static Numbers drawn(DType dtype, int size) {
      RandomGenerator random = Key.of(1).with("arguments").generator();
      Numbers numbers = zeros(dtype, size);
      for (int i = 0; i < size; i++) {
        double draw = SPREAD * random.nextGaussian();
        switch (dtype) {
          case FLOAT32 -> numbers.floats[i] = (float) draw;
          case FLOAT64 -> numbers.doubles[i] = draw;
        }
      }
      return numbers;
    }

    double get(int i) {
      return dtype == DType.FLOAT64 ? doubles[i] : floats[i];
    }
  }
}
