package dev.lanewise.gradcheck.large;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A number of threads that share out tasks. They are started with the first tasks worth sharing,
/// and end when this is closed; a single one is the caller's.
public final class Threads implements AutoCloseable {
  private final int count;
  private @Nullable ExecutorService pool;

  private Threads(int count) {
    this.count = count;
  }

  /// Threads that are started when needed.
  ///
  /// @param count how many
  /// @return the threads, to be closed
  public static Threads of(int count) {
    return new Threads(count);
  }

  /// Does tasks, in any order, and waits for all. After a task that throws, those not begun yet are
  /// left out.
  ///
  /// @param <T> the results' type
  /// @param tasks the tasks; they must not call this method of the same threads
  /// @return their results, in the tasks' order
  /// @throws RuntimeException or [Error], whatever the first task that throws does
  /// @throws CancellationException if the calling thread was interrupted while it waited
  public <T> List<T> all(List<? extends Supplier<T>> tasks) {
    if (count == 1 || tasks.size() <= 1) {
      List<T> results = new ArrayList<>();
      tasks.forEach(task -> results.add(task.get()));
      return results;
    }
    AtomicBoolean failed = new AtomicBoolean();
    ExecutorService running = pool();
    List<Future<T>> futures = new ArrayList<>();
    for (Supplier<T> task : tasks) {
      futures.add(running.submit(() -> unlessFailed(task, failed)));
    }
    return results(futures);
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.close();
    }
  }

  private ExecutorService pool() {
    ExecutorService running = pool;
    if (running == null) {
      running =
          Executors.newFixedThreadPool(
              count, Thread.ofPlatform().daemon().name("gradient-check-", 1).factory());
      pool = running;
    }
    return running;
  }

  private static <T> T unlessFailed(Supplier<T> task, AtomicBoolean failed) {
    if (failed.get()) {
      throw new CancellationException("An earlier task failed.");
    }
    try {
      return task.get();
    } catch (RuntimeException | Error e) {
      failed.set(true);
      throw e;
    }
  }

  private <T> List<T> results(List<Future<T>> futures) {
    List<T> results = new ArrayList<>();
    @Nullable Throwable thrown = null;
    for (Future<T> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        if (thrown == null || thrown instanceof CancellationException) {
          thrown = cause;
        }
      } catch (InterruptedException e) {
        futures.forEach(each -> each.cancel(true));
        Thread.currentThread().interrupt();
        throw new CancellationException("The check was interrupted.");
      }
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    return results;
  }
}
