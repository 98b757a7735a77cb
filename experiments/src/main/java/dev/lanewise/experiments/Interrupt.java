package dev.lanewise.experiments;

import java.util.concurrent.CountDownLatch;

/// Ctrl-C as a request: training finishes its step and saves, and only then does the program end.
final class Interrupt implements AutoCloseable {
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::onShutdown, "lanewise-interrupt");
  private volatile boolean requested;

  private Interrupt() {}

  static Interrupt listen() {
    Interrupt interrupt = new Interrupt();
    Runtime.getRuntime().addShutdownHook(interrupt.hook);
    return interrupt;
  }

  boolean requested() {
    return requested;
  }

  /// Whoever listened has saved what there is to save.
  @Override
  public void close() {
    done.countDown();
    if (!requested) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  /// The JVM ends when its hooks return, so this one waits for the training to save; then it ends
  /// the JVM itself, with the exit code of an interrupted command.
  private void onShutdown() {
    requested = true;
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(Errors.INTERRUPTED);
  }
}
