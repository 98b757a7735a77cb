package dev.lanewise.gradcheck.large;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void resultsComeInTheTasksOrder(int count) {
    try (Threads threads = Threads.of(count)) {
      List<Supplier<Integer>> tasks =
          IntStream.range(0, 100).mapToObj(i -> (Supplier<Integer>) () -> i * i).toList();
      assertEquals(tasks.stream().map(Supplier::get).toList(), threads.all(tasks));
    }
  }

  @Test
  void oneThreadIsTheCallers() {
    try (Threads threads = Threads.of(1)) {
      Supplier<Thread> who = Thread::currentThread;
      assertEquals(Set.of(Thread.currentThread()), Set.copyOf(threads.all(List.of(who, who))));
    }
  }

  @Test
  void severalThreadsWorkAtTheSameTime() {
    CountDownLatch both = new CountDownLatch(2);
    Supplier<Thread> waitsForTheOther =
        () -> {
          both.countDown();
          try {
            both.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return Thread.currentThread();
        };
    try (Threads threads = Threads.of(2)) {
      List<Thread> workers = threads.all(List.of(waitsForTheOther, waitsForTheOther));
      assertEquals(2, Set.copyOf(workers).size());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatATaskThrowsReachesTheCallerAndEndsTheWork(int count) {
    IllegalArgumentException thrown = new IllegalArgumentException("no");
    Set<Integer> begun = ConcurrentHashMap.newKeySet();
    List<Supplier<Integer>> tasks =
        IntStream.range(0, 10_000)
            .mapToObj(
                i ->
                    (Supplier<Integer>)
                        () -> {
                          begun.add(i);
                          throw thrown;
                        })
            .toList();
    try (Threads threads = Threads.of(count)) {
      assertSame(thrown, assertThrows(IllegalArgumentException.class, () -> threads.all(tasks)));
    }
    assertTrue(begun.size() <= count, "begun after a task had failed: " + begun);
  }
}
