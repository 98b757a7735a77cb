package dev.lanewise.bench.peers;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Lets contenders take turns, so that whatever else the machine is busy with meets all of them.
final class Stopwatch {
  /// Threads of other libraries look for work for some time before they sleep.
  private static final long SETTLING = 40_000_000;

  /// How long ours may take until it leaves no garbage.
  private static final long PATIENCE = 2_000_000_000;

  /// What a call of ours that shares out its work may leave, in bytes; vectors that are not
  /// compiled yet leave far more.
  private static final long LITTLE = 1 << 14;

  private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Pace pace;
  private final int threads;
  private final Roofs roofs;

  Stopwatch(Pace pace, int threads, Roofs roofs) {
    this.pace = pace;
    this.threads = threads;
    this.roofs = roofs;
  }

  /// Calls every contender until the compilers are likely to be done: for some time, and ours again
  /// and again that long until it leaves as little garbage as it should.
  void warmUp(Race race) {
    for (Contender contender : race.contenders()) {
      boolean ours = contender.library() == Library.LANEWISE;
      long garbage = race.allocatesNothing() ? 0 : LITTLE;
      long start = System.nanoTime();
      while (callFor(pace.warmUp(), contender) > garbage
          && ours
          && System.nanoTime() - start < PATIENCE) {
        // once more
      }
    }
  }

  /// Calls a contender for some time, in nanoseconds. Returns how many bytes a call leaves on the
  /// heap, on average: of some calls that threads share this one has no part.
  private static long callFor(long time, Contender contender) {
    long start = System.nanoTime();
    long bytes = MEMORY.getCurrentThreadAllocatedBytes();
    int calls = 0;
    do {
      contender.call().run();
      calls++;
    } while (System.nanoTime() - start < time);
    return (MEMORY.getCurrentThreadAllocatedBytes() - bytes) / calls;
  }

  /// Measures all contenders round by round, and verifies what they computed.
  ///
  /// @throws AssertionError if a result is wrong
  Outcome measure(int fork, Race race, double bandwidth) {
    List<Contender> contenders = race.contenders();
    int[] calls = new int[contenders.size()];
    for (int i = 0; i < calls.length; i++) {
      calls[i] = callsOfATurn(contenders.get(i));
    }
    List<Double> peaks = new ArrayList<>();
    Map<Library, List<Double>> seconds = new EnumMap<>(Library.class);
    double allocated = Double.POSITIVE_INFINITY;
    for (int round = 0; round < pace.rounds(); round++) {
      settle();
      peaks.add(roofs.peak(race.cell().dtype()));
      for (int i = 0; i < calls.length; i++) {
        int turn = (i + round) % calls.length;
        Contender contender = contenders.get(turn);
        settle();
        if (threads > 1) {
          callFor(pace.turn(), contender); // its threads awake, each on its own processor
        } else if (calls[turn] > 1) {
          contender.call().run(); // its operands come back to the caches
        }
        long bytes = MEMORY.getCurrentThreadAllocatedBytes();
        double needed = time(contender.call(), calls[turn]);
        bytes = MEMORY.getCurrentThreadAllocatedBytes() - bytes;
        seconds.computeIfAbsent(contender.library(), key -> new ArrayList<>()).add(needed);
        if (contender.library() == Library.LANEWISE) {
          allocated = Math.min(allocated, (double) bytes / calls[turn]);
        }
      }
    }
    contenders.forEach(contender -> contender.verify().run());
    double garbage = race.allocatesNothing() ? allocated : 0;
    return new Outcome(fork, race.cell(), bandwidth, peaks, seconds, garbage);
  }

  private int callsOfATurn(Contender contender) {
    contender.call().run();
    int calls = 1;
    while (true) {
      double nanos = 1e9 * time(contender.call(), calls);
      if (nanos * calls >= pace.turn() / 4.0) {
        return Math.max(1, (int) (pace.turn() / nanos));
      }
      calls *= 4;
    }
  }

  /// The seconds of a call.
  private static double time(Runnable call, int calls) {
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      call.run();
    }
    return 1e-9 * (System.nanoTime() - start) / calls;
  }

  private void settle() {
    if (threads > 1) {
      LockSupport.parkNanos(SETTLING);
    }
  }
}
