package dev.lanewise.optim.observe;

import dev.lanewise.optim.ActivationStatistics;
import dev.lanewise.optim.EpochRecord;
import dev.lanewise.optim.StepStatistics;
import dev.lanewise.optim.TrainingEvent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;

/// Writes a training's numbers for TensorBoard: an event file in which each record is a protocol
/// buffer of the message `Event`, framed as a TFRecord (see [TfRecord]).
///
/// After each step there is `loss/batch`; after each epoch, at its last step, `loss/train`,
/// `penalty`, `samples_per_second`, and of the validation set `loss/validation` and each metric, as
/// in `accuracy/validation`. If statistics are asked for, there are `gradient_norm` of all and of
/// each parameter, `update_ratio`, and of each activation `dead_units`, `activation_mean` and
/// `activation_deviation`, as in `dead_units/Relu 1 after layers.0.bias`. A training that is
/// continued writes a file of its own into the same folder, with a mark at which TensorBoard
/// forgets what came after the checkpoint.
///
/// Field numbers are those of `tensorflow/core/util/event.proto` and
/// `tensorflow/core/framework/summary.proto`.
public final class TensorBoardEvents implements FileObserver {
  private static final int EVENT_WALL_TIME = 1;
  private static final int EVENT_STEP = 2;
  private static final int EVENT_FILE_VERSION = 3;
  private static final int EVENT_SUMMARY = 5;
  private static final int EVENT_SESSION_LOG = 7;
  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE = 2;
  private static final int SESSION_STATUS = 1;
  private static final int SESSION_START = 1;

  private final Path file;
  private final InstantSource clock;
  private final OutputStream out;

  /// Begins a file whose name has the time and says that TensorBoard is to read it.
  ///
  /// @param folder where; made if it is not there
  /// @param clock tells the time of each event, as `InstantSource.system()` does
  /// @throws UncheckedIOException if it cannot be written, or there is one of the same time
  public TensorBoardEvents(Path folder, InstantSource clock) {
    this.file = folder.resolve("events.out.tfevents." + clock.millis() + ".lanewise");
    this.clock = clock;
    try {
      Files.createDirectories(folder);
      this.out =
          new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
    } catch (IOException e) {
      throw failed(e);
    }
    write(event().string(EVENT_FILE_VERSION, "brain.Event:2"));
  }

  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Started started -> {}
      case TrainingEvent.Resumed resumed -> {
        ProtoMessage session = new ProtoMessage().varint(SESSION_STATUS, SESSION_START);
        write(event().varint(EVENT_STEP, resumed.step() + 1).message(EVENT_SESSION_LOG, session));
      }
      case TrainingEvent.StepMeasured measured -> step(measured.step(), measured.statistics());
      case TrainingEvent.EpochMeasured measured ->
          activations(measured.step(), measured.activations());
      case TrainingEvent.StepDone done -> scalar(done.step(), "loss/batch", done.loss());
      case TrainingEvent.EpochDone done -> epoch(done.epoch());
      case TrainingEvent.Stopped stopped -> flush();
    }
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void step(long step, StepStatistics statistics) {
    scalar(step, "gradient_norm", statistics.gradientNorm());
    statistics
        .parameters()
        .forEach(
            (path, numbers) -> {
              scalar(step, "gradient_norm/" + path, numbers.gradientNorm());
              scalar(step, "update_ratio/" + path, numbers.updateRatio());
            });
  }

  private void activations(long step, List<ActivationStatistics> activations) {
    for (int i = 0; i < activations.size(); i++) {
      ActivationStatistics each = activations.get(i);
      String name = "%s %d after %s".formatted(each.op(), i + 1, each.after());
      scalar(step, "dead_units/" + name, each.deadShare());
      scalar(step, "activation_mean/" + name, each.mean());
      scalar(step, "activation_deviation/" + name, each.deviation());
    }
  }

  private void epoch(EpochRecord epoch) {
    scalar(epoch.steps(), "loss/train", epoch.trainingLoss());
    scalar(epoch.steps(), "penalty", epoch.penalty());
    scalar(epoch.steps(), "samples_per_second", epoch.samplesPerSecond());
    epoch
        .validation()
        .ifPresent(
            metrics -> {
              scalar(epoch.steps(), "loss/validation", metrics.loss());
              metrics
                  .others()
                  .forEach((name, value) -> scalar(epoch.steps(), name + "/validation", value));
            });
    flush();
  }

  private void scalar(long step, String tag, double number) {
    ProtoMessage value =
        new ProtoMessage().string(VALUE_TAG, tag).float32(VALUE_SIMPLE, (float) number);
    write(
        event()
            .varint(EVENT_STEP, step)
            .message(EVENT_SUMMARY, new ProtoMessage().message(SUMMARY_VALUE, value)));
  }

  private ProtoMessage event() {
    return new ProtoMessage().float64(EVENT_WALL_TIME, clock.millis() * 1e-3);
  }

  private void write(ProtoMessage event) {
    try {
      TfRecord.write(out, event.bytes());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private UncheckedIOException failed(IOException e) {
    return new UncheckedIOException(file + ": cannot be written.", e);
  }
}
