package dev.lanewise.gradcheck.large;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Counts the steps of a check, from any thread, and tells an observer now and then.
public final class ProgressMeter {
  private static final long INTERVAL = Duration.ofMillis(500).toNanos();

  private final String name;
  private final long total;
  private final Consumer<Progress> observer;
  private final LongSupplier clock;
  private final long start;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong next;

  /// A meter that starts now.
  ///
  /// @param name what is checked
  /// @param total how many steps there will be
  /// @param observer is told
  public ProgressMeter(String name, long total, Consumer<Progress> observer) {
    this(name, total, observer, System::nanoTime);
  }

  ProgressMeter(String name, long total, Consumer<Progress> observer, LongSupplier clock) {
    this.name = name;
    this.total = total;
    this.observer = observer;
    this.clock = clock;
    this.start = clock.getAsLong();
    this.next = new AtomicLong(INTERVAL);
  }

  /// Counts steps.
  ///
  /// @param run the run that made them
  /// @param steps how many
  public void advance(String run, long steps) {
    long now = done.addAndGet(steps);
    long elapsed = clock.getAsLong() - start;
    long due = next.get();
    if (elapsed >= due && next.compareAndSet(due, elapsed + INTERVAL)) {
      tell(new Progress(name, run, now, total, Duration.ofNanos(elapsed)));
    }
  }

  private synchronized void tell(Progress progress) {
    observer.accept(progress);
  }
}
