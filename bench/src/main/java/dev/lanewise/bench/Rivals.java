package dev.lanewise.bench;

import dev.lanewise.core.internal.scalar.ScalarDoubleKernels;
import dev.lanewise.core.internal.scalar.ScalarFloatKernels;
import dev.lanewise.core.tensor.DType;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;

/// What others need for the same elements, in nanoseconds each, measured anew just before every
/// iteration and in the same JVM: on a machine shared with others, only a ratio of neighbouring
/// figures means anything.
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Rivals {
  /// Small enough that a try is seldom interrupted.
  private static final int ELEMENTS_PER_TRY = 100_000;

  /// The quickest try counts.
  private static final int TRIES = 10;

  private static final int TRIES_OF_LARGE = 3;

  private double jdk;
  private double math;
  private double scalar;
  private double copy;

  private Numbers numbers;
  private Numbers results;

  /// Draws the arguments.
  @Setup
  public void draw(BenchmarkParams benchmark) {
    DType dtype = DType.valueOf(benchmark.getParam("dtype"));
    int size = Integer.parseInt(benchmark.getParam("size"));
    numbers = Numbers.drawn(dtype, size);
    results = Numbers.zeros(dtype, size);
  }

  /// Measures the rivals.
  @Setup(Level.Iteration)
  public void measure(BenchmarkParams benchmark) {
    ElementwiseFunction f = ElementwiseFunction.valueOf(benchmark.getParam("function"));
    int n = numbers.size();
    ScalarFloatKernels floats = new ScalarFloatKernels();
    ScalarDoubleKernels doubles = new ScalarDoubleKernels();
    jdk = quickest(n, () -> f.runOnJdk(numbers, results));
    math = quickest(n, () -> f.runOnMath(numbers, results));
    scalar = quickest(n, () -> f.run(floats, doubles, numbers, results));
    copy = quickest(n, () -> numbers.copyTo(results));
  }

  /// The JDK's vector functions.
  public double jdk() {
    return jdk;
  }

  /// A loop around [Math].
  public double math() {
    return math;
  }

  /// The scalar kernel.
  public double scalar() {
    return scalar;
  }

  /// Copying the array.
  public double copy() {
    return copy;
  }

  private static double quickest(int n, Runnable loop) {
    int calls = Math.max(1, ELEMENTS_PER_TRY / n);
    int tries = n > ELEMENTS_PER_TRY ? TRIES_OF_LARGE : TRIES;
    double quickest = Double.POSITIVE_INFINITY;
    for (int t = 0; t < tries; t++) {
      long start = System.nanoTime();
      for (int call = 0; call < calls; call++) {
        loop.run();
      }
      quickest = Math.min(quickest, (double) (System.nanoTime() - start) / calls / n);
    }
    return quickest;
  }
}
