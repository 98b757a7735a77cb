package dev.lanewise.experiments.report;

import dev.lanewise.experiments.run.EpochLine;
import dev.lanewise.experiments.run.RunConfig;
import dev.lanewise.experiments.run.RunSummary;
import dev.lanewise.experiments.run.TestResult;
import dev.lanewise.experiments.run.TrainSettings;
import dev.lanewise.experiments.run.TrainingJob;
import dev.lanewise.layers.ModelSummary;
import dev.lanewise.optim.ActivationStatistics;
import dev.lanewise.optim.TrainingEvent.EpochMeasured;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The page of a run: one file that needs no other, with its pictures inside.
final class HtmlPage {
  private HtmlPage() {}

  static String of(
      TrainingJob job,
      TrainingJob.Outcome outcome,
      List<Picture> pictures,
      List<EpochMeasured> measured) {
    RunConfig config = job.config();
    StringBuilder page = Html.page(config.settings().data());
    page.append("<p class=\"result\">").append(result(outcome.summary())).append("</p>\n");
    page.append("<p>").append(Html.escape(outcome.summary().explanation())).append("</p>\n");
    for (Picture picture : pictures) {
      page.append("<h2>").append(Html.escape(picture.title())).append("</h2>\n");
      page.append("<p class=\"caption\">").append(Html.escape(picture.caption())).append("</p>\n");
      page.append("<img alt=\"").append(Html.escape(picture.title()));
      page.append("\" src=\"data:image/png;base64,");
      page.append(Base64.getEncoder().encodeToString(picture.png())).append("\">\n");
    }
    outcome
        .test()
        .filter(test -> test.classes() > 0)
        .ifPresent(test -> confusion(page, test, config.classLabels()));
    epochs(page, outcome);
    if (!measured.isEmpty() && !measured.getFirst().activations().isEmpty()) {
      activations(page, measured);
    }
    page.append("<h2>Model</h2>\n<pre>");
    page.append(Html.escape(ModelSummary.of(job.model()).toString())).append("</pre>\n");
    RunSummary.Solution solution = outcome.summary().solution();
    if (solution != null) {
      solution(page, solution);
      settingsOfSolver(page, config);
    } else {
      page.append("<h2>Updates</h2>\n<pre>");
      page.append(Html.escape(job.updateRule())).append("</pre>\n");
      settings(page, config);
    }
    return page.append("</html>\n").toString();
  }

  private static String result(RunSummary summary) {
    if (summary.testAccuracy() != null) {
      return format("Test accuracy <b>%.2f %%</b>", 100 * summary.testAccuracy());
    }
    if (summary.testMse() != null) {
      return format("Test mean squared error <b>%.6g</b>", summary.testMse());
    }
    return "Training did not end well: <b>" + Html.escape(summary.stopReason()) + "</b>";
  }

  private static void confusion(StringBuilder page, TestResult test, List<String> labels) {
    page.append("<h2>Confusion</h2>\n<p class=\"caption\">How often each class (row) was answered");
    page.append(" with each (column).</p>\n<table>\n<tr><th></th>");
    labels.forEach(label -> page.append("<th>").append(Html.escape(label)).append("</th>"));
    page.append("</tr>\n");
    int[][] counts = test.confusion();
    for (int row = 0; row < counts.length; row++) {
      page.append("<tr><th>").append(Html.escape(labels.get(row))).append("</th>");
      for (int column = 0; column < counts.length; column++) {
        int count = counts[row][column];
        page.append("<td>").append(count == 0 ? "" : Integer.toString(count)).append("</td>");
      }
      page.append("</tr>\n");
    }
    page.append("</table>\n");
  }

  private static void epochs(StringBuilder page, TrainingJob.Outcome outcome) {
    page.append(
        "<h2>Epochs</h2>\n<table>\n<tr><th>epoch</th><th>training loss</th><th>penalty</th>");
    page.append("<th>validation loss</th><th>validation accuracy</th><th>samples/s</th></tr>\n");
    for (EpochLine line : outcome.lines()) {
      boolean best = line.epoch() == outcome.summary().bestEpoch();
      page.append(best ? "<tr class=\"best\">" : "<tr>");
      page.append("<td>").append(line.epoch()).append("</td>");
      cell(page, "%.4f", line.trainLoss());
      cell(page, "%.4g", line.penalty());
      cell(page, "%.4f", line.validationLoss());
      Double accuracy = line.validationAccuracy();
      cell(page, "%.2f %%", accuracy == null ? null : 100 * accuracy);
      cell(page, "%.0f", line.samplesPerSecond());
      page.append("</tr>\n");
    }
    page.append("</table>\n");
  }

  private static void activations(StringBuilder page, List<EpochMeasured> epochs) {
    page.append(
        "<h2>Activations</h2>\n<p class=\"caption\">After each epoch, on a fixed sample of");
    page.append(
        " the training rows: the share of dead units, which are zero for every row, and mean");
    page.append(" ± standard deviation.</p>\n<table>\n<tr><th>epoch</th>");
    for (ActivationStatistics each : epochs.getFirst().activations()) {
      String name = "%s after %s, %d units".formatted(each.op(), each.after(), each.units());
      page.append("<th>").append(Html.escape(name)).append("</th>");
    }
    page.append("</tr>\n");
    for (EpochMeasured epoch : epochs) {
      page.append("<tr><td>").append(epoch.epoch()).append("</td>");
      for (ActivationStatistics each : epoch.activations()) {
        page.append("<td>").append(format("%.1f %% dead, ", 100 * each.deadShare()));
        page.append(format("%.3g", each.mean())).append(format(" ± %.3g</td>", each.deviation()));
      }
      page.append("</tr>\n");
    }
    page.append("</table>\n");
  }

  private static void solution(StringBuilder page, RunSummary.Solution solution) {
    page.append("<h2>Solution</h2>\n<table>\n");
    row(page, "objective", format("%.9g", solution.objective()));
    row(page, "optimality", format("%.3g", solution.optimality()));
    Double condition = solution.condition();
    row(page, "condition", condition == null ? "none" : format("%.3g", condition));
    row(page, "iterations", Integer.toString(solution.iterations()));
    page.append("</table>\n");
  }

  private static void settingsOfSolver(StringBuilder page, RunConfig config) {
    TrainSettings s = config.settings();
    page.append("<h2>Settings</h2>\n<table>\n");
    row(page, "solver", s.optimizer());
    row(page, "loss", s.loss());
    row(page, "L2", Double.toString(s.l2()));
    surroundings(page, config);
    page.append("</table>\n");
  }

  private static void settings(StringBuilder page, RunConfig config) {
    TrainSettings s = config.settings();
    page.append("<h2>Settings</h2>\n<table>\n");
    row(page, "optimizer", s.optimizer() + ", rate " + s.lr() + ", " + s.schedule());
    row(page, "momentum", s.momentum());
    row(page, "convention", s.convention());
    row(page, "largest norm of a gradient", s.clipNorm() == 0 ? "any" : "" + s.clipNorm());
    row(page, "loss", s.loss());
    row(page, "batch", Integer.toString(s.batch()));
    row(page, "L1", Double.toString(s.l1()));
    row(page, "L2", Double.toString(s.l2()));
    row(page, "Lp", s.lp());
    row(page, "dropout", Double.toString(s.dropout()));
    row(page, "average of the weights", s.average() == 0 ? "none" : "decay " + s.average());
    row(page, "patience", Integer.toString(s.patience()));
    surroundings(page, config);
    page.append("</table>\n");
  }

  private static void surroundings(StringBuilder page, RunConfig config) {
    TrainSettings s = config.settings();
    row(page, "seed", Long.toString(s.seed()));
    row(page, "element type", s.dtype());
    row(page, "data", config.trainData().source());
    row(page, "kernels", config.kernels());
    row(page, "Java", config.jdk());
  }

  private static void row(StringBuilder page, String name, String value) {
    page.append("<tr><td>").append(name).append("</td><td>");
    page.append(Html.escape(value)).append("</td></tr>\n");
  }

  private static void cell(StringBuilder page, String pattern, @Nullable Double value) {
    page.append("<td>").append(value == null ? "" : format(pattern, value)).append("</td>");
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
