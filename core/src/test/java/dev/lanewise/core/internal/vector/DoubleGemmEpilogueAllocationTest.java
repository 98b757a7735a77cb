package dev.lanewise.core.internal.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

  private static final Epilogue[] EPILOGUES = Epilogue.values();

  @Test
  void nothingIsAllocatedOnceCompiled() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    VectorDoubleKernels kernels = new VectorDoubleKernels();
    int m = 32;
    int n = 85;
    int k = 64;
    double[] a = new double[m * k];
    double[] b = new double[k * n];
    double[] c = new double[m * n];
    double[] e = new double[m * n];
    double[] scratch = new double[kernels.gemmScratch(GemmVariant.NN, m, n, k)];
    long start = system.getProcessCpuTime();
    long least = Long.MAX_VALUE;
    while (least > 0 && system.getProcessCpuTime() - start < PATIENCE) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 10; i++) {
        for (Epilogue epilogue : EPILOGUES) {
          kernels.gemm(
              GemmVariant.NN, m, n, k, a, 0, k, b, 0, n, 0, c, 0, n, epilogue, e, 0, scratch, 0);
        }
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertEquals(0, least, "bytes allocated by ten rounds of all epilogues, at best");
  }
}
