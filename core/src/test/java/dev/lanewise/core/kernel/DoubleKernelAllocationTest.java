package dev.lanewise.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.lanewise.core.internal.vector.VectorDoubleKernels;
import dev.lanewise.core.kernel.DoubleKernelCases.Case;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Warm vector kernels leave no garbage. If one does, a vector is boxed in its loop, which makes it
/// many times slower: look for the call that was not inlined with
/// `-XX:+UnlockDiagnosticVMOptions -XX:+PrintInlining`, and read the page of the package
/// `internal.vector`.
///
/// On JDK 25 the compiler's luck differs from one start of the JVM to the next, and now and then it
/// boxes in a kernel for whose sake nothing can be done (corretto/corretto-jdk#161). So each
/// attempt is a JVM of its own, and a kernel fails only if it fails in all of them.
class DoubleKernelAllocationTest {
  private static final int ATTEMPTS = 4;

  @Test
  void warmKernelsAllocateNothing() throws IOException, InterruptedException {
    Set<String> suspects = new TreeSet<>();
    for (Case test : DoubleKernelCases.all()) {
      suspects.add(test.name());
    }
    for (int attempt = 0; attempt < ATTEMPTS && !suspects.isEmpty(); attempt++) {
      Child child = Child.run(Attempt.class, suspects);
      assertEquals(0, child.status(), child.text());
      suspects.retainAll(child.text().lines().toList());
    }
    assertEquals(Set.of(), suspects, "kernels that leave garbage in each of " + ATTEMPTS + " JVMs");
  }

  /// Prints the names of those kernels, of the ones it is given, that leave garbage.
  static final class Attempt {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final DoubleKernels VECTOR = new VectorDoubleKernels();
    private static final int N = 100 * VECTOR.lanes() + 1;
    private static final int CALLS = 200;

    /// The compiler works in the background, and may be busy; a kernel that boxes never gets there.
    private static final long PATIENCE = 3_000_000_000L;

    private Attempt() {}

    public static void main(String[] names) {
      List<String> wanted = Arrays.asList(names);
      for (Case test : DoubleKernelCases.all()) {
        if (wanted.contains(test.name()) && leavesGarbage(test)) {
          System.out.println(test.name());
        }
      }
    }

    private static boolean leavesGarbage(Case test) {
      double[] a = new double[DoubleKernelCases.ROWS * N];
      double[] b = a.clone();
      double[] y = a.clone();
      Arrays.fill(b, 1);
      long start = System.nanoTime();
      while (System.nanoTime() - start < PATIENCE) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int call = 0; call < CALLS; call++) {
          for (double beta : test.betas()) {
            test.kernel().run(VECTOR, N, a, 0, b, 0, beta, y, 0);
          }
        }
        if (THREADS.getCurrentThreadAllocatedBytes() == before) {
          return false;
        }
      }
      return true;
    }
  }
}
