package dev.lanewise.gradcheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reports as a table of text: what was checked, how many coordinates, the worst of them, the
/// verdict. The text depends on the reports alone, their times not included.
public final class ReportTable {
  private static final List<String> HEAD =
      List.of(
          "kind",
          "name",
          "coordinates",
          "undecided",
          "worst relative error",
          "where",
          "evaluations",
          "verdict");

  private ReportTable() {}

  /// One row.
  ///
  /// @param kind what was checked
  /// @param report what was found
  public record Row(GradientCase.Kind kind, GradientReport report) {}

  /// The table.
  ///
  /// @param rows the rows, in the order they are to have
  /// @return a head, a line and one line for each row, each ended by `\n`; numbers are aligned
  ///     right, "undecided" counts the coordinates below the resolution
  public static String of(List<Row> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEAD);
    for (Row row : rows) {
      lines.add(cells(row));
    }
    int[] widths = new int[HEAD.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < lines.size(); line++) {
      append(text, lines.get(line), widths);
      if (line == 0) {
        append(text, rules(widths), widths);
      }
    }
    return text.toString();
  }

  private static List<String> cells(Row row) {
    GradientReport report = row.report();
    return List.of(
        row.kind().name().toLowerCase(Locale.ROOT),
        report.name(),
        Integer.toString(report.coordinates()),
        Integer.toString(report.count(Verdict.WEAK)),
        String.format(Locale.ROOT, "%.1e", report.worst().relativeError()),
        where(report),
        Long.toString(report.evaluations()),
        report.verdict().name());
  }

  private static String where(GradientReport report) {
    return report.worst().place();
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
      boolean number = (i >= 2 && i <= 4) || i == 6;
      line.append(i == 0 ? "" : "  ");
      line.append(number ? padding + cells.get(i) : cells.get(i) + padding);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
