package dev.lanewise.bench;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.lanewise.core.kernel.Kernels;
import dev.lanewise.core.tensor.DType;
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
  public void kernel(Elements elements, Rivals rivals, KernelGarbage garbage) {
    garbage.call();
    function.run(Kernels.FLOAT, Kernels.DOUBLE, x, y);
    elements.elements += size;
  }

  /// Asserts what the timed code left behind.
  @TearDown(Level.Trial)
  public void verify() {
    function.verify("the kernel", x, y::get);
  }
}
