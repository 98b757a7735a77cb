package dev.lanewise.experiments.report;

import dev.lanewise.experiments.run.RunFolder;
import dev.lanewise.gradcheck.Coordinate;
import dev.lanewise.gradcheck.GradientReport;
import dev.lanewise.gradcheck.ReportTable;
import dev.lanewise.gradcheck.RunReport;
import dev.lanewise.gradcheck.Screen;
import dev.lanewise.gradcheck.TensorReport;
import dev.lanewise.gradcheck.Verdict;
import dev.lanewise.gradcheck.diagnosis.Diagnosis;
import dev.lanewise.gradcheck.law.Finding;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The files of a gradient check: `gradcheck.txt`, the table and every failing report as text;
/// `gradcheck.json`, the same as data; `report.html`, the same to look at.
public final class GradcheckReport {
  private GradcheckReport() {}

  /// Writes the files.
  ///
  /// @param folder where to
  /// @param rows what was checked
  public static void write(RunFolder folder, List<ReportTable.Row> rows) {
    StringBuilder text = new StringBuilder(ReportTable.of(rows));
    for (ReportTable.Row row : rows) {
      if (!row.report().passed()) {
        text.append('\n').append(row.report()).append('\n');
      }
    }
    folder.write("gradcheck.txt", text.toString());
    folder.writeJson("gradcheck.json", new Summary(rows.stream().map(Case::of).toList()));
    folder.write(RunFolder.REPORT, GradcheckPage.of(rows));
  }

  /// The whole file.
  record Summary(List<Case> checks) {}

  /// One op, layer or loss.
  record Case(
      String kind,
      String name,
      Verdict verdict,
      Map<Verdict, Integer> coordinates,
      double worstRelativeError,
      @Nullable Double resolution,
      long evaluations,
      double seconds,
      List<Finding> brokenLaws,
      List<Failure> failures,
      List<Direction> failedDirections,
      String again) {
    static Case of(ReportTable.Row row) {
      GradientReport report = row.report();
      Map<Verdict, Integer> counts = new TreeMap<>();
      for (Verdict verdict : Verdict.values()) {
        if (report.count(verdict) > 0) {
          counts.put(verdict, report.count(verdict));
        }
      }
      double resolution = report.resolution();
      return new Case(
          row.kind().name().toLowerCase(Locale.ROOT),
          report.name(),
          report.verdict(),
          counts,
          report.relativeError(),
          Double.isNaN(resolution) ? null : resolution,
          report.evaluations(),
          report.time().toNanos() * 1e-9,
          report.laws(),
          report.runs().stream().flatMap(run -> Failure.of(run).stream()).toList(),
          report.runs().stream().flatMap(run -> Direction.of(run).stream()).toList(),
          report.reproduction());
    }
  }

  /// A variable with coordinates that fail.
  record Failure(
      String run,
      String variable,
      List<Integer> shape,
      int wrong,
      int checked,
      @Nullable String cause,
      @Nullable String diagnosis,
      List<Place> examples) {
    static List<Failure> of(RunReport run) {
      return run.tensors().stream()
          .filter(tensor -> tensor.count(Verdict.FAIL) > 0)
          .map(tensor -> of(run, tensor))
          .toList();
    }

    private static Failure of(RunReport run, TensorReport tensor) {
      Diagnosis diagnosis = tensor.diagnosis().orElse(null);
      return new Failure(
          run.label(),
          tensor.variable().path(),
          Arrays.stream(tensor.variable().shape().dims()).boxed().toList(),
          tensor.count(Verdict.FAIL),
          tensor.coordinates(),
          diagnosis == null ? null : diagnosis.cause().name().toLowerCase(Locale.ROOT),
          diagnosis == null ? null : diagnosis.sentence(),
          tensor.failures().stream().map(Place::of).toList());
    }
  }

  /// A coordinate that fails.
  record Place(String place, double x, double analytic, double numeric, double width, double step) {
    static Place of(Coordinate each) {
      return new Place(
          each.place(), each.x(), each.analytic(), each.numeric(), each.width(), each.step());
    }
  }

  /// A direction that fails.
  record Direction(String run, String along, double analytic, double numeric, double width) {
    static List<Direction> of(RunReport run) {
      return run.screens().stream()
          .filter(Screen::failed)
          .map(
              screen ->
                  new Direction(
                      run.label(),
                      screen.name(),
                      screen.analytic(),
                      screen.numeric(),
                      screen.width()))
          .toList();
    }
  }
}
