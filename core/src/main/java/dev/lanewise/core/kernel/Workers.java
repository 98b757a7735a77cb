package dev.lanewise.core.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A fixed number of threads that share out numbered tasks.
///
/// Which thread executes a task is left to chance, so what a task computes must not depend on it.
/// The caller is one of the threads: one worker means no further thread at all. Calls belong to one
/// thread at a time.
///
/// A training step calls its workers several times within a millisecond, and a thread that sleeps
/// may take that long to come: where most processors are busy, Linux wakes it on the one it slept
/// on, idle or not, and moves it at the next tick at best. So a worker that has nothing to do looks
/// for more work for some time before it sleeps, and lets other threads of its processor go first
/// meanwhile. An idle program leaves the processors to others. Until the next call, workers hold on
/// to the task of the last one, and so to what it refers to.
public final class Workers implements AutoCloseable {
  /// How long a worker looks for more work before it sleeps, in nanoseconds: what lies between two
  /// steps of training, as a rule.
  private static final long PATIENCE = 2_000_000;

  /// How often a waiting thread looks before it asks for the time, and lets others go first: for
  /// some 40 µs. On a busy machine whoever lets others go first more often waits a tick each time.
  private static final int LOOKS = 1 << 11;

  private final Thread[] helpers;
  private final boolean[] asleep;
  private volatile @Nullable Region current;
  private volatile boolean closed;

  private Workers(int count) {
    this.helpers = new Thread[count - 1];
    this.asleep = new boolean[count - 1];
    for (int i = 0; i < helpers.length; i++) {
      int number = i + 1;
      helpers[i] =
          Thread.ofPlatform()
              .daemon()
              .name("lanewise-worker-" + number)
              .unstarted(() -> help(number));
    }
    for (Thread helper : helpers) {
      helper.start();
    }
  }

  /// What a worker does.
  @FunctionalInterface
  public interface Task {
    /// Executes one task.
    ///
    /// @param task the task's number, from 0
    /// @param worker the number of the worker that executes it, from 0; no two tasks run under the
    ///     same number at once
    void run(int task, int worker);
  }

  /// Some workers; [#close] ends their threads.
  ///
  /// @param count how many, the calling thread included
  /// @return the workers
  /// @throws IllegalArgumentException if the count is not positive
  public static Workers of(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("There must be at least 1 worker, not " + count + ".");
    }
    return new Workers(count);
  }

  /// How many workers there are, the calling thread included.
  ///
  /// @return the number
  public int count() {
    return helpers.length + 1;
  }

  /// Executes the tasks 0 … `tasks − 1`, each once, and returns when all are done.
  ///
  /// @param tasks how many tasks
  /// @param task what to do
  /// @throws RuntimeException what the failed task with the lowest number threw, also when that is
  ///     an error; the other tasks are executed all the same
  /// @throws IllegalStateException if the workers are closed
  public void run(int tasks, Task task) {
    if (closed) {
      throw new IllegalStateException("The workers are closed.");
    }
    Region region = new Region(tasks, task);
    if (helpers.length > 0 && tasks > 1) {
      current = region;
      wake(tasks - 1);
    }
    region.work(0);
    region.awaitDone();
    region.throwFailure();
  }

  @Override
  public void close() {
    closed = true;
    wake(helpers.length);
  }

  private void wake(int wanted) {
    synchronized (asleep) {
      for (int i = 0; i < Math.min(wanted, helpers.length); i++) {
        if (asleep[i]) {
          asleep[i] = false;
          LockSupport.unpark(helpers[i]);
        }
      }
    }
  }

  /// The life of a helper.
  private void help(int number) {
    Region last = null;
    while (true) {
      Region next = await(last, number - 1);
      if (next == null) {
        return;
      }
      next.work(number);
      last = next;
    }
  }

  /// The next region after the last; null when the workers are closed.
  private @Nullable Region await(@Nullable Region last, int helper) {
    long start = System.nanoTime();
    while (true) {
      for (int i = 0; i < LOOKS; i++) {
        Region found = current;
        if (closed) {
          return null;
        }
        if (found != last) {
          return found;
        }
        Thread.onSpinWait();
      }
      letOthersGoFirst();
      if (System.nanoTime() - start > PATIENCE) {
        sleep(last, helper);
        start = System.nanoTime();
      }
    }
  }

  private void sleep(@Nullable Region last, int helper) {
    synchronized (asleep) {
      // Whoever changes what is looked at here wakes sleepers afterwards, under the same lock.
      if (closed || current != last) {
        return;
      }
      asleep[helper] = true;
    }
    while (isAsleep(helper)) {
      LockSupport.park(this);
      Thread.interrupted(); // what a task has left behind would let no park wait any more
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // nothing but speed depends on it
  private static void letOthersGoFirst() {
    Thread.yield();
  }

  private boolean isAsleep(int helper) {
    synchronized (asleep) {
      return asleep[helper];
    }
  }

  /// One call of [#run]: the workers take the next number until none is left. Helpers that come
  /// late find nothing to do, and nobody waits for them.
  private static final class Region {
    private final int tasks;
    private final Task task;
    private final Thread caller = Thread.currentThread();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private volatile boolean callerSleeps;
    private @Nullable Throwable failure;
    private int failedTask = Integer.MAX_VALUE;

    Region(int tasks, Task task) {
      this.tasks = tasks;
      this.task = task;
    }

    void work(int worker) {
      for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
        try {
          task.run(i, worker);
        } catch (Throwable e) { // also a checked one, thrown past the compiler: someone waits
          remember(i, e);
        }
        if (done.incrementAndGet() == tasks && callerSleeps) {
          LockSupport.unpark(caller);
        }
      }
    }

    /// The tasks write into the caller's memory, so it must not leave before they are done, also
    /// when it is interrupted.
    void awaitDone() {
      long start = System.nanoTime();
      boolean interrupted = false;
      while (done.get() < tasks) {
        for (int i = 0; i < LOOKS && done.get() < tasks; i++) {
          Thread.onSpinWait();
        }
        letOthersGoFirst();
        if (done.get() < tasks && System.nanoTime() - start > PATIENCE) {
          callerSleeps = true;
          while (done.get() < tasks) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
          }
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    private synchronized void remember(int failed, Throwable cause) {
      if (failed < failedTask) {
        failedTask = failed;
        failure = cause;
      }
    }

    synchronized void throwFailure() {
      switch (failure) {
        case null -> {}
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new IllegalStateException(failure);
      }
    }
  }
}
