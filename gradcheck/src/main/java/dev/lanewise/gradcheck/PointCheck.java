package dev.lanewise.gradcheck;

import dev.lanewise.core.random.Key;
import dev.lanewise.gradcheck.numeric.Differentiator;
import dev.lanewise.gradcheck.numeric.Estimate;
import dev.lanewise.gradcheck.numeric.Origin;
import dev.lanewise.gradcheck.problem.CoordinateLine;
import dev.lanewise.gradcheck.problem.Evaluator;
import java.util.random.RandomGenerator;

/// The verdicts on single coordinates at one point, for one upstream and one thread.
///
/// A step size that was found good for one coordinate serves the others of the same variable: four
/// evaluations each. Whatever the quick comparison does not confirm goes to a ladder, and whatever
/// a
/// ladder rejects must be rejected by a second one and at points nearby before it counts.
final class PointCheck {
  /// Half-widths apart that still count as agreement: the largest distance of the truth that was
  /// seen is 1.01.
  static final double SAFETY = 1.5;

  /// Of the size of what is differentiated: a derivative that cannot change it by more is no bug.
  private static final double NEGLIGIBLE = 1e-10;

  private static final double QUICK_PRECISION = 1e-8;
  private static final double PRECISION = 1e-6;
  private static final double SMALL = 1e-3;

  /// How many failures of a variable are confirmed at points nearby; the rest is believed.
  private static final int CONFIRMED = 8;

  private final Evaluator evaluator;
  private final Origin origin;
  private final AnalyticGradient analytic;
  private final Nearby nearby;
  private final Differentiator.Scratch scratch;
  private final double[] rms;
  private final double[] largest;
  private final Tuning[] tuning;
  private int failures;

  /// The step that served a variable so far.
  private record Tuning(double relativeStep, double noise) {}

  PointCheck(
      Evaluator evaluator, Origin origin, AnalyticGradient analytic, Nearby nearby, Key key) {
    this.evaluator = evaluator;
    this.origin = origin;
    this.analytic = analytic;
    this.nearby = nearby;
    this.scratch = Differentiator.Scratch.of(origin.y().length);
    double[][] point = evaluator.values();
    this.rms = new double[point.length];
    this.largest = new double[point.length];
    this.tuning = new Tuning[point.length];
    for (int t = 0; t < point.length; t++) {
      rms[t] = Origin.rms(point[t]);
      largest[t] = AnalyticGradient.largest(analytic.value()[t]);
      tuning[t] = point[t].length == 0 ? new Tuning(1, 0) : tune(t, key.with(t));
    }
  }

  /// The verdict on one coordinate.
  Coordinate check(int variable, int position) {
    CoordinateLine line = CoordinateLine.of(evaluator, variable, position);
    try {
      return check(line, variable, position);
    } finally {
      line.restore();
    }
  }

  private Coordinate check(CoordinateLine line, int variable, int position) {
    double a = analytic.value()[variable][position];
    double noise = analytic.noise()[variable][position];
    double scale = Scales.of(line.x(), a, rms[variable], origin.natural());
    Tuning tuned = tuning[variable];
    Estimate quick =
        Differentiator.quick(
            line, origin, Scales.powerOfTwo(tuned.relativeStep * scale), tuned.noise, scratch);
    if (passesQuickly(variable, a, noise, quick)) {
      return coordinate(variable, position, line.x(), a, quick, Verdict.PASS);
    }
    Estimate slow = Differentiator.thorough(line, origin, scale);
    Verdict verdict = compare(variable, a, noise, slow, scale);
    if (verdict == Verdict.FAIL) {
      Estimate again = Differentiator.thorough(line, origin, 1.37 * scale);
      verdict = compare(variable, a, noise, again, scale);
      if (verdict == Verdict.FAIL) {
        failures++;
        if (failures <= CONFIRMED && !nearby.rejects(variable, position)) {
          verdict = nearby.whenOnlyHere();
        }
      }
    } else if (verdict == Verdict.PASS) {
      retune(variable, slow.step() / 8 / scale, slow.noise());
    }
    return coordinate(variable, position, line.x(), a, slow, verdict);
  }

  /// Whether a and n agree at the point of a line, and how well: PASS, KINK or WEAK, else FAIL.
  Verdict compare(int variable, double a, double noise, Estimate n, double scale) {
    return compare(a, noise, n, scale, origin.natural(), largest[variable]);
  }

  static Verdict compare(
      double a, double noise, Estimate n, double scale, double natural, double largest) {
    if (Double.isNaN(n.value())) {
      return Verdict.WEAK;
    }
    if (!Double.isFinite(a)) {
      return Verdict.FAIL;
    }
    boolean agree = Math.abs(a - n.value()) <= SAFETY * (n.width() + noise);
    double least = Math.max(Math.abs(a), Math.abs(n.value()) - n.width());
    if (!agree && least * scale > NEGLIGIBLE * natural) {
      return Verdict.FAIL;
    }
    if (n.width() <= PRECISION * Math.max(Math.abs(a), SMALL * largest)) {
      return Verdict.PASS;
    }
    return agree && n.atKink() ? Verdict.KINK : Verdict.WEAK;
  }

  private boolean passesQuickly(int variable, double a, double noise, Estimate n) {
    if (a == 0 && n.value() == 0 && n.jump() == 0) {
      return true;
    }
    return Math.abs(a - n.value()) <= n.width() + noise
        && n.width() <= QUICK_PRECISION * Math.max(Math.abs(a), SMALL * largest[variable]);
  }

  private Tuning tune(int variable, Key key) {
    double[] gradient = analytic.value()[variable];
    int steepest = 0;
    for (int i = 0; i < gradient.length; i++) {
      if (Math.abs(gradient[i]) > Math.abs(gradient[steepest])) {
        steepest = i;
      }
    }
    RandomGenerator draws = key.generator();
    Tuning first = tune(variable, steepest);
    Tuning second = tune(variable, draws.nextInt(gradient.length));
    return new Tuning(
        Math.min(first.relativeStep, second.relativeStep), Math.max(first.noise, second.noise));
  }

  private Tuning tune(int variable, int position) {
    CoordinateLine line = CoordinateLine.of(evaluator, variable, position);
    double a = analytic.value()[variable][position];
    double scale = Scales.of(line.x(), a, rms[variable], origin.natural());
    Estimate estimate = Differentiator.thorough(line, origin, scale);
    line.restore();
    return estimate.step() > 0 && Double.isFinite(estimate.noise())
        ? new Tuning(estimate.step() / scale / 8, estimate.noise())
        : new Tuning(0x1p-8, 0);
  }

  /// Half-way, in the logarithm, towards a step that was found to be much better.
  private void retune(int variable, double relativeStep, double noise) {
    Tuning old = tuning[variable];
    double ratio = relativeStep / old.relativeStep;
    if (ratio < 1.0 / 2 || ratio > 8) {
      tuning[variable] =
          new Tuning(Math.sqrt(relativeStep * old.relativeStep), Math.max(noise, old.noise));
    }
  }

  private Coordinate coordinate(
      int variable, int position, double x, double a, Estimate n, Verdict verdict) {
    return new Coordinate(
        evaluator.problem().variables().get(variable),
        position,
        x,
        a,
        n.value(),
        n.width() + analytic.noise()[variable][position],
        n.step(),
        verdict);
  }
}
