package dev.lanewise.experiments.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.optim.TrainingEvent;
import dev.lanewise.optim.observe.FileObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtraFilesTest {
  private static final TrainingEvent STEP = new TrainingEvent.StepDone(1, 1, 0, 1);
  private static final TrainingEvent RESUMED = new TrainingEvent.Resumed(1, 1);
  private static final Path FILE = Path.of("metrics.csv");

  private final List<String> closed = new ArrayList<>();

  /// Does one thing when told something or closed.
  private final class Failing implements FileObserver {
    private final RuntimeException failure;

    Failing(RuntimeException failure) {
      this.failure = failure;
    }

    @Override
    public void on(TrainingEvent event) {
      throw failure;
    }

    @Override
    public Path file() {
      return FILE;
    }

    @Override
    public void close() {
      closed.add("closed");
      throw failure;
    }
  }

  private ExtraFiles files(RuntimeException failure) {
    ExtraFiles files = new ExtraFiles();
    files.open(FILE, () -> new Failing(failure));
    files.open(FILE, () -> new Failing(failure));
    return files;
  }

  @Test
  void aFullDiskIsASentenceAndAllFilesAreClosed() {
    ExtraFiles files =
        files(new UncheckedIOException("metrics.csv: …", new IOException("No space left")));
    String expected = "metrics.csv: cannot be written (java.io.IOException: No space left).";
    assertEquals(expected, assertThrows(OutputException.class, () -> files.on(STEP)).getMessage());
    assertEquals(expected, assertThrows(OutputException.class, files::close).getMessage());
    assertEquals(List.of("closed", "closed"), closed);
  }

  @Test
  void aFileThatDoesNotBelongToTheCheckpointIsWrongInput() {
    ExtraFiles files = files(new IllegalStateException("it ends too early"));
    assertEquals(
        "it ends too early",
        assertThrows(InputException.class, () -> files.on(RESUMED)).getMessage());
  }

  @Test
  void aMistakeInTheProgramKeepsItsTrace() {
    ExtraFiles files = files(new IllegalStateException("a mistake"));
    assertThrows(IllegalStateException.class, () -> files.on(STEP));
  }
}
