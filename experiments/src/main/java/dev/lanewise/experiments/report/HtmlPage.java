package dev.lanewise.experiments.report;

import dev.lanewise.experiments.run.EpochLine;
import dev.lanewise.experiments.run.RunConfig;
import dev.lanewise.experiments.run.RunSummary;
import dev.lanewise.experiments.run.TestResult;
import dev.lanewise.experiments.run.TrainSettings;
import dev.lanewise.experiments.run.TrainingJob;
import dev.lanewise.layers.ModelSummary;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The page of a run: one file that needs no other, with its pictures inside.
final class HtmlPage {
  private static final String STYLE =
      """
      body { font: 16px/1.5 system-ui, sans-serif; color: #22303c; background: #fbfaf7;
        max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
      h1 { font-weight: 600; margin-bottom: 0 } h2 { font-weight: 600; margin-top: 2.5rem }
      p.result { font-size: 1.3rem; margin-top: .3rem } p.caption { color: #66727c }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums }
      td, th { padding: .2rem .8rem; text-align: right; border-bottom: 1px solid #e4e1d9 }
      th { font-weight: 600 } td:first-child, th:first-child { text-align: left }
      img { max-width: 100%; image-rendering: auto } pre { overflow-x: auto; font-size: .85rem }
      tr.best td { font-weight: 600 }
      """;

  private HtmlPage() {}

  static String of(TrainingJob job, TrainingJob.Outcome outcome, List<Picture> pictures) {
    RunConfig config = job.config();
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n");
    page.append("<title>Lanewise: ").append(escape(config.settings().data())).append("</title>\n");
    page.append("<style>\n").append(STYLE).append("</style>\n");
    page.append("<h1>").append(escape(config.settings().data())).append("</h1>\n");
    page.append("<p class=\"result\">").append(result(outcome.summary())).append("</p>\n");
    page.append("<p>").append(escape(outcome.summary().explanation())).append("</p>\n");
    for (Picture picture : pictures) {
      page.append("<h2>").append(escape(picture.title())).append("</h2>\n");
      page.append("<p class=\"caption\">").append(escape(picture.caption())).append("</p>\n");
      page.append("<img alt=\"").append(escape(picture.title()));
      page.append("\" src=\"data:image/png;base64,");
      page.append(Base64.getEncoder().encodeToString(picture.png())).append("\">\n");
    }
    outcome
        .test()
        .filter(test -> test.classes() > 0)
        .ifPresent(test -> confusion(page, test, config.classLabels()));
    epochs(page, outcome);
    page.append("<h2>Model</h2>\n<pre>");
    page.append(escape(ModelSummary.of(job.model()).toString())).append("</pre>\n");
    settings(page, config);
    return page.append("</html>\n").toString();
  }

  private static String result(RunSummary summary) {
    if (summary.testAccuracy() != null) {
      return format("Test accuracy <b>%.2f %%</b>", 100 * summary.testAccuracy());
    }
    if (summary.testMse() != null) {
      return format("Test mean squared error <b>%.6g</b>", summary.testMse());
    }
    return "Training did not end well: <b>" + escape(summary.stopReason()) + "</b>";
  }

  private static void confusion(StringBuilder page, TestResult test, List<String> labels) {
    page.append("<h2>Confusion</h2>\n<p class=\"caption\">How often each class (row) was answered");
    page.append(" with each (column).</p>\n<table>\n<tr><th></th>");
    labels.forEach(label -> page.append("<th>").append(escape(label)).append("</th>"));
    page.append("</tr>\n");
    int[][] counts = test.confusion();
    for (int row = 0; row < counts.length; row++) {
      page.append("<tr><th>").append(escape(labels.get(row))).append("</th>");
      for (int column = 0; column < counts.length; column++) {
        int count = counts[row][column];
        page.append("<td>").append(count == 0 ? "" : Integer.toString(count)).append("</td>");
      }
      page.append("</tr>\n");
    }
    page.append("</table>\n");
  }

  private static void epochs(StringBuilder page, TrainingJob.Outcome outcome) {
    page.append("<h2>Epochs</h2>\n<table>\n<tr><th>epoch</th><th>training loss</th>");
    page.append("<th>validation loss</th><th>validation accuracy</th><th>samples/s</th></tr>\n");
    for (EpochLine line : outcome.lines()) {
      boolean best = line.epoch() == outcome.summary().bestEpoch();
      page.append(best ? "<tr class=\"best\">" : "<tr>");
      page.append("<td>").append(line.epoch()).append("</td>");
      cell(page, "%.4f", line.trainLoss());
      cell(page, "%.4f", line.validationLoss());
      Double accuracy = line.validationAccuracy();
      cell(page, "%.2f %%", accuracy == null ? null : 100 * accuracy);
      cell(page, "%.0f", line.samplesPerSecond());
      page.append("</tr>\n");
    }
    page.append("</table>\n");
  }

  private static void settings(StringBuilder page, RunConfig config) {
    TrainSettings s = config.settings();
    page.append("<h2>Settings</h2>\n<table>\n");
    row(page, "optimizer", s.optimizer() + ", rate " + s.lr());
    row(page, "loss", s.loss());
    row(page, "batch", Integer.toString(s.batch()));
    row(page, "L2", Double.toString(s.l2()));
    row(page, "patience", Integer.toString(s.patience()));
    row(page, "seed", Long.toString(s.seed()));
    row(page, "element type", s.dtype());
    row(page, "data", config.trainData().source());
    row(page, "kernels", config.kernels());
    row(page, "Java", config.jdk());
    page.append("</table>\n");
  }

  private static void row(StringBuilder page, String name, String value) {
    page.append("<tr><td>").append(name).append("</td><td>");
    page.append(escape(value)).append("</td></tr>\n");
  }

  private static void cell(StringBuilder page, String pattern, @Nullable Double value) {
    page.append("<td>").append(value == null ? "" : format(pattern, value)).append("</td>");
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
