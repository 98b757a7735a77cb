package dev.lanewise.experiments;

import dev.lanewise.experiments.run.InputException;
import dev.lanewise.gradcheck.CoreOpChecks;
import dev.lanewise.gradcheck.GradientCase;
import dev.lanewise.gradcheck.GradientReport;
import dev.lanewise.gradcheck.ReportTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
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

  @Option(names = "--out", paramLabel = "DIR", description = "a folder for the table as a file")
  private @Nullable Path folder;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<GradientCase> cases = chosen();
    if (list) {
      cases.forEach(each -> out.println(each.name()));
      return 0;
    }
    List<ReportTable.Row> rows = new ArrayList<>();
    List<GradientReport> failed = new ArrayList<>();
    for (GradientCase each : cases) {
      GradientReport report = each.run();
      rows.add(new ReportTable.Row(each.kind(), report));
      if (!report.passed()) {
        failed.add(report);
      }
    }
    String table = ReportTable.of(rows);
    out.println(table);
    failed.forEach(report -> out.println(report));
    if (folder != null) {
      write(folder, table);
    }
    out.printf("%d checked, %d failed%n", cases.size(), failed.size());
    return failed.isEmpty() ? 0 : Errors.FAILED;
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

  private static void write(Path folder, String table) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("gradcheck.txt"), table);
    } catch (IOException e) {
      throw new InputException(folder + ": the table cannot be written there (" + e + ").", e);
    }
  }
}
