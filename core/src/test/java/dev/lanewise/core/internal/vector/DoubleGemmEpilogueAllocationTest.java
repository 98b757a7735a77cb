package dev.lanewise.core.internal.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.lanewise.core.kernel.Epilogue;
import dev.lanewise.core.kernel.GemmVariant;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/// A product with an epilogue leaves no garbage, whichever epilogues were compiled before it.
class DoubleGemmEpilogueAllocationTest {
  /// In nanoseconds of this process, compiler included, so that a busy machine takes nothing away.
  private static final long PATIENCE = 20_000_000_000L;

  /// So many rounds in a row must be clean: a product may be compiled again, and worse.
  private static final int CLEAN_ROUNDS = 4;

  private static final Epilogue[] EPILOGUES = Epilogue.values();

  @Test
  void nothingIsAllocatedOnceCompiled() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    VectorDoubleKernels kernels = new VectorDoubleKernels();
    assumeTrue(kernels.lanes() > 2, "the JDK boxes masks of two lanes, as comparisons make them");
    int m = 32;
    int n = 85;
    int k = 64;
    double[] a = new double[m * k];
    double[] b = new double[k * n];
    double[] c = new double[m * n];
    double[] e = new double[m * n];
    double[] scratch = new double[kernels.gemmScratch(GemmVariant.NN, m, n, k)];
    long start = system.getProcessCpuTime();
    long allocated = 0;
    int clean = 0;
    while (clean < CLEAN_ROUNDS && system.getProcessCpuTime() - start < PATIENCE) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 10; i++) {
        for (Epilogue epilogue : EPILOGUES) {
          kernels.gemm(
              GemmVariant.NN, m, n, k, a, 0, k, b, 0, n, 0, c, 0, n, epilogue, e, 0, scratch, 0);
        }
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
      clean = allocated == 0 ? clean + 1 : 0;
    }
    assertEquals(
        CLEAN_ROUNDS, clean, "clean rounds; the last one allocated " + allocated + " bytes");
  }
}
