package dev.lanewise.optim.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.optim.EpochRecord;
import dev.lanewise.optim.TrainingEvent;
import dev.lanewise.optim.metric.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvMetricsTest {
  private static final Optional<Metrics> VALIDATION =
      Optional.of(new Metrics(10, 0.75, Map.of("mse", Double.NaN, "accuracy", 0.5)));

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("metrics.csv");
  }

  private static TrainingEvent epoch(int number, Optional<Metrics> validation) {
    return new TrainingEvent.EpochDone(
        new EpochRecord(number, 6L * number, 0.1, 1e-10, validation, 60, 2, number == 1));
  }

  @Test
  void everyMetricHasAColumnAndEveryNumberAllItsDigits() throws IOException {
    try (CsvMetrics csv = new CsvMetrics(file)) {
      csv.on(epoch(1, VALIDATION));
      csv.on(epoch(2, VALIDATION));
    }
    assertEquals(
        "epoch,steps,train_loss,penalty,samples,seconds,best,"
            + "validation_loss,validation_accuracy,validation_mse\r\n"
            + "1,6,0.1,1.0E-10,60,2.0,true,0.75,0.5,NaN\r\n"
            + "2,12,0.1,1.0E-10,60,2.0,false,0.75,0.5,NaN\r\n",
        Files.readString(file));
  }

  @Test
  void withoutValidationThereAreNoColumnsForIt() throws IOException {
    try (CsvMetrics csv = new CsvMetrics(file)) {
      csv.on(epoch(1, Optional.empty()));
    }
    assertEquals(
        "epoch,steps,train_loss,penalty,samples,seconds,best\r\n"
            + "1,6,0.1,1.0E-10,60,2.0,true\r\n",
        Files.readString(file));
  }

  private static Optional<Metrics> named(String name) {
    return Optional.of(new Metrics(10, 0.75, Map.of(name, 1.)));
  }

  @Test
  void namesWithCommasQuotesAndLineEndsAreQuoted() throws IOException {
    try (CsvMetrics csv = new CsvMetrics(file)) {
      csv.on(epoch(1, named("the \"best\", or\nworst")));
    }
    String text = Files.readString(file);
    assertTrue(
        text.startsWith(
            "epoch,steps,train_loss,penalty,samples,seconds,best,validation_loss,"
                + "\"validation_the \"\"best\"\", or\nworst\"\r\n1,"),
        text);
  }

  @Test
  void aContinuedTrainingWritesBehindTheEpochsOfItsCheckpoint() throws IOException {
    Optional<Metrics> metrics = named("a\nb");
    try (CsvMetrics csv = new CsvMetrics(file)) {
      csv.on(epoch(1, metrics));
      csv.on(epoch(2, metrics));
      csv.on(epoch(3, metrics));
    }
    String whole = Files.readString(file);
    Files.writeString(file, whole + "4,2");
    try (CsvMetrics csv = new CsvMetrics(file)) {
      csv.on(new TrainingEvent.Resumed(1, 6));
      csv.on(epoch(2, metrics));
      csv.on(epoch(3, metrics));
    }
    assertEquals(whole, Files.readString(file));
    try (CsvMetrics csv = new CsvMetrics(file)) {
      csv.on(new TrainingEvent.Resumed(0, 0));
      csv.on(epoch(1, metrics));
      csv.on(epoch(2, metrics));
      csv.on(epoch(3, metrics));
    }
    assertEquals(whole, Files.readString(file));
  }

  @Test
  void whatDoesNotFitTheFileIsRefused() {
    try (CsvMetrics csv = new CsvMetrics(file)) {
      csv.on(epoch(1, VALIDATION));
      assertThrows(IllegalStateException.class, () -> csv.on(epoch(2, Optional.empty())));
    }
    try (CsvMetrics csv = new CsvMetrics(file)) {
      TrainingEvent later = new TrainingEvent.Resumed(2, 12);
      String message = assertThrows(IllegalStateException.class, () -> csv.on(later)).getMessage();
      assertEquals(
          file + ": it has 2 lines, but the training is continued after epoch 2.", message);
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() {
    UncheckedIOException failure =
        assertThrows(UncheckedIOException.class, () -> new CsvMetrics(folder));
    assertEquals(folder + ": cannot be written.", failure.getMessage());
  }
}
