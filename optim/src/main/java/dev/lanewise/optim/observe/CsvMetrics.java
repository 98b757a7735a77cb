package dev.lanewise.optim.observe;

import dev.lanewise.optim.EpochRecord;
import dev.lanewise.optim.TrainingEvent;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes one line for each epoch as comma-separated values (RFC 4180: lines end with CR LF, what
/// has a comma, a quote or a line end stands in quotes), under a line with the names:
/// `epoch,steps,train_loss,penalty,samples,seconds,best`, and with a validation set
/// `validation_loss` and the other metrics in alphabetical order, as in `validation_accuracy`.
/// Numbers have all their digits.
public final class CsvMetrics implements FileObserver {
  private static final String LINE_END = "\r\n";

  private final AppendedFile file;
  private String header = "";

  /// Begins a file, or opens one for a training that will be continued.
  ///
  /// @param file the file
  /// @throws java.io.UncheckedIOException if it cannot be written
  public CsvMetrics(Path file) {
    this.file = new AppendedFile(file);
  }

  /// Writes an epoch when it is done.
  ///
  /// @throws IllegalStateException if the epochs' metrics differ, or the file ends before the
  ///     checkpoint from which a training is continued
  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Resumed resumed -> resume(resumed.epochs());
      case TrainingEvent.EpochDone done -> write(done.epoch());
      case TrainingEvent.Started started -> {}
      case TrainingEvent.StepMeasured measured -> {}
      case TrainingEvent.StepDone done -> {}
      case TrainingEvent.EpochMeasured measured -> {}
      case TrainingEvent.Stopped stopped -> {}
    }
  }

  @Override
  public Path file() {
    return file.path();
  }

  @Override
  public void close() {
    file.close();
  }

  private void write(EpochRecord epoch) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("epoch", Integer.toString(epoch.epoch()));
    values.put("steps", Long.toString(epoch.steps()));
    values.put("train_loss", Double.toString(epoch.trainingLoss()));
    values.put("penalty", Double.toString(epoch.penalty()));
    values.put("samples", Long.toString(epoch.samples()));
    values.put("seconds", Double.toString(epoch.seconds()));
    values.put("best", Boolean.toString(epoch.best()));
    epoch
        .validation()
        .ifPresent(
            metrics -> {
              values.put("validation_loss", Double.toString(metrics.loss()));
              new TreeMap<>(metrics.others())
                  .forEach((name, value) -> values.put("validation_" + name, value.toString()));
            });
    String names = line(values.keySet().stream());
    if (header.isEmpty()) {
      header = names;
      file.append(names);
    } else if (!header.equals(names)) {
      throw new IllegalStateException(
          "%s: its columns are %s, but epoch %d has %s."
              .formatted(file.path(), header.strip(), epoch.epoch(), names.strip()));
    }
    file.append(line(values.values().stream()));
  }

  private void resume(int epochs) {
    String text = file.read();
    String kept = epochs == 0 ? "" : records(text, 1 + epochs);
    header = records(kept, epochs == 0 ? 0 : 1);
    file.keep(kept);
  }

  /// The first lines of a text; a line end in quotes ends none.
  private String records(String text, int number) {
    boolean quoted = false;
    int found = 0;
    int end = 0;
    for (int i = 0; i < text.length() && found < number; i++) {
      quoted ^= text.charAt(i) == '"';
      if (text.charAt(i) == '\n' && !quoted) {
        found++;
        end = i + 1;
      }
    }
    if (found < number) {
      throw new IllegalStateException(
          "%s: it has %d lines, but the training is continued after epoch %d."
              .formatted(file.path(), found, number - 1));
    }
    return text.substring(0, end);
  }

  private static String line(Stream<String> fields) {
    return fields.map(CsvMetrics::quoted).collect(Collectors.joining(",", "", LINE_END));
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(each -> ",\"\r\n".indexOf(each) >= 0);
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
