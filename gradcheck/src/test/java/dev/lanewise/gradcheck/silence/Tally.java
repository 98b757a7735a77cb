package dev.lanewise.gradcheck.silence;

import dev.lanewise.gradcheck.GradientReport;
import dev.lanewise.gradcheck.Regime;
import dev.lanewise.gradcheck.RunReport;
import dev.lanewise.gradcheck.Screen;
import dev.lanewise.gradcheck.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What checks of right things found, added up. For several threads.
final class Tally {
  private final Map<Verdict, Long> coordinates = new EnumMap<>(Verdict.class);
  private final Map<Verdict, Long> screens = new EnumMap<>(Verdict.class);
  private final Map<Regime, Long> failures = new EnumMap<>(Regime.class);
  private final List<String> alarms = new ArrayList<>();
  private final List<String> brokenLaws = new ArrayList<>();
  private final List<String> powerless = new ArrayList<>();
  private long evaluations;
  private long invalidRuns;
  private long runs;

  synchronized void add(String name, long seed, GradientReport report) {
    for (RunReport run : report.runs()) {
      runs++;
      evaluations += run.evaluations();
      invalidRuns += run.invalid() ? 1 : 0;
      for (Verdict verdict : Verdict.values()) {
        coordinates.merge(verdict, (long) run.count(verdict), Long::sum);
      }
      for (Screen screen : run.screens()) {
        screens.merge(screen.verdict(), 1L, Long::sum);
      }
      if (run.failed()) {
        failures.merge(run.regime(), 1L, Long::sum);
        alarms.add(name + ", seed " + seed + ": " + run.label() + "\n" + details(run));
      }
    }
    report.laws().forEach(law -> brokenLaws.add(name + ", seed " + seed + ": " + law));
    if (report.verdict() == Verdict.VACUOUS) {
      powerless.add(name + ", seed " + seed);
    }
  }

  private static String details(RunReport run) {
    StringBuilder text = new StringBuilder();
    run.tensors()
        .forEach(
            tensor ->
                tensor.failures().forEach(each -> text.append("    ").append(each).append('\n')));
    run.screens().stream()
        .filter(Screen::failed)
        .forEach(each -> text.append("    ").append(each).append('\n'));
    return text.toString();
  }

  synchronized long checked() {
    return coordinates.values().stream().mapToLong(Long::longValue).sum();
  }

  /// How many coordinates and directions were called wrong.
  synchronized long alarms() {
    return coordinates.getOrDefault(Verdict.FAIL, 0L) + screens.getOrDefault(Verdict.FAIL, 0L);
  }

  synchronized List<String> brokenLaws() {
    return List.copyOf(brokenLaws);
  }

  synchronized List<String> reproductions() {
    return List.copyOf(alarms);
  }

  synchronized List<String> powerless() {
    return List.copyOf(powerless);
  }

  synchronized long count(Verdict verdict) {
    return coordinates.getOrDefault(verdict, 0L);
  }

  @Override
  public synchronized String toString() {
    long screened = screens.values().stream().mapToLong(Long::longValue).sum();
    return String.format(
        Locale.ROOT,
        "%,d coordinates in %,d runs (%,d invalid): %s; %,d screens: %s; %.1f evaluations per"
            + " coordinate; %d alarms %s; %d broken laws; %d checks without power",
        checked(),
        runs,
        invalidRuns,
        coordinates,
        screened,
        screens,
        (double) evaluations / checked(),
        alarms(),
        failures,
        brokenLaws.size(),
        powerless.size());
  }
}
