package dev.lanewise.bench;

import com.sun.management.ThreadMXBean;
import dev.lanewise.optim.TrainingEvent;
import dev.lanewise.optim.TrainingObserver;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The bytes that a training step leaves on the heap, by all threads together. The first step of a
/// training is left out, for the trainer's start belongs to it.
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class StepGarbage implements TrainingObserver {
  /// What a step may leave in bookkeeping, in bytes: the bound that the trainer's own test holds.
  static final double LIMIT = 1 << 14;

  private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private boolean isFirst;
  private long before;
  private long bytes;
  private long steps;

  /// Forgets the last iteration.
  @Setup(Level.Iteration)
  public void reset() {
    bytes = 0;
    steps = 0;
  }

  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Started _ -> isFirst = true;
      case TrainingEvent.StepDone _ -> {
        long now = MEMORY.getTotalThreadAllocatedBytes();
        if (!isFirst) {
          bytes += now - before;
          steps++;
        }
        isFirst = false;
        before = now;
      }
      default -> {}
    }
  }

  /// Bytes per step.
  public double garbage() {
    return (double) bytes / steps;
  }
}
