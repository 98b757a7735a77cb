package dev.lanewise.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.lanewise.core.internal.vector.VectorDoubleKernels;
import dev.lanewise.core.kernel.DoubleKernelCases.Case;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Warm vector kernels leave no garbage, in any start of the JVM. If one does, a vector is boxed in
/// its loop, which makes it many times slower: look for the call that was not inlined with
/// `-XX:+UnlockDiagnosticVMOptions -XX:+PrintInlining`, and read the page of the package
/// `internal.vector`.
///
/// What the compiler makes of a kernel depends on what it has compiled before, so each attempt is a
/// JVM of its own, and takes the kernels in an order of its own. It goes over them twice, for a
/// kernel may be compiled again, and worse.
class DoubleKernelAllocationTest {
  private static final int ATTEMPTS = 2;

  private static final Set<String> NAMES =
      DoubleKernelCases.all().stream().map(Case::name).collect(Collectors.toSet());

  @Test
  void warmKernelsAllocateNothing() throws IOException, InterruptedException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Child child = Child.run(Attempt.class, List.of(Integer.toString(attempt)));
      assertEquals(0, child.status(), child.text());
      List<String> guilty = child.text().lines().filter(NAMES::contains).toList();
      assertEquals(List.of(), guilty, "kernels that leave garbage in attempt " + attempt);
    }
  }

  /// Prints the names of the kernels that leave garbage, in an order that its argument decides.
  static final class Attempt {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final DoubleKernels VECTOR = new VectorDoubleKernels();
    private static final int N = 100 * VECTOR.lanes() + 1;
    private static final int CALLS = 50;

    /// So many calls in a row, in batches of [#CALLS], must be clean.
    private static final int CLEAN_BATCHES = 4;

    /// The compiler works in the background, and may be busy; a kernel that boxes never gets there.
    /// In nanoseconds of this process, compiler included, so that a busy machine takes nothing
    /// away.
    private static final long PATIENCE = 10_000_000_000L;

    private Attempt() {}

    public static void main(String[] arguments) {
      List<Case> cases = new ArrayList<>(DoubleKernelCases.all());
      Random random = new Random(Long.parseLong(arguments[0]));
      Collections.shuffle(cases, random);
      double[] a = elements(random);
      double[] b = elements(random);
      for (int round = 0; round < 2; round++) {
        for (Case test : cases) {
          if (leavesGarbage(test, a, b)) {
            System.out.println(test.name());
          }
        }
      }
    }

    private static double[] elements(Random random) {
      double[] x = new double[DoubleKernelCases.ROWS * N];
      for (int i = 0; i < x.length; i++) {
        x[i] = random.nextDouble(-3, 3);
      }
      return x;
    }

    private static boolean leavesGarbage(Case test, double[] a, double[] b) {
      double[] x = a.clone();
      double[] other = b.clone();
      double[] y = b.clone();
      int clean = 0;
      long start = SYSTEM.getProcessCpuTime();
      while (clean < CLEAN_BATCHES && SYSTEM.getProcessCpuTime() - start < PATIENCE) {
        System.arraycopy(b, 0, other, 0, b.length);
        System.arraycopy(b, 0, y, 0, b.length);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int call = 0; call < CALLS; call++) {
          for (double beta : test.betas()) {
            test.kernel().run(VECTOR, N, x, 0, other, 0, beta, y, 0);
          }
        }
        clean = THREADS.getCurrentThreadAllocatedBytes() == before ? clean + 1 : 0;
      }
      return clean < CLEAN_BATCHES;
    }
  }
}
