package dev.lanewise.gradcheck;

import dev.lanewise.gradcheck.law.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a gradient check found: in each run, and by the laws.
///
/// ```java
/// GradientChecker.seeded(1).checkLayer("Swish", layer, x).requirePass();
/// ```
///
/// @param name what was checked
/// @param reproduction one line of Java that repeats the check
/// @param flat whether the function was declared to have the gradient zero everywhere
/// @param runs what the runs found, at least one
/// @param laws the laws found broken
/// @param time how long it took
public record GradientReport(
    String name,
    String reproduction,
    boolean flat,
    List<RunReport> runs,
    List<Finding> laws,
    Duration time) {
  /// The part of the coordinates with a derivative other than zero that must be confirmed.
  public static final double POWER = 0.9;

  private static final int RUNS_SHOWN = 3;

  /// A report.
  ///
  /// @throws IllegalArgumentException if there are no runs: nothing was checked
  public GradientReport {
    runs = List.copyOf(runs);
    laws = List.copyOf(laws);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException(name + ": nothing was checked.");
    }
  }

  /// Several reports on the same thing as one, for example on one op with several shapes.
  ///
  /// @param name what was checked
  /// @param parts the reports, at least one
  /// @return their findings together; the reproduction repeats the first part that did not pass
  public static GradientReport together(String name, List<GradientReport> parts) {
    GradientReport telling =
        parts.stream().filter(part -> !part.passed()).findFirst().orElse(parts.getFirst());
    return new GradientReport(
        name,
        telling.reproduction,
        parts.stream().allMatch(GradientReport::flat),
        parts.stream().flatMap(part -> part.runs.stream()).toList(),
        parts.stream().flatMap(part -> part.laws.stream()).toList(),
        parts.stream().map(GradientReport::time).reduce(Duration.ZERO, Duration::plus));
  }

  /// How many coordinates have a verdict, over all runs.
  ///
  /// @param verdict which
  /// @return the number
  public int count(Verdict verdict) {
    return runs.stream().mapToInt(run -> run.count(verdict)).sum();
  }

  /// How many coordinates were checked, over all runs.
  ///
  /// @return the number
  public int coordinates() {
    return runs.stream()
        .flatMap(run -> run.tensors().stream())
        .mapToInt(TensorReport::coordinates)
        .sum();
  }

  /// How often the function was evaluated forward.
  ///
  /// @return the number
  public long evaluations() {
    return runs.stream().mapToLong(RunReport::evaluations).sum();
  }

  /// The smallest relative error that would have been seen at a typical coordinate: of the runs in
  /// the first run's regime.
  ///
  /// @return the median of their variables' resolutions; NaN if nothing was confirmed
  public double resolution() {
    double[] sorted =
        runs.stream()
            .filter(run -> run.regime() == runs.getFirst().regime())
            .flatMap(run -> run.tensors().stream())
            .mapToDouble(TensorReport::resolution)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  /// The largest relative error `|a − n|/(|a| + |n|)` of a confirmed coordinate, over all runs.
  ///
  /// @return the error; 0 if nothing was confirmed
  public double relativeError() {
    return runs.stream()
        .flatMap(run -> run.tensors().stream())
        .mapToDouble(TensorReport::relativeError)
        .max()
        .orElse(0);
  }

  /// The coordinate that fails worst, in the first run and variable where one does.
  ///
  /// @return the coordinate; empty if none fails
  public Optional<Coordinate> worstFailure() {
    return runs.stream()
        .flatMap(run -> run.tensors().stream())
        .filter(tensor -> tensor.count(Verdict.FAIL) > 0)
        .map(TensorReport::worst)
        .findFirst();
  }

  /// The verdict on the whole.
  ///
  /// @return FAIL if a coordinate, a direction or a law fails; INVALID if the function is finite at
  ///     no point; VACUOUS if some variable has no confirmed derivative other than zero in any run,
  ///     or the first run confirmed less than [#POWER] of those it has; else PASS
  public Verdict verdict() {
    if (!laws.isEmpty() || runs.stream().anyMatch(RunReport::failed)) {
      return Verdict.FAIL;
    }
    if (runs.stream().allMatch(RunReport::invalid)) {
      return Verdict.INVALID;
    }
    return flat || weaknesses().isEmpty() ? Verdict.PASS : Verdict.VACUOUS;
  }

  /// Whether the verdict is PASS.
  ///
  /// @return whether the check passed
  public boolean passed() {
    return verdict() == Verdict.PASS;
  }

  /// Demands that the check passed: the one line a test needs.
  ///
  /// @throws AssertionError if it did not, with the whole report as the message
  public void requirePass() {
    if (!passed()) {
      throw new AssertionError(toString());
    }
  }

  /// Why the check has no power, a sentence each.
  private List<String> weaknesses() {
    TreeSet<String> powerless = new TreeSet<>();
    TreeSet<String> confirmed = new TreeSet<>();
    for (RunReport run : runs) {
      for (TensorReport tensor : run.tensors()) {
        powerless.add(tensor.variable().path());
        if (tensor.nonZeroConfirmed() > 0) {
          confirmed.add(tensor.variable().path());
        }
      }
    }
    powerless.removeAll(confirmed);
    List<String> sentences = new ArrayList<>();
    for (String path : powerless) {
      sentences.add(
          "no derivative by "
              + path
              + " other than zero was confirmed: choose inputs at which it matters");
    }
    int nonZero = 0;
    int nonZeroConfirmed = 0;
    for (TensorReport tensor : runs.getFirst().tensors()) {
      nonZero += tensor.nonZero();
      nonZeroConfirmed += tensor.nonZeroConfirmed();
    }
    if (nonZeroConfirmed < POWER * nonZero) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "only %d of %d derivatives other than zero were confirmed at the first point: the"
                  + " others lie below the resolution of the function",
              nonZeroConfirmed,
              nonZero));
    }
    return sentences;
  }

  /// The report as text: the verdict, what fails and why, the resolution, how to repeat it.
  ///
  /// @return several lines, without a line break at the end
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(name).append(": ").append(verdict()).append('\n');
    laws.forEach(law -> text.append("  law broken: ").append(law).append('\n'));
    append(text, runs.stream().filter(RunReport::failed).toList());
    if (verdict() == Verdict.VACUOUS) {
      weaknesses().forEach(sentence -> text.append("  ").append(sentence).append('\n'));
    }
    if (verdict() == Verdict.INVALID) {
      text.append("  the function is not finite at any of the points\n");
    }
    text.append("  ").append(coordinates()).append(" coordinates in ").append(runs.size());
    text.append(runs.size() == 1 ? " run:" : " runs:");
    for (Verdict each : Verdict.values()) {
      if (count(each) > 0) {
        text.append(' ').append(count(each)).append(' ').append(each).append(',');
      }
    }
    text.setLength(text.length() - 1);
    if (Double.isFinite(resolution())) {
      text.append(
          String.format(
              Locale.ROOT, "; relative errors above %.1e would have been seen", resolution()));
    }
    text.append("\n  ").append(evaluations()).append(" evaluations, ");
    text.append(time.toMillis()).append(" ms; again: ").append(reproduction);
    return text.toString();
  }

  /// The first runs that fail in full, the others by name.
  private static void append(StringBuilder text, List<RunReport> failed) {
    failed.stream().limit(RUNS_SHOWN).forEach(run -> append(text, run));
    if (failed.size() > RUNS_SHOWN) {
      String others =
          failed.stream().skip(RUNS_SHOWN).map(RunReport::label).collect(Collectors.joining("; "));
      text.append("  also wrong: ").append(others).append('\n');
    }
  }

  private static void append(StringBuilder text, RunReport run) {
    text.append("  ").append(run.label()).append('\n');
    for (TensorReport tensor : run.tensors()) {
      if (tensor.count(Verdict.FAIL) > 0) {
        append(text, tensor);
      }
    }
    for (Screen screen : run.screens()) {
      if (screen.failed()) {
        text.append("    ").append(screen).append('\n');
      }
    }
  }

  private static void append(StringBuilder text, TensorReport tensor) {
    int failures = tensor.count(Verdict.FAIL);
    int size = tensor.variable().size();
    text.append("    ").append(tensor.variable().path()).append(' ');
    text.append(tensor.variable().shape()).append(": ").append(failures).append(" of ");
    text.append(tensor.coordinates()).append(" coordinates");
    if (tensor.coordinates() < size) {
      text.append(" looked at (it has ").append(size).append(')');
    }
    text.append(failures == 1 ? " is wrong" : " are wrong");
    tensor.diagnosis().ifPresent(diagnosis -> text.append(": ").append(diagnosis));
    text.append('\n');
    tensor.failures().forEach(each -> text.append("      ").append(each).append('\n'));
    if (failures > tensor.failures().size()) {
      text.append("      … and ").append(failures - tensor.failures().size()).append(" more\n");
    }
  }
}
