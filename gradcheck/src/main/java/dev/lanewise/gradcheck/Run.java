package dev.lanewise.gradcheck;

import dev.lanewise.core.random.Key;
import dev.lanewise.gradcheck.diagnosis.Diagnoser;
import dev.lanewise.gradcheck.diagnosis.Diagnosis;
import dev.lanewise.gradcheck.diagnosis.Evidence;
import dev.lanewise.gradcheck.numeric.Differentiator;
import dev.lanewise.gradcheck.numeric.Estimate;
import dev.lanewise.gradcheck.numeric.Origin;
import dev.lanewise.gradcheck.problem.DirectionLine;
import dev.lanewise.gradcheck.problem.Evaluator;
import dev.lanewise.gradcheck.problem.NumericGradient;
import dev.lanewise.gradcheck.problem.Problem;
import dev.lanewise.gradcheck.problem.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One run of a check: one point, one upstream.
///
/// @param problem what is checked, at the point
/// @param variant how the function is executed, for example `in shards`
/// @param regime what kind of numbers the point has
/// @param upstream how the upstream is drawn
/// @param primitive whether the function is a single op
/// @param screens whether directions are checked
/// @param key the address of the draws
record Run(
    Problem problem,
    String variant,
    Regime regime,
    Upstream upstream,
    boolean primitive,
    boolean screens,
    Key key) {
  private static final double LARGEST = 1e150;

  /// A miss along a direction that is no larger is believed only if coordinates miss as well.
  private static final double SOFT = 1e-6;

  /// A diagnosis needs the numeric gradient everywhere, by ladders.
  private static final int DIAGNOSED = 4096;

  RunReport execute() {
    try (Evaluator evaluator = problem.open()) {
      double[] y = evaluator.evaluate();
      for (double value : y) {
        if (!(Math.abs(value) <= LARGEST)) {
          return report(List.of(), List.of(), evaluator);
        }
      }
      double[] u = upstream.draw(y, key.with("upstream"));
      double[][] point = problem.point();
      Origin origin = Origin.of(y, u, NumericGradient.largest(point));
      AnalyticGradient analytic = AnalyticGradient.of(evaluator, u);
      try (Nearby nearby = new Nearby(problem, u, primitive, key)) {
        List<List<Coordinate>> coordinates = coordinates(evaluator, origin, analytic, nearby);
        boolean failed =
            coordinates.stream()
                .flatMap(List::stream)
                .anyMatch(each -> each.verdict() == Verdict.FAIL);
        List<Screen> screened =
            screens ? screens(evaluator, origin, analytic, nearby, failed) : List.of();
        List<TensorReport> tensors = new ArrayList<>();
        Optional<NumericGradient> numeric =
            failed && size() <= DIAGNOSED
                ? Optional.of(NumericGradient.of(evaluator, u))
                : Optional.empty();
        for (int t = 0; t < coordinates.size(); t++) {
          if (!coordinates.get(t).isEmpty()) {
            tensors.add(
                TensorReport.of(
                    problem.variables().get(t),
                    coordinates.get(t),
                    diagnose(evaluator, y, u, analytic, numeric, t, coordinates.get(t))));
          }
        }
        return report(tensors, screened, evaluator);
      }
    }
  }

  private List<List<Coordinate>> coordinates(
      Evaluator evaluator, Origin origin, AnalyticGradient analytic, Nearby nearby) {
    PointCheck check = new PointCheck(evaluator, origin, analytic, nearby, key.with("tune"));
    List<List<Coordinate>> all = new ArrayList<>();
    List<Variable> variables = problem.variables();
    for (int t = 0; t < variables.size(); t++) {
      List<Coordinate> of = new ArrayList<>();
      for (int i = 0; i < variables.get(t).size(); i++) {
        of.add(check.check(t, i));
      }
      all.add(of);
    }
    return all;
  }

  private List<Screen> screens(
      Evaluator evaluator,
      Origin origin,
      AnalyticGradient analytic,
      Nearby nearby,
      boolean coordinatesFailed) {
    double[][] point = problem.point();
    double[][] scales = new double[point.length][];
    for (int t = 0; t < point.length; t++) {
      scales[t] = Scales.of(point[t], analytic.value()[t], origin.natural());
    }
    List<Screen> found = new ArrayList<>();
    for (Directions.Direction direction :
        Directions.all(problem.variables(), point, scales, key.with("directions"))) {
      found.add(screen(evaluator, origin, analytic, nearby, coordinatesFailed, point, direction));
    }
    return found;
  }

  private static Screen screen(
      Evaluator evaluator,
      Origin origin,
      AnalyticGradient analytic,
      Nearby nearby,
      boolean coordinatesFailed,
      double[][] point,
      Directions.Direction direction) {
    double[][] d = direction.displacement();
    DirectionLine line = new DirectionLine(evaluator, point, d, analytic.value());
    double a = Directions.sum(analytic.value(), d);
    double noise = Directions.noise(analytic.noise(), d);
    Estimate n = Differentiator.thorough(line, origin, 1);
    Verdict verdict = PointCheck.compare(a, noise, n, 1, origin.natural(), Math.abs(a));
    if (verdict == Verdict.FAIL) {
      Estimate again = Differentiator.thorough(line, origin, 1.37);
      verdict = PointCheck.compare(a, noise, again, 1, origin.natural(), Math.abs(a));
    }
    line.restore();
    if (verdict == Verdict.FAIL && !coordinatesFailed) {
      boolean soft = Coordinate.relativeError(a, n.value()) <= SOFT;
      if (soft) {
        verdict = Verdict.WEAK;
      } else if (!nearby.rejects(d)) {
        verdict = nearby.whenOnlyHere();
      }
    }
    return new Screen(direction.name(), a, n.value(), n.width() + noise, verdict);
  }

  private Optional<Diagnosis> diagnose(
      Evaluator evaluator,
      double[] y,
      double[] u,
      AnalyticGradient analytic,
      Optional<NumericGradient> numeric,
      int accused,
      List<Coordinate> coordinates) {
    boolean failed = coordinates.stream().anyMatch(each -> each.verdict() == Verdict.FAIL);
    return failed
        ? numeric.map(
            n -> Diagnoser.diagnose(new Evidence(evaluator, y, u, analytic.value(), n, accused)))
        : Optional.empty();
  }

  private int size() {
    return problem.variables().stream().mapToInt(Variable::size).sum();
  }

  private RunReport report(List<TensorReport> tensors, List<Screen> screened, Evaluator evaluator) {
    return new RunReport(variant, regime, upstream, tensors, screened, evaluator.evaluations());
  }
}
