package dev.lanewise.gradcheck;

import dev.lanewise.core.random.Key;
import dev.lanewise.gradcheck.diagnosis.Diagnoser;
import dev.lanewise.gradcheck.diagnosis.Diagnosis;
import dev.lanewise.gradcheck.diagnosis.Evidence;
import dev.lanewise.gradcheck.large.Localisation;
import dev.lanewise.gradcheck.large.ProgressMeter;
import dev.lanewise.gradcheck.large.Threads;
import dev.lanewise.gradcheck.problem.Evaluator;
import dev.lanewise.gradcheck.problem.NumericGradient;
import dev.lanewise.gradcheck.problem.Problem;
import dev.lanewise.gradcheck.problem.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// One run of a check: one point, one upstream.
///
/// @param problem what is checked, at the point
/// @param variant how the function is executed, for example `in shards`
/// @param regime what kind of numbers the point has
/// @param upstream how the upstream is drawn
/// @param screens whether directions are checked; without them every coordinate is, however many
/// @param everyCoordinateUpTo how many coordinates there may be for each to be checked
/// @param key the address of the draws
record Run(
    Problem problem,
    String variant,
    Regime regime,
    Upstream upstream,
    boolean screens,
    int everyCoordinateUpTo,
    Key key) {
  private static final double LARGEST = 1e150;

  /// A diagnosis needs the numeric gradient everywhere, by ladders.
  private static final int DIAGNOSED = 4096;

  /// How many derivatives the run checks.
  long steps() {
    return large()
        ? LargeCheck.steps(problem.variables())
        : size() + (screens ? Directions.count(problem.variables()) : 0);
  }

  /// Checks.
  ///
  /// @param threads who works
  /// @param meter is told of each derivative
  RunReport execute(Threads threads, ProgressMeter meter) {
    String label = report(List.of(), List.of(), 0).label();
    try (Evaluator evaluator = problem.open()) {
      double[] y = evaluator.evaluate();
      if (!finite(y)) {
        meter.advance(label, steps());
        return report(List.of(), List.of(), evaluator.evaluations());
      }
      Site site = Site.of(evaluator, y, upstream.draw(y, key.with("upstream")));
      try (Workplaces workplaces = new Workplaces(evaluator, site, key)) {
        Runnable step = () -> meter.advance(label, 1);
        return examine(new Examination(site, workplaces, threads, step, key));
      }
    }
  }

  private RunReport examine(Examination examination) {
    Findings found =
        large()
            ? new LargeCheck(problem.variables(), examination, key).check()
            : everything(examination);
    return report(
        examination.workplaces().use(workplace -> tensors(workplace.here(), found)),
        found.screens(),
        examination.workplaces().evaluations());
  }

  /// Whether there are too many coordinates to check each.
  boolean large() {
    return screens && size() > everyCoordinateUpTo;
  }

  /// Checks every coordinate, then directions.
  private Findings everything(Examination examination) {
    List<Variable> variables = problem.variables();
    List<int[]> all =
        variables.stream().map(variable -> IntStream.range(0, variable.size()).toArray()).toList();
    List<List<Coordinate>> coordinates = examination.coordinates(all, examination.tune());
    boolean failed = coordinates.stream().anyMatch(Findings::failed);
    List<Screen> screened = screens ? screens(examination, coordinates) : List.of();
    if (!failed && screened.stream().anyMatch(Screen::doubtful)) {
      coordinates = examination.coordinatesByLadders(all);
    }
    return new Findings(
        coordinates, screened, Collections.nCopies(variables.size(), Optional.empty()));
  }

  private List<Screen> screens(Examination examination, List<List<Coordinate>> coordinates) {
    List<Directions.Direction> directions =
        Directions.all(problem.variables(), examination.site(), key.with("directions"));
    return examination.all(
        directions,
        (workplace, direction) -> {
          Screen screen = screen(workplace, direction, coordinates);
          examination.step().run();
          return screen;
        });
  }

  /// A miss that coordinates explain needs no confirmation, and a soft one is nothing without them:
  /// then they are looked at more closely.
  ///
  /// Nor is one that goes away with the coordinates that are WEAK. Where one variable moves a
  /// function in steps, another that moves it smoothly hides the rests by which steps are known.
  private static Screen screen(
      Workplace at, Directions.Direction direction, List<List<Coordinate>> coordinates) {
    double[][] d = direction.displacement();
    Claim claim = at.here().site().claim(d);
    Judgement found = at.here().judge(d);
    Screen screen = Screen.of(direction.name(), claim, found);
    if (!screen.failed() || coordinates.stream().anyMatch(Findings::failed)) {
      return screen;
    }
    return screen.with(
        screen.soft() || restsOnWeak(at.here(), d, coordinates)
            ? Verdict.WEAK
            : at.confirm(d, found.numeric()));
  }

  private static boolean restsOnWeak(
      Place here, double[][] direction, List<List<Coordinate>> coordinates) {
    double[][] rest = Directions.without(direction, coordinates, Verdict.WEAK);
    boolean same = Arrays.deepEquals(rest, direction);
    boolean nothing = Arrays.stream(rest).flatMapToDouble(Arrays::stream).allMatch(d -> d == 0);
    return !same && !nothing && here.judge(rest).verdict() != Verdict.FAIL;
  }

  private List<TensorReport> tensors(Place here, Findings found) {
    Optional<NumericGradient> numeric =
        found.failed() && size() <= DIAGNOSED
            ? Optional.of(NumericGradient.of(here.evaluator(), here.site().origin().upstream()))
            : Optional.empty();
    List<TensorReport> reports = new ArrayList<>();
    for (int t = 0; t < problem.variables().size(); t++) {
      Variable variable = problem.variables().get(t);
      List<Coordinate> coordinates = found.coordinates().get(t);
      if (!coordinates.isEmpty()) {
        Optional<Diagnosis> diagnosis = Optional.empty();
        if (Findings.failed(coordinates)) {
          Optional<Localisation> located = found.located().get(t);
          int accused = t;
          diagnosis =
              numeric
                  .map(n -> diagnose(here, n, accused))
                  .or(
                      () ->
                          Optional.of(
                              LargeDiagnosis.of(variable, coordinates, located, DIAGNOSED)));
        }
        reports.add(TensorReport.of(variable, coordinates, diagnosis));
      }
    }
    return reports;
  }

  private static Diagnosis diagnose(Place here, NumericGradient numeric, int accused) {
    Site site = here.site();
    return Diagnoser.diagnose(
        new Evidence(
            here.evaluator(),
            site.origin().y(),
            site.origin().upstream(),
            site.analytic().value(),
            numeric,
            accused));
  }

  private static boolean finite(double[] y) {
    for (double value : y) {
      if (!(Math.abs(value) <= LARGEST)) {
        return false;
      }
    }
    return true;
  }

  private int size() {
    return problem.variables().stream().mapToInt(Variable::size).sum();
  }

  private RunReport report(List<TensorReport> tensors, List<Screen> screened, long evaluations) {
    return new RunReport(variant, regime, upstream, tensors, screened, evaluations);
  }
}
