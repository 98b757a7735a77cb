package dev.lanewise.gradcheck;

import dev.lanewise.core.random.Key;
import dev.lanewise.gradcheck.numeric.Differentiator;
import dev.lanewise.gradcheck.numeric.Estimate;
import dev.lanewise.gradcheck.numeric.Line;
import dev.lanewise.gradcheck.numeric.Origin;
import dev.lanewise.gradcheck.problem.CoordinateLine;
import dev.lanewise.gradcheck.problem.DirectionLine;
import dev.lanewise.gradcheck.problem.Evaluator;
import dev.lanewise.gradcheck.problem.NumericGradient;
import dev.lanewise.gradcheck.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Three points near the checked one, every element moved by at most 2⁻⁹ of itself: where an
/// accused
/// derivative must be wrong as well, or else the accusation was about this exact point only.
///
/// The points are made when the first accusation comes. For one thread.
final class Nearby implements AutoCloseable {
  private static final int POINTS = 3;
  private static final double SHIFT = 0x1p-9;

  private final Problem problem;
  private final double[] upstream;
  private final boolean primitive;
  private final Key key;
  private final List<Place> places = new ArrayList<>();

  private record Place(
      Evaluator evaluator, Origin origin, AnalyticGradient analytic, double[][] point) {}

  /// Points near a problem's.
  ///
  /// @param primitive whether the function is a single op, whose derivative at a kink is its own
  ///     choice between the one-sided slopes, and not a sum of choices
  Nearby(Problem problem, double[] upstream, boolean primitive, Key key) {
    this.problem = problem;
    this.upstream = upstream;
    this.primitive = primitive;
    this.key = key;
  }

  /// What a derivative is that disagrees at the point and agrees near it.
  Verdict whenOnlyHere() {
    return primitive ? Verdict.FAIL : Verdict.CONVENTION;
  }

  /// Whether a coordinate disagrees at most of the points, too.
  boolean rejects(int variable, int position) {
    int wrong = 0;
    for (Place place : places()) {
      double a = place.analytic.value()[variable][position];
      double noise = place.analytic.noise()[variable][position];
      double rms = Origin.rms(place.point[variable]);
      CoordinateLine line = CoordinateLine.of(place.evaluator, variable, position);
      double scale = Scales.of(line.x(), a, rms, place.origin.natural());
      boolean rejected = rejected(place, line, a, noise, scale, scale);
      line.restore();
      wrong += rejected ? 1 : 0;
    }
    return 2 * wrong > POINTS;
  }

  /// Whether the derivative along a direction disagrees at most of the points, too.
  boolean rejects(double[][] direction) {
    int wrong = 0;
    for (Place place : places()) {
      DirectionLine line =
          new DirectionLine(place.evaluator, place.point, direction, place.analytic.value());
      double a = Directions.sum(place.analytic.value(), direction);
      double noise = Directions.noise(place.analytic.noise(), direction);
      boolean rejected = rejected(place, line, a, noise, 1, 1);
      line.restore();
      wrong += rejected ? 1 : 0;
    }
    return 2 * wrong > POINTS;
  }

  private static boolean rejected(
      Place place, Line line, double a, double noise, double top, double scale) {
    for (double factor : new double[] {1, 1.37}) {
      Estimate n = Differentiator.thorough(line, place.origin, factor * top);
      Verdict verdict = PointCheck.compare(a, noise, n, scale, place.origin.natural(), Math.abs(a));
      if (verdict != Verdict.FAIL) {
        return false;
      }
    }
    return true;
  }

  private List<Place> places() {
    for (int k = places.size(); k < POINTS; k++) {
      double[][] point = jittered(problem.point(), key.with("nearby").with(k));
      Evaluator evaluator = problem.at(point).open();
      Origin origin = Origin.of(evaluator.evaluate(), upstream, NumericGradient.largest(point));
      places.add(new Place(evaluator, origin, AnalyticGradient.of(evaluator, upstream), point));
    }
    return places;
  }

  private static double[][] jittered(double[][] point, Key key) {
    for (int t = 0; t < point.length; t++) {
      double rms = Origin.rms(point[t]);
      RandomGenerator draws = key.with(t).generator();
      for (int i = 0; i < point[t].length; i++) {
        double size = point[t][i] == 0 ? rms : Math.abs(point[t][i]);
        point[t][i] += SHIFT * (2 * draws.nextDouble() - 1) * size;
      }
    }
    return point;
  }

  @Override
  public void close() {
    places.forEach(place -> place.evaluator.close());
  }
}
