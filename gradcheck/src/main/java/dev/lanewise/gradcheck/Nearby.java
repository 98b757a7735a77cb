package dev.lanewise.gradcheck;

import dev.lanewise.core.random.Key;
import dev.lanewise.gradcheck.numeric.Origin;
import dev.lanewise.gradcheck.problem.Evaluator;
import dev.lanewise.gradcheck.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/// Three points near the checked one, about every element moved by at most 2⁻⁹ of itself: where an
/// accused derivative must be wrong as well, or else the accusation was about this exact point
/// only.
///
/// Where several kinks meet, a derivative by backward may be no derivative of this point at all and
/// still a right choice: that of some point as near as one likes, or a mixture of such. Sorting
/// three equal numbers gives the middle one the middle place; moved alone, it takes that place in
/// neither direction. So there are closer points, too, where only backward is asked.
///
/// The points are made when they are needed. For one thread.
final class Nearby implements AutoCloseable {
  private static final int POINTS = 3;
  private static final double SHIFT = 0x1p-9;
  private static final int CLOSE_POINTS = 64;
  private static final double CLOSE_SHIFT = 0x1p-16;

  /// Elements that are smaller than this part of the root mean square are moved as if they were so
  /// large: or else what is tied up to the resolution of differences would stay tied.
  private static final double SMALL = 0x1p-10;

  /// How much a smooth derivative may change on the way to a close point, of the largest one.
  private static final double CHANGE = 0x1p-12;

  /// The derivatives close by of one kink. Where there are more, they are sums of the choices of
  /// several kinks, and the rarest sums may lie outside those drawn: of k choices of one size √k
  /// standard deviations from the middle.
  private static final int OF_ONE_KINK = 2;

  private final Problem problem;
  private final double[] upstream;
  private final Key key;
  private final List<Place> places = new ArrayList<>();
  private final List<double[][]> closeGradients = new ArrayList<>();

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

  /// Whether the derivative by a coordinate lies between those that backward gives close by.
  boolean between(int variable, int position, Claim claim) {
    return between(claim, gradient -> gradient[variable][position]);
  }

  /// Whether the derivative along a direction lies between those that backward gives close by.
  boolean between(double[][] direction, Claim claim) {
    return between(claim, gradient -> Directions.sum(gradient, direction));
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

  private boolean between(Claim claim, ToDoubleFunction<double[][]> derivative) {
    double[] close = closeGradients().stream().mapToDouble(derivative).sorted().toArray();
    double least = close[0];
    double largest = close[CLOSE_POINTS - 1];
    double margin = CHANGE * claim.largest();
    int choices = 1;
    for (int k = 1; k < CLOSE_POINTS; k++) {
      choices += close[k] - close[k - 1] > margin ? 1 : 0;
    }
    if (choices > OF_ONE_KINK) {
      margin += (largest - least) / 2;
    }
    return claim.value() >= least - margin && claim.value() <= largest + margin;
  }

  private List<double[][]> closeGradients() {
    if (closeGradients.isEmpty()) {
      try (Evaluator evaluator = problem.open()) {
        for (int k = 0; k < CLOSE_POINTS; k++) {
          evaluator.moveTo(jittered(problem.point(), CLOSE_SHIFT, key.with("close").with(k)));
          closeGradients.add(evaluator.gradients(upstream));
        }
      }
    }
    return closeGradients;
  }

  private Place place(int number) {
    for (int k = places.size(); k <= number; k++) {
      double[][] point = jittered(problem.point(), SHIFT, key.with(k));
      places.add(Place.of(problem.at(point), upstream));
    }
    return places.get(number);
  }

  private static double[][] jittered(double[][] point, double shift, Key key) {
    for (int t = 0; t < point.length; t++) {
      double rms = Origin.rms(point[t]);
      RandomGenerator draws = key.with(t).generator();
      for (int i = 0; i < point[t].length; i++) {
        double size = point[t][i] == 0 ? rms : Math.max(Math.abs(point[t][i]), SMALL * rms);
        point[t][i] += shift * (2 * draws.nextDouble() - 1) * size;
      }
    }
    return point;
  }

  @Override
  public void close() {
    places.forEach(Place::close);
  }
}
