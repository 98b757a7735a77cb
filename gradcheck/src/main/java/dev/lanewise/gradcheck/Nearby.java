package dev.lanewise.gradcheck;

import dev.lanewise.core.random.Key;
import dev.lanewise.gradcheck.numeric.Origin;
import dev.lanewise.gradcheck.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// Three points near the checked one, every element moved by at most 2⁻⁹ of itself: where an
/// accused derivative must be wrong as well, or else the accusation was about this exact point
/// only.
///
/// The points are made when they are needed. For one thread.
final class Nearby implements AutoCloseable {
  private static final int POINTS = 3;
  private static final double SHIFT = 0x1p-9;

  private final Problem problem;
  private final double[] upstream;
  private final Key key;
  private final List<Place> places = new ArrayList<>();

  /// Points near a problem's.
  ///
  /// @param problem the function and the point
  /// @param upstream u
  /// @param key the address of the points
  Nearby(Problem problem, double[] upstream, Key key) {
    this.problem = problem;
    this.upstream = upstream;
    this.key = key;
  }

  /// Whether a coordinate disagrees at most of the points, too.
  boolean reject(int variable, int position) {
    return most(place -> place.judge(variable, position).verdict() == Verdict.FAIL);
  }

  /// Whether the derivative along a direction disagrees at most of the points, too.
  boolean reject(double[][] direction) {
    return most(place -> place.judge(direction).verdict() == Verdict.FAIL);
  }

  /// The first of the points.
  Place first() {
    return place(0);
  }

  /// How often the function was evaluated along lines.
  long evaluations() {
    // Each place began with one evaluation, in every thread that opened it.
    return places.stream().mapToLong(place -> place.evaluator().evaluations() - 1).sum();
  }

  /// Whether most reject; the last point is not asked where the others agree.
  private boolean most(Predicate<Place> rejects) {
    int wrong = 0;
    for (int k = 0; k < POINTS && 2 * wrong <= POINTS && 2 * (k - wrong) <= POINTS; k++) {
      wrong += rejects.test(place(k)) ? 1 : 0;
    }
    return 2 * wrong > POINTS;
  }

  private Place place(int number) {
    for (int k = places.size(); k <= number; k++) {
      double[][] point = jittered(problem.point(), key.with(k));
      places.add(Place.of(problem.at(point), upstream));
    }
    return places.get(number);
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
    places.forEach(Place::close);
  }
}
