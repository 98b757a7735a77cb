package dev.lanewise.optim.observe;

import dev.lanewise.optim.TrainingObserver;
import java.nio.file.Path;

/// An observer that writes a file, until it is closed. It throws [java.io.UncheckedIOException] if
/// that fails. When a training is continued, what the file has from after the checkpoint is cut
/// off, and the file ends as that of an uninterrupted training.
public interface FileObserver extends TrainingObserver, AutoCloseable {
  /// What is written.
  ///
  /// @return the file, or the folder of several
  Path file();

  /// Closes the file.
  ///
  /// @throws java.io.UncheckedIOException if that fails
  @Override
  void close();
}
