package dev.lanewise.gradcheck.large;

import dev.lanewise.core.random.Key;
import dev.lanewise.gradcheck.numeric.Differentiator;
import dev.lanewise.gradcheck.numeric.DotProduct;
import dev.lanewise.gradcheck.numeric.Estimate;
import dev.lanewise.gradcheck.numeric.Line;
import dev.lanewise.gradcheck.problem.CoordinateLine;
import dev.lanewise.gradcheck.problem.DirectionLine;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// Finds the wrong coordinates of a large variable from derivatives along directions, each of which
/// costs six evaluations whatever the variable's size.
///
/// *Decoding.* Along a random direction d the residual `r = Σ aᵢdᵢ − n` of a single wrong
/// coordinate j is `eⱼdⱼ`, where e is its error. Along the same direction with the displacements
/// weighted by `(qᵢ + 1)/B`, where qᵢ is a digit of i in base B, it is `eⱼdⱼ(qⱼ + 1)/B`: the ratio
/// is the digit of j. The base is as large as the residual's precision allows, so mostly one to
/// three directions name the coordinate, and a difference along it confirms the name.
///
/// *Halving.* Where a digit is no whole number several coordinates are wrong, and where the
/// residual is too blurred for digits a smaller range has a sharper one: the range is halved, and
/// each half with a residual is searched. The displacements stay as they are, unless the residual
/// is blurred.
///
/// *Peeling.* A coordinate that was found is taken out of all residuals, which costs nothing, and
/// what remains is searched on, until a fresh direction shows nothing more.
public final class Localiser {
  /// How many wrong coordinates are named at most.
  public static final int LIMIT = 64;

  private static final int ROUNDS = 8;

  /// Directions that must show nothing before it is believed that nothing can be seen.
  private static final int QUIET = 3;

  /// Half-widths in one unit of a digit, so that both residuals' errors together move it by at most
  /// a quarter.
  private static final double RESOLVED = 8;

  /// How often, and how far, a step shrinks to get rid of kinks.
  private static final int RETREATS = 3;

  private static final double RETREAT = 16;

  private static final double OFF_GRID = 0.25;
  private static final int DIGITS = 4;

  private final Suspect suspect;
  private final double[][] point;
  private final double[] claimed;
  private final double[] noise;
  private final double[] direction;

  /// The step along directions.
  private double step;

  /// The error `aᵢ − nᵢ` of each wrong coordinate that was found.
  private final TreeMap<Integer, Residual> wrong = new TreeMap<>();

  private Localiser(Suspect suspect) {
    this.suspect = suspect;
    this.point = suspect.evaluator().values();
    // What is not finite counts as zero, which is about as wrong.
    this.claimed =
        Arrays.stream(suspect.gradient()[suspect.variable()])
            .map(a -> Double.isFinite(a) ? a : 0)
            .toArray();
    this.noise =
        Arrays.stream(suspect.noise()[suspect.variable()])
            .map(a -> Double.isFinite(a) ? a : 0)
            .toArray();
    this.direction = new double[claimed.length];
    this.step = suspect.tuned().step();
  }

  /// Searches.
  ///
  /// @param suspect where; its evaluator is left as it was
  /// @param key the address of the directions
  /// @return what was found, at most [#LIMIT] coordinates
  public static Localisation find(Suspect suspect, Key key) {
    long before = suspect.evaluator().evaluations();
    Localiser localiser = new Localiser(suspect);
    boolean complete = localiser.find(key);
    return new Localisation(
        List.copyOf(localiser.wrong.keySet()),
        complete,
        suspect.evaluator().evaluations() - before);
  }

  private boolean find(Key key) {
    accuseWhatIsNotFinite();
    int quiet = 0;
    for (int round = 0; round < ROUNDS && wrong.size() < LIMIT; round++) {
      draw(key.with(round));
      Range whole = new Range(0, claimed.length, 1);
      Residual residual = along(whole, i -> 1);
      if (residual.significant()) {
        quiet = 0;
        search(whole, residual);
      } else {
        quiet++;
      }
      if (quiet == (wrong.isEmpty() ? QUIET : 1)) {
        return true;
      }
    }
    return false;
  }

  /// A range of coordinates.
  ///
  /// @param from the first
  /// @param to the one after the last
  /// @param boost what the displacements are multiplied by
  private record Range(int from, int to, double boost) {
    int size() {
      return to - from;
    }
  }

  private void search(Range range, Residual given) {
    Residual residual = given;
    while (residual.significant() && wrong.size() < LIMIT) {
      OptionalInt named =
          range.size() == 1 ? OptionalInt.of(range.from()) : decode(range, residual);
      if (named.isEmpty() || !explains(named.getAsInt(), range, residual)) {
        if (range.size() > 1) {
          halve(range, residual);
        }
        return;
      }
      int position = named.getAsInt();
      residual = residual.minus(error(position).times(range.boost() * direction[position]));
    }
  }

  private void halve(Range range, Residual residual) {
    int middle = range.from() + range.size() / 2;
    double boost = residual.sharp() ? range.boost() : Math.max(range.boost(), boost(range.size()));
    Range low = new Range(range.from(), middle, boost);
    Range high = new Range(middle, range.to(), boost);
    Residual ofLow = along(low, i -> 1);
    Residual ofHigh = residual.minus(ofLow);
    boolean same = boost == range.boost();
    if (!same || !(ofHigh.sharp() || ofHigh.negligible())) {
      ofHigh = along(high, i -> 1);
    }
    search(low, ofLow);
    search(high, ofHigh);
  }

  /// What makes displacements of fewer coordinates as large together as those of all, as long as
  /// each stays within a good step of its own.
  private double boost(int size) {
    double together = Math.sqrt((double) claimed.length / size);
    double alone = suspect.coordinateStep() * Math.sqrt(claimed.length) / (1.5 * step);
    return Math.max(1, Math.min(together, alone));
  }

  /// The coordinate that a residual comes from if it comes from one alone.
  private OptionalInt decode(Range range, Residual residual) {
    double finest = Math.abs(residual.value()) / (RESOLVED * residual.width());
    int digits = digits(range.size(), finest);
    if (digits > DIGITS) {
      return OptionalInt.empty();
    }
    int base = (int) Math.ceil(Math.pow(range.size(), 1.0 / digits) - 1e-9);
    int offset = 0;
    int unit = 1;
    for (int k = 0; k < digits; k++) {
      int place = unit;
      Residual weighted =
          along(range, i -> ((i - range.from()) / place % base + 1) / (double) base);
      double digit = weighted.value() / residual.value() * base - 1;
      double whole = Math.rint(digit);
      if (!(Math.abs(digit - whole) <= OFF_GRID) || whole < 0 || whole >= base) {
        return OptionalInt.empty();
      }
      offset += ((int) whole) * unit;
      unit *= base;
    }
    return offset < range.size() ? OptionalInt.of(range.from() + offset) : OptionalInt.empty();
  }

  /// How many digits a number below `size` has in a base up to `finest`.
  private static int digits(int size, double finest) {
    return finest < 2
        ? Integer.MAX_VALUE
        : Math.max(1, (int) Math.ceil(Math.log(size) / Math.log(finest)));
  }

  /// Whether a coordinate is wrong and so explains a residual, or part of it.
  private boolean explains(int position, Range range, Residual residual) {
    if (wrong.containsKey(position)) {
      return false;
    }
    double expected = residual.value() / (range.boost() * direction[position]);
    return accuse(position, expected);
  }

  /// Whether a coordinate is wrong. Where six evaluations, and some more at smaller steps, are too
  /// blurred to tell, a ladder does.
  ///
  /// @param expected the error that is expected
  private boolean accuse(int position, double expected) {
    CoordinateLine line = CoordinateLine.of(suspect.evaluator(), suspect.variable(), position);
    double scale = suspect.scales()[position];
    double step = Math.scalb(1.0, Math.getExponent(suspect.coordinateStep() * scale));
    Predicate<Estimate> sharp = n -> new Residual(expected, n.width()).sharp();
    Estimate numeric = estimate(line, step, sharp);
    if (!sharp.test(numeric)) {
      Estimate ladder = Differentiator.thorough(line, suspect.origin(), 4 * step);
      numeric = ladder.width() < numeric.width() ? ladder : numeric;
    }
    line.restore();
    Residual error = residual(claimed[position], noise[position], numeric);
    if (error.significant()) {
      wrong.put(position, error);
    }
    return error.significant();
  }

  private void accuseWhatIsNotFinite() {
    double[] gradient = suspect.gradient()[suspect.variable()];
    for (int i = 0; i < gradient.length && wrong.size() < LIMIT; i++) {
      if (!Double.isFinite(gradient[i])) {
        accuse(i, 0);
      }
    }
  }

  private Residual error(int position) {
    return wrong.getOrDefault(position, new Residual(0, 0));
  }

  /// `±(0.5 + U[0,1))·scaleᵢ/√n`.
  private void draw(Key key) {
    RandomGenerator draws = key.generator();
    for (int i = 0; i < direction.length; i++) {
      double size = (0.5 + draws.nextDouble()) * suspect.scales()[i] / Math.sqrt(direction.length);
      direction[i] = draws.nextBoolean() ? size : -size;
    }
  }

  /// The residual along the direction within a range, without what was found already.
  private Residual along(Range range, IntToDoubleFunction weight) {
    double[][] displacement = new double[point.length][0];
    double[] mine = new double[claimed.length];
    displacement[suspect.variable()] = mine;
    DotProduct analytic = new DotProduct();
    double squares = 0;
    for (int i = range.from(); i < range.to(); i++) {
      mine[i] = range.boost() * weight.applyAsDouble(i) * direction[i];
      analytic.add(claimed[i], mine[i]);
      squares += noise[i] * mine[i] * noise[i] * mine[i];
    }
    DirectionLine line =
        new DirectionLine(suspect.evaluator(), point, displacement, suspect.gradient());
    Estimate numeric = estimate(line, step, n -> n.jump() == 0);
    line.restore();
    // What served this direction serves the next.
    step = numeric.step();
    Residual found = residual(analytic.value(), Math.sqrt(squares), numeric);
    for (int position : wrong.subMap(range.from(), range.to()).keySet()) {
      found = found.minus(error(position).times(mine[position]));
    }
    return found;
  }

  /// Six evaluations; and six more at a smaller step, as long as kinks within it may be what blurs
  /// the result.
  private Estimate estimate(Line line, double step, Predicate<Estimate> sharp) {
    Estimate best = tuned(line, step);
    double h = step;
    for (int k = 0; k < RETREATS && !sharp.test(best); k++) {
      h /= RETREAT;
      Estimate closer = tuned(line, h);
      best = closer.width() < best.width() ? closer : best;
    }
    return best;
  }

  private Estimate tuned(Line line, double step) {
    return Differentiator.tuned(line, suspect.origin(), step, suspect.tuned().noise());
  }

  /// Where the function is not finite nothing is known.
  private static Residual residual(double a, double noise, Estimate n) {
    return Double.isFinite(n.value())
        ? new Residual(a - n.value(), n.width() + noise)
        : new Residual(0, Double.POSITIVE_INFINITY);
  }
}
