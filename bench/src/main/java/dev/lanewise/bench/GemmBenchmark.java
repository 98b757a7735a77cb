package dev.lanewise.bench;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.lanewise.core.kernel.GemmVariant;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.MatrixProduct;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;
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

/// The three matrix products of a linear layer on one thread: `NN` its output `X·W`, `NT` the
/// gradient `dY·Wᵀ` by its input, `TN` the gradient `Xᵀ·dY` by its weights.
@State(Scope.Thread)
@Fork(5)
@Warmup(iterations = 5, time = 100, timeUnit = MILLISECONDS)
@Measurement(iterations = 5, time = 100, timeUnit = MILLISECONDS)
public class GemmBenchmark {
  private static final long CHECKED_FLOP = 200_000_000;

  /// The element type.
  @Param public DType dtype;

  /// Which of the three products.
  @Param public GemmVariant variant;

  /// The layer: batch × inputs × outputs.
  @Param({
    "16x16x16",
    "32x32x32",
    "64x64x64",
    "128x128x128",
    "256x256x256",
    "512x512x512",
    "1024x1024x1024",
    "2048x2048x2048",
    "128x784x512",
    "128x512x256",
    "128x256x10",
    "32x784x128",
    "1x784x512"
  })
  public String layer;

  private Tensor a;
  private Tensor b;
  private Tensor c;
  private Tensor scratch;
  private long flop;

  /// Draws the operands.
  @Setup
  public void draw() {
    int[] dims = Arrays.stream(layer.split("x")).mapToInt(Integer::parseInt).toArray();
    Shape x = Shape.of(dims[0], dims[1]);
    Shape w = Shape.of(dims[1], dims[2]);
    Shape y = Shape.of(dims[0], dims[2]);
    RandomGenerator random = Key.of(1).with("operands").generator();
    a = drawn(variant == GemmVariant.NT ? y : x, random);
    b = drawn(variant == GemmVariant.TN ? y : w, random);
    c =
        Tensor.zeros(
            dtype,
            switch (variant) {
              case NN -> y;
              case NT -> x;
              case TN -> w;
            });
    int size =
        MatrixProduct.gemmScratch(
            variant, dtype, c.shape().dim(0), c.shape().dim(1), innerLength());
    scratch = Tensor.zeros(dtype, Shape.of(size));
    flop = 2L * dims[0] * dims[1] * dims[2];
  }

  /// The kernels in use.
  @Benchmark
  public Tensor product(Work work, Peak peak, KernelGarbage garbage) {
    garbage.call();
    MatrixProduct.gemm(variant, a, b, 0, c, scratch);
    work.flop += flop;
    return c;
  }

  /// The scalar twin.
  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dlanewise.kernels=scalar")
  public Tensor scalarProduct(Work work, Peak peak, KernelGarbage garbage) {
    return product(work, peak, garbage);
  }

  /// Asserts what the timed code left behind, within the error bound of the kernels' contract; of a
  /// large product only some rows, for the check is slow.
  @TearDown(Level.Trial)
  public void verify() {
    int k = innerLength();
    double roundoff = dtype == DType.FLOAT32 ? 0x1p-24 : 0x1p-53;
    int step = (int) (flop / CHECKED_FLOP) + 1;
    for (int i = 0; i < c.shape().dim(0); i += step) {
      for (int j = 0; j < c.shape().dim(1); j++) {
        double sum = 0;
        double sizes = 0;
        for (int p = 0; p < k; p++) {
          double left = variant == GemmVariant.TN ? a.get(p, i) : a.get(i, p);
          double right = variant == GemmVariant.NT ? b.get(j, p) : b.get(p, j);
          sum += left * right;
          sizes += Math.abs(left * right);
        }
        double found = c.get(i, j);
        if (!(Math.abs(found - sum) <= 2 * k * roundoff * sizes)) {
          throw new AssertionError(
              "%s %s %s: element (%d, %d) is %s but should be %s"
                  .formatted(dtype, variant, layer, i, j, found, sum));
        }
      }
    }
  }

  private int innerLength() {
    return variant == GemmVariant.TN ? a.shape().dim(0) : a.shape().dim(1);
  }

  private Tensor drawn(Shape shape, RandomGenerator random) {
    return Tensor.of(dtype, shape, random.doubles(shape.size(), -1, 1).toArray());
  }
}
