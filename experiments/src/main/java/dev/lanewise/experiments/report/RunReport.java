package dev.lanewise.experiments.report;

import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.data.ImageDataset;
import dev.lanewise.experiments.run.EpochLine;
import dev.lanewise.experiments.run.ExtraFile;
import dev.lanewise.experiments.run.RunFolder;
import dev.lanewise.experiments.run.TestResult;
import dev.lanewise.experiments.run.TrainingJob;
import dev.lanewise.layers.Linear;
import dev.lanewise.optim.TrainingEvent;
import dev.lanewise.optim.observe.StatisticsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The pictures of a run, and the page that shows them.
public final class RunReport {
  private static final int MISTAKES_SHOWN = 36;

  private RunReport() {}

  /// Writes the pictures and `report.html` into a run's folder.
  ///
  /// @param folder the folder
  /// @param job what was trained
  /// @param outcome what it came to
  /// @throws dev.lanewise.experiments.run.OutputException if a file cannot be written
  public static void write(RunFolder folder, TrainingJob job, TrainingJob.Outcome outcome) {
    List<TrainingEvent> statistics = statistics(folder);
    List<Picture> pictures = pictures(job, outcome);
    pictures.addAll(StatisticsPlots.of(only(TrainingEvent.StepMeasured.class, statistics)));
    for (Picture picture : pictures) {
      folder.write(picture.file(), picture.png());
    }
    folder.write(
        RunFolder.REPORT,
        HtmlPage.of(job, outcome, pictures, only(TrainingEvent.EpochMeasured.class, statistics)));
  }

  /// What was measured on the way, if it was asked for.
  private static List<TrainingEvent> statistics(RunFolder folder) {
    Path file = folder.file(ExtraFile.STATISTICS.file());
    return Files.exists(file) ? StatisticsFile.read(file) : List.of();
  }

  private static <T> List<T> only(Class<T> kind, List<TrainingEvent> events) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static List<Picture> pictures(TrainingJob job, TrainingJob.Outcome outcome) {
    List<Picture> pictures = new ArrayList<>();
    List<EpochLine> lines = outcome.lines();
    int best = outcome.summary().bestEpoch();
    boolean solved = outcome.summary().solution() != null;
    if (!lines.isEmpty() && !solved) { // one point is no curve
      pictures.add(LearningCurves.loss(lines, best));
      if (lines.getFirst().trainAccuracy() != null) {
        pictures.add(LearningCurves.accuracy(lines, best));
      }
    }
    outcome
        .test()
        .filter(test -> test.classes() == 0)
        .ifPresent(test -> pictures.add(AnswerPlot.of(test)));
    if (job.test() instanceof ImageDataset images) {
      if (job.model().layers().getFirst() instanceof Linear first) {
        Tensor weights = first.weight().value();
        boolean isOutput = job.model().layers().size() == 1;
        pictures.add(
            FeatureTiles.of(
                weights,
                images.height(),
                images.width(),
                isOutput ? images.classLabels() : List.of()));
      }
      outcome
          .test()
          .filter(test -> !test.mistakes().isEmpty())
          .ifPresent(test -> pictures.add(mistakes(images, test)));
      pictures.add(SamplePage.of(images));
    }
    return pictures;
  }

  private static Picture mistakes(ImageDataset images, TestResult test) {
    List<Integer> all = test.mistakes();
    List<Integer> shown = all.subList(0, Math.min(MISTAKES_SHOWN, all.size()));
    List<String> labels = images.classLabels();
    List<String> words =
        shown.stream()
            .map(row -> labels.get(test.label(row)) + " → " + labels.get(test.answer(row)))
            .toList();
    return Picture.of(
        "mistakes.png",
        "Mistakes",
        "The surest of the "
            + all.size()
            + " wrong answers on the test part: the right class → the answer.",
        SamplePage.page(images, shown, words));
  }
}
