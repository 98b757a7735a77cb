package dev.lanewise.data;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Loads batches in the order of training, one ahead: while a batch is used, another thread fills
/// the tensors of the next one.
///
/// The batches are those of [Batches#load] to the bit, and an error in loading one comes when that
/// one is asked for. A loader serves one thread at a time.
public final class BatchLoader implements AutoCloseable {
  /// Two sets of tensors: the batch in use, and the one to come. Only the thread that loads touches
  /// them while it does.
  private final Batches[] buffers;

  private final @Nullable ExecutorService thread;
  private @Nullable Ahead ahead;
  private int used;

  private record Ahead(long epoch, int step, Future<Batches.Batch> batch) {}

  private BatchLoader(Batches[] buffers, @Nullable ExecutorService thread) {
    this.buffers = buffers;
    this.thread = thread;
  }

  /// A loader that loads each batch when it is asked for.
  ///
  /// @param batches the batches, which are the loader's from here on
  /// @return the loader
  public static BatchLoader direct(Batches batches) {
    return new BatchLoader(new Batches[] {batches}, null);
  }

  /// A loader with a thread of its own, which ends with [#close()].
  ///
  /// @param batches the batches, which are the loader's from here on
  /// @return the loader
  public static BatchLoader ahead(Batches batches) {
    return new BatchLoader(
        new Batches[] {batches, batches.copy()},
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("lanewise-batches").factory()));
  }

  /// A batch. Asking for the step after the last one, or for the next epoch's first, finds it
  /// loaded or nearly so; asking for another is possible too, and waits.
  ///
  /// @param epoch the epoch, from 0 on
  /// @param step the step within the epoch, from 0 on
  /// @return the batch, good until the next one is asked for
  /// @throws IndexOutOfBoundsException if there is no such epoch or step
  public Batches.Batch load(long epoch, int step) {
    if (thread == null) {
      return buffers[0].load(epoch, step);
    }
    Ahead asked = ahead;
    ahead = null;
    if (asked == null || asked.epoch != epoch || asked.step != step) {
      if (asked != null) {
        await(asked.batch); // its tensors are needed
      }
      asked = start(thread, epoch, step);
    }
    Batches.Batch batch = result(asked.batch);
    boolean last = step + 1 == buffers[0].perEpoch();
    ahead = start(thread, last ? epoch + 1 : epoch, last ? 0 : step + 1);
    return batch;
  }

  /// Ends the thread, when it has finished what it is at.
  @Override
  public void close() {
    if (thread != null) {
      thread.close();
    }
  }

  private Ahead start(ExecutorService thread, long epoch, int step) {
    used = 1 - used;
    Batches buffer = buffers[used];
    return new Ahead(epoch, step, thread.submit(() -> buffer.load(epoch, step)));
  }

  private static Batches.Batch result(Future<Batches.Batch> future) {
    await(future);
    if (future.state() == Future.State.SUCCESS) {
      return future.resultNow();
    }
    switch (future.exceptionNow()) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  /// Waits also if it is interrupted: the other thread writes into tensors that are in use.
  private static void await(Future<?> future) {
    boolean interrupted = false;
    while (true) {
      try {
        future.get();
        break;
      } catch (ExecutionException e) {
        break; // the result tells
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
