package dev.lanewise.experiments.report;

import dev.lanewise.optim.StepStatistics;
import dev.lanewise.optim.TrainingEvent.StepMeasured;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// Gradients and updates over the steps.
final class StatisticsPlots {
  private StatisticsPlots() {}

  /// The pictures of measured steps: none where no number is positive and finite.
  static List<Picture> of(List<StepMeasured> steps) {
    List<Picture> pictures = new ArrayList<>();
    if (steps.isEmpty()) {
      return pictures;
    }
    Chart plain = new Chart("Gradient norm", "step", "");
    Lines gradient = new Lines("Gradient norm", plain, steps);
    gradient.line("all parameters", StepStatistics::gradientNorm);
    gradient
        .picture(
            "gradient-norm.png",
            "The Euclidean norm of the loss's gradient by all parameters, before the optimizer.")
        .ifPresent(pictures::add);
    Chart many = new Chart("Update beside weights", "step", "").legendBeside();
    Lines ratio = new Lines("Update beside weights", many, steps);
    for (String path : weights(steps)) {
      ratio.line(
          path,
          step -> {
            StepStatistics.OfParameter numbers = step.parameters().get(path);
            return numbers == null ? Double.NaN : numbers.updateRatio();
          });
    }
    ratio
        .picture(
            "update-ratio.png",
            "By how much a step changes the weights of each layer: the norm of the update divided"
                + " by that of the weights. Around 0.001 is usual.")
        .ifPresent(pictures::add);
    return pictures;
  }

  /// All but the biases, whose ratio says little as long as they are near the zero they began with.
  private static List<String> weights(List<StepMeasured> steps) {
    return steps.getFirst().statistics().parameters().keySet().stream()
        .filter(path -> !path.endsWith("bias"))
        .toList();
  }

  /// Lines over the steps, on a logarithmic scale, on which 0, ∞ and NaN have no place.
  private static final class Lines {
    private final String title;
    private final List<StepMeasured> steps;
    private final Chart chart;
    private double lowest = Double.POSITIVE_INFINITY;
    private double highest = 0;

    Lines(String title, Chart chart, List<StepMeasured> steps) {
      this.title = title;
      this.steps = steps;
      this.chart = chart;
    }

    void line(String name, ToDoubleFunction<StepStatistics> value) {
      List<StepMeasured> shown =
          steps.stream().filter(each -> isShown(value.applyAsDouble(each.statistics()))).toList();
      if (!shown.isEmpty()) {
        double[] y =
            shown.stream().mapToDouble(each -> value.applyAsDouble(each.statistics())).toArray();
        chart.line(name, shown.stream().mapToDouble(StepMeasured::step).toArray(), y);
        for (double each : y) {
          lowest = Math.min(lowest, each);
          highest = Math.max(highest, each);
        }
      }
    }

    Optional<Picture> picture(String file, String caption) {
      if (highest == 0) {
        return Optional.empty();
      }
      BufferedImage image = chart.logarithmicUpwards(lowest, highest).draw();
      return Optional.of(Picture.of(file, title, caption, image));
    }

    private static boolean isShown(double value) {
      return value > 0 && Double.isFinite(value);
    }
  }
}
