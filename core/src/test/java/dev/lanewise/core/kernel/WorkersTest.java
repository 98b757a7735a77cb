package dev.lanewise.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void everyTaskIsExecutedOnce(int count) {
    try (Workers workers = Workers.of(count)) {
      for (int tasks = 0; tasks < 50; tasks++) {
        AtomicIntegerArray executed = new AtomicIntegerArray(tasks);
        workers.run(tasks, (task, worker) -> executed.incrementAndGet(task));
        for (int task = 0; task < tasks; task++) {
          assertEquals(1, executed.get(task));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void theFailureOfTheLowestTaskIsThrownAfterAllOthersAreDone(int count) {
    RuntimeException[] failures = new RuntimeException[20];
    AtomicIntegerArray executed = new AtomicIntegerArray(20);
    try (Workers workers = Workers.of(count)) {
      RuntimeException thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  workers.run(
                      20,
                      (task, worker) -> {
                        executed.incrementAndGet(task);
                        if (task % 7 == 3) {
                          failures[task] = new IllegalStateException("task " + task);
                          throw failures[task];
                        }
                      }));
      assertSame(failures[3], thrown);
      for (int task = 0; task < 20; task++) {
        assertEquals(1, executed.get(task), "task " + task);
      }
    }
  }

  @Test
  void anErrorIsThrownAsItIs() {
    try (Workers workers = Workers.of(2)) {
      AssertionError error = new AssertionError("broken");
      assertSame(
          error,
          assertThrows(
              AssertionError.class,
              () ->
                  workers.run(
                      3,
                      (task, worker) -> {
                        throw error;
                      })));
    }
  }

  @Test
  void aCheckedExceptionThatTheCompilerDidNotSeeIsThrownToo() {
    for (int count : new int[] {1, 3}) {
      try (Workers workers = Workers.of(count)) {
        IllegalStateException thrown =
            assertThrows(
                IllegalStateException.class,
                () -> workers.run(20, (task, worker) -> throwUnseen(new IOException("unseen"))));
        assertEquals("unseen", thrown.getCause().getMessage());
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> void throwUnseen(Exception e) throws E {
    throw (E) e;
  }

  @Test
  void aTaskThatInterruptsItsThreadDoesNotKeepItAwake() throws InterruptedException {
    try (Workers workers = Workers.of(2)) {
      Set<Thread> helpers = ConcurrentHashMap.newKeySet();
      CyclicBarrier barrier = new CyclicBarrier(2);
      workers.run(
          2,
          (task, worker) -> {
            try {
              barrier.await();
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
            if (worker != 0) {
              helpers.add(Thread.currentThread());
              Thread.currentThread().interrupt();
            }
          });
      Thread helper = helpers.iterator().next();
      int patience = 10_000; // milliseconds; a helper that sleeps is seen to after a few
      while (helper.isInterrupted() && patience > 0) {
        Thread.sleep(1); // a look each millisecond: nothing announces that the flag is gone
        patience--;
      }
      assertFalse(helper.isInterrupted(), "the helper cannot sleep while it is interrupted");
    }
  }

  @Test
  void theWorkersWorkAtOnceUnderDifferentNumbers() {
    int count = 4;
    try (Workers workers = Workers.of(count)) {
      CyclicBarrier barrier = new CyclicBarrier(count);
      AtomicIntegerArray seen = new AtomicIntegerArray(count);
      workers.run(
          count,
          (task, worker) -> {
            seen.incrementAndGet(worker);
            try {
              barrier.await(); // is passed only when all four have a task
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });
      for (int worker = 0; worker < count; worker++) {
        assertEquals(1, seen.get(worker));
      }
    }
  }

  @Test
  void oneWorkerIsTheCaller() {
    Thread caller = Thread.currentThread();
    try (Workers workers = Workers.of(1)) {
      workers.run(3, (task, worker) -> assertSame(caller, Thread.currentThread()));
    }
  }

  @Test
  void noWorkerAtAllIsAnError() {
    String message = assertThrows(IllegalArgumentException.class, () -> Workers.of(0)).getMessage();
    assertTrue(message.contains("at least 1 worker, not 0"), message);
  }

  /// The threads of some workers, but for the caller's.
  private static Set<Thread> helpersOf(Workers workers) {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CyclicBarrier barrier = new CyclicBarrier(workers.count());
    workers.run(
        workers.count(),
        (task, worker) -> {
          threads.add(Thread.currentThread());
          try {
            barrier.await(); // is passed only when each has a task
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
    threads.remove(Thread.currentThread());
    assertEquals(workers.count() - 1, threads.size());
    return threads;
  }

  private static void awaitSleep(Set<Thread> helpers) throws InterruptedException {
    for (Thread helper : helpers) {
      int patience = 10_000; // milliseconds; helpers sleep after a few without work
      while (helper.getState() != Thread.State.WAITING && patience > 0) {
        Thread.sleep(1); // a look each millisecond: nothing announces that a thread sleeps
        patience--;
      }
      assertEquals(Thread.State.WAITING, helper.getState(), helper + " does not go to sleep");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void noTaskIsLostHoweverLongTheWorkersSleptBefore(int count) throws InterruptedException {
    try (Workers workers = Workers.of(count)) {
      Set<Thread> helpers = helpersOf(workers);
      for (int round = 0; round < 3000; round++) {
        if (round % 100 == 0) {
          awaitSleep(helpers);
        }
        AtomicInteger sum = new AtomicInteger();
        workers.run(7, (task, worker) -> sum.addAndGet(task));
        assertEquals(21, sum.get(), "round " + round);
      }
    }
  }

  @Test
  void aTaskThatTakesLongIsWaitedForAlsoWhenInterrupted() {
    AtomicInteger finished = new AtomicInteger();
    Thread.currentThread().interrupt();
    try (Workers workers = Workers.of(3)) {
      workers.run(
          3,
          (task, worker) -> {
            long end = System.nanoTime() + 5_000_000;
            while (System.nanoTime() < end) {
              Thread.onSpinWait();
            }
            finished.incrementAndGet();
          });
      assertEquals(3, finished.get());
    }
    assertTrue(Thread.interrupted(), "the interrupt is kept for the caller");
  }

  @Test
  void closedWorkersRefuseWorkAndTheirThreadsEnd() throws InterruptedException {
    Workers workers = Workers.of(3);
    Set<Thread> helpers = helpersOf(workers);
    workers.close();
    for (Thread thread : helpers) {
      thread.join(10_000);
      assertFalse(thread.isAlive(), "the thread " + thread + " is still there");
    }
    assertThrows(IllegalStateException.class, () -> workers.run(1, (task, worker) -> {}));
  }
}
