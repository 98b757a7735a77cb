package dev.lanewise.experiments;

import org.jline.utils.Signals;

/// Ctrl-C as a request: training finishes its step, saves and reports before the program ends. Who
/// asks twice does not want to wait: the second Ctrl-C ends the program at once.
///
/// The signal itself is caught, because a shutdown hook comes too late: while the JVM shuts down,
/// nothing that makes a hook of its own works any more, and pictures and terminals do.
final class Interrupt implements AutoCloseable {
  private static final String SIGNAL = "INT";

  private final Object before = Signals.register(SIGNAL, this::request);
  private volatile boolean requested;

  private Interrupt() {}

  static Interrupt listen() {
    return new Interrupt();
  }

  boolean requested() {
    return requested;
  }

  /// From here on Ctrl-C does what it did before.
  @Override
  public void close() {
    Signals.unregister(SIGNAL, before);
  }

  private void request() {
    if (requested) {
      Runtime.getRuntime().halt(Errors.INTERRUPTED);
    }
    requested = true;
  }
}
