package dev.lanewise.experiments.run;

import dev.lanewise.optim.EpochRecord;
import dev.lanewise.optim.TrainingEvent;
import dev.lanewise.optim.TrainingObserver;
import dev.lanewise.optim.metric.Metrics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Writes each epoch to `metrics.jsonl` when it is done, and tells the progress.
final class RunRecorder implements TrainingObserver, AutoCloseable {
  private final RunFolder folder;
  private FileChannel metrics;
  private final Progress progress;
  private final Supplier<Metrics> onTrainingSample;
  private final List<EpochLine> lines = new ArrayList<>();
  private double secondsBefore;

  /// A recorder that asks for the model's metrics on a sample of the training rows at the end of
  /// each epoch.
  RunRecorder(RunFolder folder, Progress progress, Supplier<Metrics> onTrainingSample) {
    this.folder = folder;
    this.metrics = folder.openMetrics();
    this.progress = progress;
    this.onTrainingSample = onTrainingSample;
  }

  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Started started -> progress.started(started);
      case TrainingEvent.Resumed resumed -> resume(resumed.epochs());
      case TrainingEvent.StepDone step -> progress.step(step);
      case TrainingEvent.EpochDone done -> record(done.epoch());
      case TrainingEvent.StepMeasured measured -> {}
      case TrainingEvent.EpochMeasured measured -> {}
      case TrainingEvent.Stopped stopped -> {}
    }
  }

  List<EpochLine> lines() {
    return List.copyOf(lines);
  }

  /// How long the epochs took that were done before this process.
  double secondsBefore() {
    return secondsBefore;
  }

  @Override
  public void close() {
    try {
      metrics.close();
    } catch (IOException e) {
      throw new OutputException(folder.file(RunFolder.METRICS), e);
    }
  }

  private void resume(int epochs) {
    close();
    lines.addAll(folder.keepMetrics(epochs));
    secondsBefore = lines.stream().mapToDouble(EpochLine::seconds).sum();
    metrics = folder.openMetrics();
    progress.resumed(lines());
  }

  private void record(EpochRecord epoch) {
    Optional<Metrics> validation = epoch.validation();
    EpochLine line =
        new EpochLine(
            epoch.epoch(),
            epoch.steps(),
            epoch.trainingLoss(),
            epoch.penalty(),
            accuracy(Optional.of(onTrainingSample.get())).orElse(null),
            validation.map(Metrics::loss).orElse(null),
            accuracy(validation).orElse(null),
            epoch.best(),
            epoch.seconds(),
            epoch.samplesPerSecond());
    lines.add(line);
    try {
      ByteBuffer text = StandardCharsets.UTF_8.encode(Json.line(line));
      while (text.hasRemaining()) {
        metrics.write(text);
      }
      metrics.force(false); // a checkpoint of this epoch may be there soon
    } catch (IOException e) {
      throw new OutputException(folder.file(RunFolder.METRICS), e);
    }
    progress.epoch(line);
  }

  private static Optional<Double> accuracy(Optional<Metrics> metrics) {
    return metrics.map(found -> found.others().get(Metrics.ACCURACY));
  }
}
