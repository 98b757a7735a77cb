package dev.lanewise.core.kernel;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A fixed number of threads that share out numbered tasks.
///
/// Which thread executes a task is left to chance, so what a task computes must not depend on it.
/// The caller is one of the threads: one worker means no further thread at all.
public final class Workers implements AutoCloseable {
  private final int count;
  private final @Nullable ExecutorService pool;

  private Workers(int count) {
    this.count = count;
    this.pool =
        count == 1
            ? null
            : Executors.newFixedThreadPool(
                count - 1, Thread.ofPlatform().daemon().name("lanewise-worker-", 1).factory());
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
    return count;
  }

  /// Executes the tasks 0 … `tasks − 1`, each once, and returns when all are done.
  ///
  /// @param tasks how many tasks
  /// @param task what to do
  /// @throws RuntimeException what the failed task with the lowest number threw, also when that is
  ///     an error; the other tasks are executed all the same
  public void run(int tasks, Task task) {
    new Region(tasks, task).run(pool, Math.min(count, tasks));
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.shutdown();
    }
  }

  /// One call of [#run]: the workers take the next number until none is left.
  private static final class Region {
    private final int tasks;
    private final Task task;
    private final AtomicInteger next = new AtomicInteger();
    private @Nullable Throwable failure;
    private int failedTask = Integer.MAX_VALUE;

    Region(int tasks, Task task) {
      this.tasks = tasks;
      this.task = task;
    }

    void run(@Nullable ExecutorService pool, int workers) {
      if (pool == null || workers <= 1) {
        work(0);
      } else {
        share(pool, workers);
      }
      synchronized (this) {
        switch (failure) {
          case null -> {}
          case RuntimeException e -> throw e;
          case Error e -> throw e;
          default -> throw new IllegalStateException(failure);
        }
      }
    }

    private void share(ExecutorService pool, int workers) {
      CountDownLatch others = new CountDownLatch(workers - 1);
      for (int worker = 1; worker < workers; worker++) {
        int number = worker;
        pool.execute(
            () -> {
              try {
                work(number);
              } finally {
                others.countDown();
              }
            });
      }
      work(0);
      awaitUninterruptibly(others);
    }

    private void work(int worker) {
      for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
        try {
          task.run(i, worker);
        } catch (RuntimeException | Error e) {
          remember(i, e);
        }
      }
    }

    private synchronized void remember(int failed, Throwable cause) {
      if (failed < failedTask) {
        failedTask = failed;
        failure = cause;
      }
    }

    /// The tasks write into the caller's memory, so it must not leave before they are done.
    private static void awaitUninterruptibly(CountDownLatch latch) {
      boolean interrupted = false;
      while (true) {
        try {
          latch.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
