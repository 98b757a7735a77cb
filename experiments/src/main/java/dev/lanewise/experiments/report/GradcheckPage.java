package dev.lanewise.experiments.report;

import dev.lanewise.gradcheck.GradientReport;
import dev.lanewise.gradcheck.ReportTable;
import dev.lanewise.gradcheck.Verdict;
import java.util.List;
import java.util.Locale;

/// The page of a gradient check: failures first, then the table, then how to read it.
final class GradcheckPage {
  private static final List<Verdict> COUNTED =
      List.of(Verdict.PASS, Verdict.KINK, Verdict.WEAK, Verdict.CONVENTION, Verdict.FAIL);

  private GradcheckPage() {}

  static String of(List<ReportTable.Row> rows) {
    List<GradientReport> failed =
        rows.stream().map(ReportTable.Row::report).filter(report -> !report.passed()).toList();
    StringBuilder page = Html.page("Gradient check");
    page.append("<p class=\"result\">");
    if (failed.isEmpty()) {
      page.append("<b>").append(rows.size()).append("</b> checked, all right");
    } else {
      page.append("<b>").append(failed.size()).append("</b> of ").append(rows.size());
      page.append(" are wrong or were not shown to be right");
    }
    page.append("</p>\n");
    failed.forEach(
        report -> {
          page.append("<h2>").append(Html.escape(report.name())).append("</h2>\n<pre>");
          page.append(Html.escape(report.toString())).append("</pre>\n");
        });
    table(page, rows);
    legend(page);
    return page.append("</html>\n").toString();
  }

  private static void table(StringBuilder page, List<ReportTable.Row> rows) {
    page.append(
        "<h2>What was checked</h2>\n<table>\n<tr><th>name</th><th class=\"text\">kind</th>");
    COUNTED.forEach(
        verdict -> {
          page.append("<th>").append(verdict.name().toLowerCase(Locale.ROOT)).append("</th>");
        });
    page.append("<th>worst error</th><th>resolution</th><th>evaluations</th><th>ms</th>");
    page.append("<th class=\"text\">verdict</th></tr>\n");
    for (ReportTable.Row row : rows) {
      GradientReport report = row.report();
      page.append(report.passed() ? "<tr>" : "<tr class=\"failed\">");
      page.append("<td>").append(Html.escape(report.name())).append("</td><td class=\"text\">");
      page.append(row.kind().name().toLowerCase(Locale.ROOT)).append("</td>");
      COUNTED.forEach(verdict -> cell(page, Integer.toString(report.count(verdict))));
      cell(page, String.format(Locale.ROOT, "%.1e", report.relativeError()));
      double resolution = report.resolution();
      cell(page, Double.isNaN(resolution) ? "" : String.format(Locale.ROOT, "%.1e", resolution));
      cell(page, Long.toString(report.evaluations()));
      cell(page, Long.toString(report.time().toMillis()));
      page.append("<td class=\"text\">").append(report.verdict()).append("</td></tr>\n");
    }
    page.append("</table>\n");
  }

  private static void legend(StringBuilder page) {
    page.append(
        """
        <h2>How to read it</h2>
        <p><b>pass</b>: the derivative by backward lies within the error of the numeric one, and that
        error is small. <b>kink</b>: it lies between the one-sided slopes. <b>weak</b>: the two agree,
        but the derivative is below the resolution of the function. <b>convention</b>: they differ
        only at this exact point, where several kinks meet. <b>fail</b>: they differ.</p>
        <p><b>worst error</b>: the largest |a−n|/(|a|+|n|) among those that passed.
        <b>resolution</b>: at a typical coordinate, a relative error above it would have been
        seen.</p>
        """);
  }

  private static void cell(StringBuilder page, String text) {
    page.append("<td>").append(text).append("</td>");
  }
}
