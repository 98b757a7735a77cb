package dev.lanewise.bench.peers;

import dev.lanewise.bench.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The table that a run ends with, in Markdown: GFLOP/s of each library and how ours compares. What
/// was not measured is a dash.
final class PeerTable {
  private PeerTable() {}

  static List<String> lines(List<Library> libraries, List<Comparison> comparisons) {
    List<String> lines = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("type", "product", "layer", "peak"));
    libraries.forEach(library -> head.add(library.title()));
    head.addAll(List.of("of peak", "÷ OpenBLAS", "each round", "÷ best", "best peer"));
    lines.add(row(head));
    lines.add(row(head.stream().map(cell -> "---").toList()));
    comparisons.forEach(comparison -> lines.add(row(cells(libraries, comparison))));
    comparisons.forEach(comparison -> lines.addAll(warnings(comparison)));
    return lines;
  }

  private static List<String> cells(List<Library> libraries, Comparison comparison) {
    Cell cell = comparison.cell();
    Map<Library, Result> results = comparison.results();
    Result ours = comparison.result(Library.LANEWISE);
    List<String> cells = new ArrayList<>();
    cells.add(cell.dtype().toString().toLowerCase(Locale.ROOT));
    cells.add(cell.variant().toString());
    cells.add(cell.layer().replace('x', '×'));
    cells.add(number("%.0f", ours.medianGflops() / ours.medianFraction()));
    for (Library library : libraries) {
      Result result = results.get(library);
      cells.add(result == null ? "–" : number("%.1f", result.medianGflops()));
    }
    cells.add(number("%.0f %%", 100 * ours.medianFraction()));
    if (results.containsKey(Library.OPENBLAS)) {
      cells.add(number("%.2f", comparison.ratio(Library.OPENBLAS)));
      cells.add(
          comparison.ratios(Library.OPENBLAS).stream()
              .map(ratio -> number("%.2f", ratio))
              .collect(Collectors.joining(" ")));
    } else {
      cells.addAll(List.of("–", "–"));
    }
    Library best = comparison.best();
    cells.add(number("%.2f", comparison.ratio(best)));
    cells.add(best.title());
    return cells;
  }

  private static List<String> warnings(Comparison comparison) {
    List<String> warnings = new ArrayList<>();
    comparison
        .results()
        .forEach(
            (library, result) -> {
              if (result.isTorn()) {
                warnings.add(
                    "WARNING: the forks of %s at %s disagree: %s of the peak"
                        .formatted(
                            library.title(),
                            comparison.cell(),
                            result.fractions().stream()
                                .map(fraction -> number("%.0f %%", 100 * fraction))
                                .collect(Collectors.joining(", "))));
              }
            });
    return warnings;
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }
}
