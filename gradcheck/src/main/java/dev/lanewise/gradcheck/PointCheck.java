package dev.lanewise.gradcheck;

import dev.lanewise.core.random.Key;
import dev.lanewise.gradcheck.numeric.Differentiator;
import dev.lanewise.gradcheck.numeric.Estimate;
import dev.lanewise.gradcheck.problem.CoordinateLine;

/// The verdicts on single coordinates of one variable, one after the other.
///
/// A step size that was found good for one coordinate serves the others: four evaluations each, or
/// six more at a larger step. Whatever these do not settle goes to a ladder, and whatever a ladder
/// rejects must be rejected by a second one and at points nearby before it counts.
final class PointCheck {
  /// How many failures are confirmed at points nearby; after these the rest is believed.
  private static final int CONFIRMED = 8;

  /// Half-widths apart from which on a smooth coordinate needs no ladder to be wrong.
  private static final double FAR = 20;

  /// Of the derivative, the width up to which a 6th-order estimate does for a ladder: a relative
  /// error of 1e-9 cannot hide within.
  private static final double SHARP = 3e-10;

  private final Workplace workplace;
  private final Place here;
  private final int variable;
  private Tuning tuning;
  private int confirmed;

  /// A check.
  ///
  /// @param workplace where
  /// @param variable the variable's position
  /// @param tuning the step to begin with
  PointCheck(Workplace workplace, int variable, Tuning tuning) {
    this.workplace = workplace;
    this.here = workplace.here();
    this.variable = variable;
    this.tuning = tuning;
  }

  /// The step that serves both the steepest coordinate of a variable and a random one.
  ///
  /// @param here the point
  /// @param variable the variable's position; must have elements
  /// @param key the address of the draw
  static Tuning tune(Place here, int variable, Key key) {
    double[] gradient = here.site().analytic().value()[variable];
    int steepest = 0;
    for (int i = 0; i < gradient.length; i++) {
      if (Math.abs(gradient[i]) > Math.abs(gradient[steepest])) {
        steepest = i;
      }
    }
    int random = key.generator().nextInt(gradient.length);
    return tune(here, variable, steepest).and(tune(here, variable, random));
  }

  private static Tuning tune(Place here, int variable, int position) {
    CoordinateLine line = CoordinateLine.of(here.evaluator(), variable, position);
    double scale = here.site().scale(variable, position);
    Estimate ladder = Differentiator.thorough(line, here.site().origin(), scale);
    line.restore();
    return Tuning.of(ladder, scale);
  }

  /// The verdict on one coordinate.
  Coordinate check(int position) {
    Claim claim = here.site().claim(variable, position);
    Estimate quick = quick(position, claim.scale());
    if (claim.settledBy(quick)) {
      return coordinate(position, claim, new Judgement(Verdict.PASS, quick));
    }
    Estimate tuned = tuned(position, claim.scale());
    if (claim.settledBy(tuned) && tuned.width() <= SHARP * Math.abs(claim.value())) {
      return coordinate(position, claim, new Judgement(Verdict.PASS, tuned));
    }
    Judgement found = here.judge(variable, position);
    if (found.verdict() == Verdict.PASS) {
      tuning = tuning.towards(Tuning.of(found.numeric(), claim.scale()));
    }
    // A derivative that is not a number is wrong even if it is one everywhere else.
    boolean number = Double.isFinite(claim.value());
    if (found.verdict() == Verdict.FAIL && number && confirmed < CONFIRMED) {
      Verdict verdict = workplace.confirm(variable, position);
      confirmed += verdict == Verdict.FAIL ? 1 : 0;
      found = new Judgement(verdict, found.numeric());
    }
    return coordinate(position, claim, found);
  }

  /// The verdict on a coordinate that was found wrong at another point already: six evaluations, if
  /// the function is smooth there and the two derivatives far apart.
  Coordinate checkAccused(int position) {
    Claim claim = here.site().claim(variable, position);
    Estimate numeric = tuned(position, claim.scale());
    Judgement found = new Judgement(claim.against(numeric), numeric);
    double distance = Math.abs(claim.value() - numeric.value());
    boolean far = distance > FAR * (numeric.width() + claim.noise());
    return found.verdict() == Verdict.FAIL && numeric.jump() == 0 && far
        ? coordinate(position, claim, found)
        : check(position);
  }

  private Estimate tuned(int position, double scale) {
    CoordinateLine line = CoordinateLine.of(here.evaluator(), variable, position);
    Estimate estimate =
        Differentiator.tuned(line, here.site().origin(), tuning.largeStep(scale), tuning.noise());
    line.restore();
    return estimate;
  }

  private Estimate quick(int position, double scale) {
    CoordinateLine line = CoordinateLine.of(here.evaluator(), variable, position);
    Estimate estimate =
        Differentiator.quick(
            line, here.site().origin(), tuning.step(scale), tuning.noise(), workplace.memory());
    line.restore();
    return estimate;
  }

  private Coordinate coordinate(int position, Claim claim, Judgement found) {
    return new Coordinate(
        here.evaluator().problem().variables().get(variable),
        position,
        here.site().point()[variable][position],
        claim.value(),
        found.numeric().value(),
        found.numeric().width() + claim.noise(),
        found.numeric().step(),
        found.verdict());
  }
}
