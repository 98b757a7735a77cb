package dev.lanewise.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// The bytes that a call of a kernel leaves on the heap: what the benchmark's thread allocates from
/// the first call of an iteration on, divided by the calls.
///
/// JMH's own profiler (`-prof gc`) counts all threads for the whole iteration, with JMH's messages
/// and the measuring of peaks and rivals. These are some 8 kB, so a clean kernel that is called
/// seventy times would seem to leave a hundred bytes each time.
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class KernelGarbage {
  /// What is still none: JMH's loop itself leaves some hundred bytes in a few iterations, and no
  /// object has less than eight.
  static final double LIMIT = 1;

  private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private long before;
  private long calls;
  private double perCall;

  /// Forgets the last iteration.
  @Setup(Level.Iteration)
  public void reset() {
    calls = 0;
  }

  /// To be called before each call of the kernel.
  void call() {
    if (calls == 0) {
      before = MEMORY.getCurrentThreadAllocatedBytes();
    }
    calls++;
  }

  /// Ends the count.
  @TearDown(Level.Iteration)
  public void measure() {
    perCall = (double) (MEMORY.getCurrentThreadAllocatedBytes() - before) / calls;
  }

  /// Bytes per call.
  public double garbage() {
    return perCall;
  }
}
