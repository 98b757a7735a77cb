package dev.lanewise.gradcheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reports as a table of text: what was checked, how many coordinates have which verdict, the
/// largest relative error among those that passed, the errors that would have been seen, the cost.
public final class ReportTable {
  private static final List<Verdict> COUNTED =
      List.of(Verdict.PASS, Verdict.KINK, Verdict.WEAK, Verdict.CONVENTION, Verdict.FAIL);
  private static final int TEXT_COLUMNS = 2;

  private ReportTable() {}

  /// One row.
  ///
  /// @param kind what was checked
  /// @param report what was found
  public record Row(GradientCase.Kind kind, GradientReport report) {}

  /// The table.
  ///
  /// @param rows the rows, in the order they are to have
  /// @return a head, a line and one line for each row, each ended by `\n`
  public static String of(List<Row> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(head());
    rows.forEach(row -> lines.add(cells(row)));
    int[] widths = new int[lines.getFirst().size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    append(text, lines.getFirst(), widths);
    append(text, rules(widths), widths);
    lines.stream().skip(1).forEach(line -> append(text, line, widths));
    return text.toString();
  }

  private static List<String> head() {
    List<String> head = new ArrayList<>(List.of("kind", "name"));
    COUNTED.forEach(verdict -> head.add(verdict.name().toLowerCase(Locale.ROOT)));
    head.addAll(List.of("worst error", "resolution", "evaluations", "ms", "verdict"));
    return head;
  }

  private static List<String> cells(Row row) {
    GradientReport report = row.report();
    List<String> cells = new ArrayList<>();
    cells.add(row.kind().name().toLowerCase(Locale.ROOT));
    cells.add(report.name());
    COUNTED.forEach(verdict -> cells.add(Integer.toString(report.count(verdict))));
    cells.add(String.format(Locale.ROOT, "%.1e", report.relativeError()));
    double resolution = report.resolution();
    cells.add(Double.isNaN(resolution) ? "-" : String.format(Locale.ROOT, "%.1e", resolution));
    cells.add(Long.toString(report.evaluations()));
    cells.add(Long.toString(report.time().toMillis()));
    cells.add(report.verdict().name());
    return cells;
  }

  private static List<String> rules(int[] widths) {
    List<String> rules = new ArrayList<>();
    for (int width : widths) {
      rules.add("-".repeat(width));
    }
    return rules;
  }

  private static void append(StringBuilder text, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - cells.get(i).length());
      boolean number = i >= TEXT_COLUMNS && i < widths.length - 1;
      line.append(i == 0 ? "" : "  ");
      line.append(number ? padding + cells.get(i) : cells.get(i) + padding);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
