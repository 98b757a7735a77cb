package dev.lanewise.gradcheck.peers;

import dev.lanewise.core.random.Key;
import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.gradcheck.Regime;
import dev.lanewise.gradcheck.Upstream;
import dev.lanewise.gradcheck.Verdict;
import dev.lanewise.gradcheck.mutant.Library;
import dev.lanewise.gradcheck.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/// All rules on the library's layers and mutants: two tables.
///
/// @param columns the names of the rules
/// @param kills per cent of the mutants killed, by category and rule
/// @param mutants the number of mutants, by category
/// @param alarms per cent of the right layers' runs that alarm, by regime and rule
record Comparison(
    List<String> columns,
    Map<String, double[]> kills,
    Map<String, Integer> mutants,
    Map<String, double[]> alarms) {
  static final String OURS_NORMAL = "ours, normal inputs";
  static final String OURS = "ours";
  static final String ALL = "all";

  /// A mutant is killed if it is noticed with each of so many seeds.
  static final int SEEDS = 2;

  /// Compares. A rule notices a mutant on normal inputs, as its users would choose them; only the
  /// last one chooses inputs itself.
  static Comparison measure() {
    Map<String, BiPredicate<Library.Specimen, Long>> rules = new LinkedHashMap<>();
    for (Rule rule : Peers.all()) {
      rules.put(rule.name(), (layer, seed) -> notices(rule, layer.problem(seed), seed));
    }
    rules.put(
        OURS_NORMAL,
        (layer, seed) ->
            fails(layer, checker(seed).regimes(Regime.NORMAL).coordinatesOnly().withoutLaws()));
    // What fails on normal inputs fails; so most mutants need no more.
    rules.put(
        OURS,
        (layer, seed) ->
            fails(layer, checker(seed).regimes(Regime.NORMAL)) || fails(layer, checker(seed)));
    List<String> columns = List.copyOf(rules.keySet());
    Map<String, Integer> mutants = new LinkedHashMap<>();
    Map<String, double[]> kills = kills(List.copyOf(rules.values()), mutants);
    return new Comparison(columns, kills, mutants, alarms(columns));
  }

  private static GradientChecker checker(long seed) {
    return GradientChecker.seeded(seed).threads(1);
  }

  private static boolean fails(Library.Specimen layer, GradientChecker checker) {
    return layer.check(checker, 1).verdict() == Verdict.FAIL;
  }

  /// An exception is a way to notice.
  private static boolean notices(Rule rule, Problem problem, long seed) {
    try {
      return rule.verdict().alarms(problem, seed);
    } catch (RuntimeException e) {
      return true;
    }
  }

  private static Map<String, double[]> kills(
      List<BiPredicate<Library.Specimen, Long>> rules, Map<String, Integer> mutants) {
    Map<String, double[]> kills = new LinkedHashMap<>();
    List<String> categories = Library.mutants().stream().map(Library.Specimen::category).toList();
    for (int m = 0; m < categories.size(); m++) {
      for (String category : List.of(categories.get(m), ALL)) {
        mutants.merge(category, 1, Integer::sum);
        kills.computeIfAbsent(category, name -> new double[rules.size()]);
      }
    }
    IntStream.range(0, categories.size())
        .parallel()
        .forEach(
            m -> {
              for (int r = 0; r < rules.size(); r++) {
                if (killed(rules.get(r), m)) {
                  synchronized (kills) {
                    kills.get(categories.get(m))[r]++;
                    kills.get(ALL)[r]++;
                  }
                }
              }
            });
    double[] all = kills.remove(ALL);
    kills.put(ALL, all);
    kills.forEach((category, counts) -> toPercent(counts, mutants.get(category)));
    return kills;
  }

  private static boolean killed(BiPredicate<Library.Specimen, Long> rule, int mutant) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      // Made anew for each: some mutants keep state.
      if (!rule.test(Library.mutants().get(mutant), seed)) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, double[]> alarms(List<String> columns) {
    Map<String, double[]> alarms = new LinkedHashMap<>();
    for (Regime regime : Regime.values()) {
      double[] counts = new double[columns.size()];
      List<Library.Specimen> layers = Library.right();
      layers.parallelStream()
          .forEach(
              layer -> {
                for (long seed = 1; seed <= SEEDS; seed++) {
                  double[] found = alarms(layer, regime, seed, columns);
                  synchronized (counts) {
                    Arrays.setAll(counts, r -> counts[r] + found[r]);
                  }
                }
              });
      int runs = SEEDS * layers.size();
      toPercent(counts, runs);
      alarms.put(regime.label(), counts);
    }
    return alarms;
  }

  private static double[] alarms(
      Library.Specimen layer, Regime regime, long seed, List<String> columns) {
    double[] found = new double[columns.size()];
    Problem problem = at(layer.problem(seed), regime, seed);
    List<Rule> peers = Peers.all();
    for (int r = 0; r < peers.size(); r++) {
      found[r] = notices(peers.get(r), problem, seed) ? 1 : 0;
    }
    boolean wrong =
        fails(layer, checker(seed).regimes(regime).upstreams(Upstream.UNIFORM).withoutLaws());
    found[columns.indexOf(OURS)] = wrong ? 1 : 0;
    found[columns.indexOf(OURS_NORMAL)] = wrong ? 1 : 0;
    return found;
  }

  private static Problem at(Problem problem, Regime regime, long seed) {
    double[][] point = problem.point();
    for (int t = 0; t < point.length; t++) {
      point[t] = regime.apply(point[t], Key.of(seed).with(regime.name()).with(t));
    }
    return problem.at(point);
  }

  private static void toPercent(double[] counts, int of) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] *= 100.0 / of;
    }
  }

  double kill(String category, String rule) {
    return kills.get(category)[columns.indexOf(rule)];
  }

  double alarm(String regime, String rule) {
    return alarms.get(regime)[columns.indexOf(rule)];
  }

  /// The rows of both tables, `| name | 81 | … |`.
  List<String> rows() {
    List<String> rows = new ArrayList<>();
    rows.add(header("mutants", columns));
    kills.forEach(
        (category, row) ->
            rows.add(row(category + " (" + mutants.get(category) + ")", row, columns.size())));
    rows.add("");
    List<String> ofAlarms = columns.stream().filter(name -> !name.equals(OURS_NORMAL)).toList();
    rows.add(header("inputs", ofAlarms));
    alarms.forEach(
        (regime, row) -> {
          double[] shown = row.clone();
          shown[shown.length - 2] = row[row.length - 1];
          rows.add(row(regime, shown, ofAlarms.size()));
        });
    return rows;
  }

  private static String header(String first, List<String> columns) {
    return "| "
        + first
        + " | "
        + String.join(" | ", columns)
        + " |\n"
        + "|---".repeat(columns.size() + 1)
        + "|";
  }

  private static String row(String name, double[] values, int columns) {
    StringBuilder row = new StringBuilder("| " + name + " |");
    for (int i = 0; i < columns; i++) {
      row.append(String.format(Locale.ROOT, " %.0f |", values[i]));
    }
    return row.toString();
  }
}
