package dev.lanewise.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.lanewise.core.internal.vector.VectorDoubleKernels;
import dev.lanewise.core.kernel.DoubleKernelCases.Case;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Warm vector kernels leave no garbage. If one does, a vector is boxed in its loop, which makes it
/// many times slower: look for the call that was not inlined with
/// `-XX:+UnlockDiagnosticVMOptions -XX:+PrintInlining`, and read the page of the package
/// `internal.vector`.
class DoubleKernelAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final DoubleKernels VECTOR = new VectorDoubleKernels();
  private static final int N = 100 * VECTOR.lanes() + 1;
  private static final int CALLS = 200;

  /// The compiler works in the background, and may be busy; a kernel that boxes never gets there.
  private static final long PATIENCE = 20_000_000_000L;

  static Iterable<Case> cases() {
    return DoubleKernelCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aWarmKernelAllocatesNothing(Case test) {
    double[] a = new double[DoubleKernelCases.ROWS * N];
    double[] b = a.clone();
    double[] y = a.clone();
    Arrays.fill(b, 1);
    long garbage = 1;
    long start = System.nanoTime();
    while (garbage > 0 && System.nanoTime() - start < PATIENCE) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int call = 0; call < CALLS; call++) {
        for (double beta : test.betas()) {
          test.kernel().run(VECTOR, N, a, 0, b, 0, beta, y, 0);
        }
      }
      garbage = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    assertEquals(0, garbage, "bytes in " + CALLS + " calls of " + test);
  }
}
