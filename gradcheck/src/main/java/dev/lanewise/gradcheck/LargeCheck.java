package dev.lanewise.gradcheck;

import dev.lanewise.core.random.Key;
import dev.lanewise.gradcheck.large.Localisation;
import dev.lanewise.gradcheck.large.Localiser;
import dev.lanewise.gradcheck.large.Sample;
import dev.lanewise.gradcheck.large.Suspect;
import dev.lanewise.gradcheck.problem.Variable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Checks a problem that is too large for a look at every coordinate: each variable along
/// directions, then a sample of its coordinates, and where a direction is wrong the coordinates
/// that make it so, see [Localiser].
final class LargeCheck {
  /// The part of randomly drawn coordinates from which on a variable is wrong as a whole, so that
  /// naming some more of them tells nothing.
  private static final double WRONG_AS_A_WHOLE = 0.3;

  private final List<Variable> variables;
  private final Examination examination;
  private final Key key;
  private final List<Sample> samples;

  /// A check.
  ///
  /// @param variables the variables
  /// @param examination the point, and who works
  /// @param key the address of the draws
  LargeCheck(List<Variable> variables, Examination examination, Key key) {
    this.variables = variables;
    this.examination = examination;
    this.key = key;
    Site site = examination.site();
    this.samples =
        IntStream.range(0, variables.size())
            .mapToObj(
                t ->
                    Sample.of(
                        variables.get(t), site.analytic().value()[t], key.with("sample").with(t)))
            .toList();
  }

  /// How many derivatives are checked, wrong ones that are searched not counted.
  static long steps(List<Variable> variables) {
    return Directions.count(variables)
        + variables.stream().mapToLong(each -> Math.min(Sample.SIZE, each.size())).sum();
  }

  /// Checks.
  Findings check() {
    List<Integer> indices = IntStream.range(0, variables.size()).boxed().toList();
    List<LargeScreens> screens = examination.all(indices, this::screens);
    LargeScreens together = examination.all(List.of(variables), this::together).getFirst();
    List<Tuning> tunings = examination.tune();
    List<List<Coordinate>> sampled =
        examination.coordinates(samples.stream().map(Sample::positions).toList(), tunings);
    List<Optional<Localisation>> located =
        examination.all(
            indices, (at, t) -> locate(at, t, screens.get(t), tunings.get(t), sampled.get(t)));
    List<List<Coordinate>> coordinates =
        examination.all(
            indices, (at, t) -> with(at, tunings.get(t), sampled.get(t), located.get(t), t));
    boolean wrong = coordinates.stream().anyMatch(Findings::failed);
    List<Screen> along =
        new ArrayList<>(
            wrong || !together.failed()
                ? together.screens()
                : examination.workplaces().use(at -> withoutWeak(at, together.screens(), screens)));
    screens.forEach(each -> along.addAll(each.screens()));
    return new Findings(coordinates, settled(along, wrong), located);
  }

  private LargeScreens screens(Workplace at, int variable) {
    return screens(at, Directions.through(variables, variable, at.here().site(), directionKey()));
  }

  private LargeScreens together(Workplace at, List<Variable> all) {
    return screens(at, Directions.throughAll(all, at.here().site(), directionKey()));
  }

  private LargeScreens screens(Workplace at, List<Directions.Direction> directions) {
    LargeScreens found = LargeScreens.of(at, directions);
    directions.forEach(each -> examination.step().run());
    return found;
  }

  /// Searches the wrong coordinates of a variable if there are few among many: at a point nearby,
  /// where kinks do not meet, unless the function's kinks are its own.
  private Optional<Localisation> locate(
      Workplace at, int variable, LargeScreens screens, Tuning tuning, List<Coordinate> sampled) {
    boolean everything = sampled.size() == variables.get(variable).size();
    if (everything
        || !screens.failed()
        || !screens.isTuned()
        || wrongAsAWhole(samples.get(variable), sampled)) {
      return Optional.empty();
    }
    Place place = at.strict() ? at.here() : at.nearby().first();
    Suspect suspect =
        new Suspect(
            place.evaluator(),
            place.site().origin(),
            place.site().analytic().value(),
            place.site().analytic().noise(),
            variable,
            place.site().scales(variable),
            screens.tuned(),
            tuning.largeStep(1));
    return Optional.of(Localiser.find(suspect, key.with("locate").with(variable)));
  }

  private static boolean wrongAsAWhole(Sample sample, List<Coordinate> sampled) {
    Set<Integer> wrong =
        sampled.stream()
            .filter(each -> each.verdict() == Verdict.FAIL)
            .map(Coordinate::position)
            .collect(Collectors.toSet());
    long atRandom = IntStream.of(sample.random()).filter(wrong::contains).count();
    return atRandom > WRONG_AS_A_WHOLE * sample.random().length;
  }

  /// The sampled coordinates with those that were located.
  private List<Coordinate> with(
      Workplace at,
      Tuning tuning,
      List<Coordinate> sampled,
      Optional<Localisation> located,
      int variable) {
    Set<Integer> known = sampled.stream().map(Coordinate::position).collect(Collectors.toSet());
    PointCheck check = new PointCheck(at, variable, tuning);
    List<Coordinate> all = new ArrayList<>(sampled);
    located.stream()
        .flatMap(found -> found.positions().stream())
        .filter(position -> !known.contains(position))
        .forEach(position -> all.add(check.checkAccused(position)));
    all.sort(Comparator.comparingInt(Coordinate::position));
    return all;
  }

  /// A miss along all variables that goes away with those along which nothing was shown is none:
  /// see [Run].
  private List<Screen> withoutWeak(Workplace at, List<Screen> together, List<LargeScreens> alone) {
    List<Directions.Direction> directions =
        Directions.throughAll(variables, at.here().site(), directionKey());
    List<Screen> settled = new ArrayList<>();
    for (int k = 0; k < together.size(); k++) {
      double[][] rest = directions.get(k).displacement().clone();
      int resting = 0;
      for (int t = 0; t < rest.length; t++) {
        if (alone.get(t).screens().stream().anyMatch(each -> each.verdict() == Verdict.WEAK)) {
          rest[t] = new double[0];
          resting++;
        }
      }
      boolean weak =
          together.get(k).failed()
              && resting > 0
              && resting < rest.length
              && at.here().judge(rest).verdict() != Verdict.FAIL;
      settled.add(weak ? together.get(k).with(Verdict.WEAK) : together.get(k));
    }
    return settled;
  }

  /// A soft miss is nothing without a wrong coordinate.
  private static List<Screen> settled(List<Screen> screens, boolean wrong) {
    return screens.stream()
        .map(each -> each.failed() && each.soft() && !wrong ? each.with(Verdict.WEAK) : each)
        .toList();
  }

  private Key directionKey() {
    return key.with("directions");
  }
}
