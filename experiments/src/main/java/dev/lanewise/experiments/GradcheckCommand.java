package dev.lanewise.experiments;

import dev.lanewise.experiments.report.GradcheckReport;
import dev.lanewise.experiments.run.InputException;
import dev.lanewise.experiments.run.RunFolder;
import dev.lanewise.gradcheck.CoreOpChecks;
import dev.lanewise.gradcheck.GradientCase;
import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.gradcheck.GradientReport;
import dev.lanewise.gradcheck.ReportTable;
import dev.lanewise.gradcheck.large.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gradcheck`: checks the derivatives of everything that is built in.
@Command(
    name = "gradcheck",
    description = "Checks the derivatives of all ops, layers and losses, or of those named.",
    mixinStandardHelpOptions = true)
final class GradcheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", arity = "0..*", description = "which; by default all")
  private List<String> names = List.of();

  @Option(names = "--list", description = "list the names, check nothing")
  private boolean list;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "a new folder for the table, the same as JSON, and report.html")
  private @Nullable Path folder;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "what inputs and upstreams are drawn from (default: ${DEFAULT-VALUE})")
  private long seed;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<GradientCase> cases = chosen();
    if (list) {
      cases.forEach(each -> out.println(each.name()));
      return 0;
    }
    if (folder != null) {
      RunFolder.requireUsable(folder, false);
    }
    GradientChecker checker = GradientChecker.seeded(seed).progress(this::tell);
    List<ReportTable.Row> rows = new ArrayList<>();
    for (GradientCase each : cases) {
      rows.add(new ReportTable.Row(each.kind(), each.run(checker)));
    }
    out.print(ReportTable.of(rows));
    List<GradientReport> failed =
        rows.stream().map(ReportTable.Row::report).filter(report -> !report.passed()).toList();
    failed.forEach(report -> out.printf("%n%s%n", report));
    if (folder != null) {
      GradcheckReport.write(RunFolder.create(folder), rows);
    }
    out.printf("%n%d checked, %d failed%n", cases.size(), failed.size());
    return failed.isEmpty() ? 0 : Errors.FAILED;
  }

  /// A line on standard error, so that the table can be piped.
  private void tell(Progress progress) {
    spec.commandLine().getErr().println(progress);
  }

  private List<GradientCase> chosen() {
    List<GradientCase> all = new ArrayList<>(CoreOpChecks.all());
    all.addAll(LayerChecks.all());
    for (String name : names) {
      if (all.stream().noneMatch(each -> each.name().equals(name))) {
        throw new InputException(
            "There is nothing called '"
                + name
                + "' to check: expected some of "
                + all.stream().map(GradientCase::name).distinct().collect(Collectors.joining(", "))
                + ".");
      }
    }
    return names.isEmpty()
        ? all
        : all.stream().filter(each -> names.contains(each.name())).toList();
  }
}
