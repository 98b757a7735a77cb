package dev.lanewise.bench.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The tables that a run ends with, in Markdown. What was not measured is a dash; a tilde says that
/// our forks disagree.
final class PeerTable {
  private static final String NONE = "–";

  private final Group group;
  private final List<Summary> summaries;
  private final List<Summary> all;

  /// A group's table.
  ///
  /// @param group whose
  /// @param all what was measured in all groups
  PeerTable(Group group, List<Summary> all) {
    this.group = group;
    this.all = all;
    this.summaries =
        all.stream().filter(summary -> summary.cell().group().equals(group.title())).toList();
  }

  List<String> lines() {
    List<Column> columns = columns();
    List<String> lines = new ArrayList<>();
    lines.add(title());
    lines.add("");
    lines.add(row(columns.stream().map(Column::head).toList()));
    lines.add(row(columns.stream().map(column -> "---").toList()));
    for (Summary summary : summaries) {
      lines.add(row(columns.stream().map(column -> column.entry().apply(summary)).toList()));
    }
    lines.add("");
    lines.add(conclusion());
    return lines;
  }

  private record Column(String head, Function<Summary, String> entry) {}

  private String title() {
    Summary first = summaries.getFirst();
    return "**%s, %d thread%s** (peak %.0f GFLOP/s, copy %.1f GB/s)"
        .formatted(
            group.kind().unit(),
            group.threads(),
            group.threads() == 1 ? "" : "s",
            1e-9 * first.peak(),
            1e-9 * first.bandwidth());
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    List<String> heads = group.kind().labels();
    for (int i = 0; i < heads.size(); i++) {
      int label = i;
      columns.add(new Column(heads.get(i), summary -> summary.cell().labels().get(label)));
    }
    for (Library library : Library.values()) {
      if (summaries.stream().anyMatch(summary -> summary.has(library))) {
        columns.add(new Column(library.title(), summary -> figure(summary, library)));
      }
    }
    switch (group.kind()) {
      case PRODUCTS -> {
        columns.add(new Column("of peak", summary -> percent(summary.fractionOfPeak())));
        columns.add(new Column("GB/s", PeerTable::traffic));
        columns.add(new Column("÷ OpenBLAS", summary -> ratio(summary, Library.OPENBLAS)));
      }
      case FUNCTIONS -> {
        columns.add(new Column("GB/s", PeerTable::traffic));
        columns.add(new Column("÷ copy", summary -> ratio(summary, Library.COPY)));
      }
      case TRAINING -> {
        columns.add(new Column("of peak", summary -> percent(summary.fractionOfPeak())));
        columns.add(new Column("of roof", summary -> percent(summary.fractionOfRoof())));
        if (group == Group.TRAINING_4) {
          columns.add(new Column("÷ 1 thread", this::byOneThread));
        }
      }
    }
    columns.add(new Column("÷ best", summary -> number("%.2f", best(summary))));
    columns.add(new Column("best peer", summary -> bestPeer(summary).title()));
    columns.add(
        new Column(
            "each fork",
            summary ->
                summary.ratios(bestPeer(summary)).stream()
                    .map(ratio -> number("%.2f", ratio))
                    .collect(Collectors.joining(" "))));
    return columns;
  }

  /// How many cells have which lead.
  private String conclusion() {
    List<String> parts = new ArrayList<>();
    parts.add(summaries.size() + " cells");
    for (Library library : List.of(Library.OPENBLAS, Library.LIBTORCH, Library.TENSORFLOW)) {
      if (summaries.stream().allMatch(summary -> summary.has(library))) {
        parts.add(
            "at least as fast as "
                + library.title()
                + " in "
                + summaries.stream().filter(summary -> summary.ratio(library) >= 1).count());
      }
    }
    parts.add("as the best peer in " + summaries.stream().filter(each -> best(each) >= 1).count());
    parts.add(
        "at least 0.97 times as fast as the best native library in "
            + summaries.stream()
                .filter(
                    each ->
                        each.best(Library::isNative).map(each::ratio).orElse(Double.NaN) >= 0.97)
                .count());
    parts.add("our forks disagree (~) in " + summaries.stream().filter(Summary::isTorn).count());
    return String.join("; ", parts) + ".";
  }

  private String figure(Summary summary, Library library) {
    if (!summary.has(library)) {
      return NONE;
    }
    double seconds = summary.seconds(library);
    Cell cell = summary.cell();
    String figure =
        switch (group.kind()) {
          case PRODUCTS -> number("%.1f", 1e-9 * cell.flop() / seconds);
          case FUNCTIONS -> number("%.2f", 1e9 * seconds / cell.items());
          case TRAINING -> number("%.1f", 1e-3 * cell.items() / seconds);
        };
    return library == Library.LANEWISE && summary.isTorn() ? figure + " ~" : figure;
  }

  private static String traffic(Summary summary) {
    return number("%.1f", 1e-9 * summary.cell().bytes() / summary.seconds(Library.LANEWISE));
  }

  private static String ratio(Summary summary, Library library) {
    return summary.has(library) ? number("%.2f", summary.ratio(library)) : NONE;
  }

  private String byOneThread(Summary summary) {
    Optional<Summary> single =
        all.stream()
            .filter(other -> other.cell().group().equals(Group.TRAINING.title()))
            .filter(other -> other.cell().labels().equals(summary.cell().labels()))
            .findFirst();
    return single
        .map(
            one ->
                number("%.2f", one.seconds(Library.LANEWISE) / summary.seconds(Library.LANEWISE)))
        .orElse(NONE);
  }

  private static double best(Summary summary) {
    return summary.ratio(bestPeer(summary));
  }

  private static Library bestPeer(Summary summary) {
    return summary.best(library -> true).orElseThrow();
  }

  private static String percent(double fraction) {
    return number("%.0f %%", 100 * fraction);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }
}
