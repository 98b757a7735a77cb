package dev.lanewise.bench.peers;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.lanewise.bench.Peak;
import dev.lanewise.bench.Work;
import dev.lanewise.core.kernel.GemmVariant;
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

/// The three matrix products of a linear layer by one library on one thread, from the call to the
/// return.
@State(Scope.Thread)
@Fork(
    value = 5,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"})
@Warmup(iterations = 5, time = 100, timeUnit = MILLISECONDS)
@Measurement(iterations = 5, time = 100, timeUnit = MILLISECONDS)
public class PeerGemmBenchmark {
  /// The element type.
  @Param public DType dtype;

  /// Which of the three products.
  @Param public GemmVariant variant;

  /// The layer: batch × inputs × outputs. [PeersMain] gives one after the other.
  @Param("16x16x16")
  public String layer;

  /// Who computes it.
  @Param public Library library;

  private Problem problem;
  private Product product;

  /// Draws the operands and lets the library lay them out.
  @Setup
  public void prepare() {
    problem = Problem.of(dtype, variant, layer);
    product = library.product(problem);
  }

  /// One product.
  @Benchmark
  public void product(Work work, Peak peak) {
    product.multiply().run();
    work.flop += problem.flop();
  }

  /// Asserts what the timed code left behind.
  @TearDown(Level.Trial)
  public void verify() {
    problem.verify(library, product.result());
  }
}
