package dev.lanewise.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The table that a run of benchmarks ends with.
final class Report {
  private Report() {}

  static List<String> lines(List<Result> results) {
    List<String> lines = new ArrayList<>();
    lines.add(
        row("benchmark", "parameters", "score", "", "GFLOP/s", "of peak", "B/op", "each fork"));
    for (Result result : results) {
      lines.add(
          row(
              result.name(),
              result.parameters(),
              number("%,.0f", result.score()),
              result.unit(),
              number("%.1f", result.medianGflops()),
              percent(result.medianFraction()),
              number("%,.0f", result.garbage().most()),
              forks(result)));
    }
    return lines;
  }

  private static String forks(Result result) {
    String each = result.fractions().stream().map(Report::percent).collect(Collectors.joining(" "));
    return result.isTorn() ? each + "  WARNING: the forks disagree" : each;
  }

  private static String percent(double fraction) {
    return number("%.0f%%", 100 * fraction);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%-36s %-30s %12s %-5s %9s %8s %8s  %s", cells)
        .stripTrailing();
  }
}
