package dev.lanewise.experiments.run;

import dev.lanewise.optim.TrainingEvent;
import dev.lanewise.optim.TrainingObserver;
import dev.lanewise.optim.observe.FileObserver;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/// The observers that write a run's extra files. What goes wrong becomes a sentence for the user: a
/// file that cannot be written an [OutputException], one that does not belong to the run's
/// checkpoint an [InputException].
final class ExtraFiles implements TrainingObserver, AutoCloseable {
  private final List<FileObserver> observers = new ArrayList<>();

  /// Opens one more.
  void open(Path path, Supplier<FileObserver> opening) {
    writing(path, () -> observers.add(opening.get()));
  }

  @Override
  public void on(TrainingEvent event) {
    for (FileObserver each : observers) {
      try {
        writing(each.file(), () -> each.on(event));
      } catch (IllegalStateException | IllegalArgumentException e) {
        if (event instanceof TrainingEvent.Resumed) {
          throw new InputException(Objects.requireNonNull(e.getMessage()), e);
        }
        throw e;
      }
    }
  }

  /// Closes all, also if one fails.
  @Override
  public void close() {
    List<OutputException> failures = new ArrayList<>();
    for (FileObserver each : observers) {
      try {
        writing(each.file(), each::close);
      } catch (OutputException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  private static void writing(Path file, Runnable action) {
    try {
      action.run();
    } catch (UncheckedIOException e) {
      throw new OutputException(file, Objects.requireNonNull(e.getCause()));
    }
  }
}
