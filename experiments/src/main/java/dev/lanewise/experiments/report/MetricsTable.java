package dev.lanewise.experiments.report;

import dev.lanewise.experiments.run.LossChoice;
import dev.lanewise.experiments.run.RunEvaluation;
import dev.lanewise.optim.metric.Bootstrap;
import dev.lanewise.optim.metric.Calibration;
import dev.lanewise.optim.metric.ConfusionMatrix;
import dev.lanewise.optim.metric.ConfusionMatrix.Average;
import dev.lanewise.optim.metric.ConfusionMatrix.ClassScores;
import dev.lanewise.optim.metric.Interval;
import dev.lanewise.optim.metric.Predictions;
import dev.lanewise.optim.metric.Ranking;
import dev.lanewise.optim.metric.RegressionErrors;
import java.util.List;
import java.util.Locale;

/// All metrics of a run on a test part, as text. Intervals are for 95 %: Wilson's for shares, else
/// by a bootstrap with a fixed seed.
public final class MetricsTable {
  private static final Bootstrap BOOTSTRAP = Bootstrap.of(1);

  /// More classes than these have no room for a table of who was taken for whom.
  private static final int MOST_COLUMNS = 20;

  private final StringBuilder text = new StringBuilder();

  private MetricsTable() {}

  /// Computes and lays out.
  ///
  /// @param evaluation a run's answers
  /// @return lines, each with an end
  public static String of(RunEvaluation evaluation) {
    MetricsTable table = new MetricsTable();
    table.line(String.format(Locale.ROOT, "test examples: %d", evaluation.test().size()));
    table.line(String.format(Locale.ROOT, "test loss: %.6f", evaluation.result().loss()));
    Predictions predictions = evaluation.result().predictions();
    if (predictions.classes() == 0) {
      table.numbers(new RegressionErrors(predictions));
    } else {
      table.classes(predictions, evaluation.choice() == LossChoice.SOFTMAX_CROSS_ENTROPY);
      table.perClass(ConfusionMatrix.of(predictions), evaluation.config().classLabels());
    }
    return table.text.toString();
  }

  private void numbers(RegressionErrors errors) {
    interval("mean squared error", "%.6g", errors.meanSquared(BOOTSTRAP));
    interval("root mean squared error", "%.6g", errors.rootMeanSquared(BOOTSTRAP));
    interval("mean absolute error", "%.6g", errors.meanAbsolute(BOOTSTRAP));
    interval("R²", "%.6f", errors.determination(BOOTSTRAP));
  }

  private void classes(Predictions predictions, boolean probabilities) {
    interval("accuracy", "%.4f", predictions.accuracy());
    if (predictions.classes() > 5) {
      interval("top-5 accuracy", "%.4f", predictions.topK(5));
    }
    if (probabilities) {
      interval("log loss", "%.6f", BOOTSTRAP.ofMean(predictions.logLosses()));
      interval("Brier score", "%.6f", BOOTSTRAP.ofMean(predictions.brierScores()));
      Calibration calibration = Calibration.of(predictions, Calibration.USUAL_BINS);
      line(String.format(Locale.ROOT, "test calibration error: %.4f", calibration.expectedError()));
      line(
          String.format(
              Locale.ROOT,
              "test ROC-AUC, each class against the rest: %.4f",
              Ranking.oneAgainstRest(predictions, Ranking::rocAuc)));
      line(
          String.format(
              Locale.ROOT,
              "test average precision, the same: %.4f",
              Ranking.oneAgainstRest(predictions, Ranking::averagePrecision)));
    }
  }

  private void perClass(ConfusionMatrix matrix, List<String> labels) {
    line("");
    line(
        String.format(
            Locale.ROOT,
            "%-16s %9s %9s %9s %9s",
            "class",
            "precision",
            "recall",
            "F1",
            "examples"));
    for (int each = 0; each < matrix.classes(); each++) {
      scores(labels.get(each), matrix.of(each));
    }
    scores("mean of classes", matrix.average(Average.MACRO));
    scores("weighted mean", matrix.average(Average.WEIGHTED));
    if (matrix.classes() > MOST_COLUMNS) {
      return;
    }
    line("");
    line("confusion: rows are the right classes, columns the answers");
    StringBuilder header = new StringBuilder(" ".repeat(16));
    labels.forEach(label -> header.append(String.format(" %6s", shortened(label, 6))));
    line(header.toString());
    for (int label = 0; label < matrix.classes(); label++) {
      StringBuilder row =
          new StringBuilder(String.format("%-16s", shortened(labels.get(label), 16)));
      for (int answer = 0; answer < matrix.classes(); answer++) {
        row.append(String.format(Locale.ROOT, " %6d", matrix.count(label, answer)));
      }
      line(row.toString());
    }
  }

  private void scores(String name, ClassScores scores) {
    line(
        String.format(
            Locale.ROOT,
            "%-16s %9.4f %9.4f %9.4f %9d",
            shortened(name, 16),
            scores.precision(),
            scores.recall(),
            scores.f1(),
            scores.support()));
  }

  private void interval(String name, String format, Interval interval) {
    line(
        String.format(
            Locale.ROOT,
            "test %s: " + format + " (95 %%: " + format + " to " + format + ")",
            name,
            interval.estimate(),
            interval.low(),
            interval.high()));
  }

  private void line(String line) {
    text.append(line).append(System.lineSeparator());
  }

  private static String shortened(String label, int most) {
    return label.length() <= most ? label : label.substring(0, most - 1) + "…";
  }
}
