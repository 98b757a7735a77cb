package dev.lanewise.experiments.report;

import dev.lanewise.experiments.run.EpochLine;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/// Loss and accuracy over the epochs.
public final class LearningCurves {
  private LearningCurves() {}

  /// Training and validation loss.
  ///
  /// @param epochs the epochs, at least one
  /// @param bestEpoch the epoch whose weights were kept, from 1 on; 0 if none
  /// @return the picture
  public static Picture loss(List<EpochLine> epochs, int bestEpoch) {
    return curves(
        "loss.png",
        "Loss",
        "The mean loss in each epoch. The training loss is measured on the way, before each step;"
            + " the validation loss at the end of the epoch.",
        epochs,
        bestEpoch,
        EpochLine::trainLoss,
        EpochLine::validationLoss);
  }

  /// Training and validation accuracy.
  ///
  /// @param epochs the epochs, at least one, of a classification
  /// @param bestEpoch the epoch whose weights were kept, from 1 on; 0 if none
  /// @return the picture
  public static Picture accuracy(List<EpochLine> epochs, int bestEpoch) {
    return curves(
        "accuracy.png",
        "Accuracy",
        "The fraction of right answers in each epoch, in per cent.",
        epochs,
        bestEpoch,
        epoch -> percent(epoch.trainAccuracy()),
        epoch -> percent(epoch.validationAccuracy()));
  }

  private static @Nullable Double percent(@Nullable Double fraction) {
    return fraction == null ? null : 100 * fraction;
  }

  private static Picture curves(
      String file,
      String title,
      String caption,
      List<EpochLine> epochs,
      int bestEpoch,
      Function<EpochLine, @Nullable Double> training,
      Function<EpochLine, @Nullable Double> validation) {
    double[] x = epochs.stream().mapToDouble(EpochLine::epoch).toArray();
    double[] trained = values(epochs, training);
    double[] validated = values(epochs, validation);
    String unit = title.equals("Accuracy") ? "per cent" : "";
    Chart chart = new Chart(title, "epoch", unit);
    chart.line("training", x, trained);
    if (validated.length == x.length) {
      chart.line("validation", x, validated);
    }
    if (bestEpoch > 0 && epochs.size() > 1) {
      double[] all =
          DoubleStream.concat(Arrays.stream(trained), Arrays.stream(validated)).toArray();
      chart.mark(
          "best epoch",
          bestEpoch,
          Arrays.stream(all).min().orElse(0),
          Arrays.stream(all).max().orElse(1));
    }
    BufferedImage image = chart.draw();
    return Picture.of(file, title, caption, image);
  }

  private static double[] values(
      List<EpochLine> epochs, Function<EpochLine, @Nullable Double> value) {
    return epochs.stream()
        .map(value)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .toArray();
  }
}
