package dev.lanewise.gradcheck;

import dev.lanewise.gradcheck.numeric.Differentiator;
import dev.lanewise.gradcheck.numeric.Estimate;
import dev.lanewise.gradcheck.problem.DirectionLine;
import java.util.ArrayList;
import java.util.List;

/// Screens along several directions through the same variables at little cost: a ladder along the
/// first, and six evaluations at its step along each other, unless these do not settle it.
///
/// @param screens what was found; what a ladder rejects was confirmed at points nearby
/// @param tuned the estimate along the first
record LargeScreens(List<Screen> screens, Estimate tuned) {
  private static final LargeScreens NONE =
      new LargeScreens(
          List.of(),
          new Estimate(Double.NaN, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 0, 0, 0));

  /// Screens.
  ///
  /// @param at where
  /// @param directions the directions, the first a random one
  static LargeScreens of(Workplace at, List<Directions.Direction> directions) {
    if (directions.isEmpty()) {
      return NONE;
    }
    Directions.Direction first = directions.getFirst();
    Judgement found = at.here().judge(first.displacement());
    Estimate tuned = found.numeric();
    List<Screen> screens = new ArrayList<>();
    screens.add(confirmed(at, first, found));
    double length = length(at.here().site(), first);
    for (Directions.Direction other : directions.subList(1, directions.size())) {
      double step = tuned.step() * length / length(at.here().site(), other);
      boolean known = screens.stream().anyMatch(Screen::failed);
      Judgement judgement = judge(at.here(), other, step, tuned, known);
      screens.add(known ? screen(at, other, judgement) : confirmed(at, other, judgement));
    }
    return new LargeScreens(screens, tuned);
  }

  /// Whether the estimate along the first direction has a step for others.
  boolean isTuned() {
    return tuned.step() > 0 && Double.isFinite(tuned.noise());
  }

  /// Whether a miss was confirmed.
  boolean failed() {
    return screens.stream().anyMatch(Screen::failed);
  }

  private static Screen confirmed(Workplace at, Directions.Direction direction, Judgement found) {
    Screen screen = screen(at, direction, found);
    return screen.failed()
        ? screen.with(at.confirm(direction.displacement(), found.numeric()))
        : screen;
  }

  private static Screen screen(Workplace at, Directions.Direction direction, Judgement found) {
    Claim claim = at.here().site().claim(direction.displacement());
    return Screen.of(direction.name(), claim, found);
  }

  /// @param known whether the variable is known to be wrong, so that another smooth miss is
  ///     believed without a ladder
  private static Judgement judge(
      Place here, Directions.Direction direction, double step, Estimate tuned, boolean known) {
    double[][] d = direction.displacement();
    if (step > 0 && Double.isFinite(step)) {
      DirectionLine line = here.line(d);
      Estimate quick = Differentiator.tuned(line, here.site().origin(), step, tuned.noise());
      line.restore();
      Claim claim = here.site().claim(d);
      if (claim.settledBy(quick)) {
        return new Judgement(Verdict.PASS, quick);
      }
      if (known && quick.jump() == 0 && claim.against(quick) == Verdict.FAIL) {
        return new Judgement(Verdict.FAIL, quick);
      }
    }
    return here.judge(d);
  }

  /// How far a direction reaches, in units of each coordinate's own step.
  private static double length(Site site, Directions.Direction direction) {
    double squares = 0;
    double[][] d = direction.displacement();
    for (int t = 0; t < d.length; t++) {
      for (int i = 0; i < d[t].length; i++) {
        double steps = d[t][i] / site.scale(t, i);
        squares += steps * steps;
      }
    }
    return Math.sqrt(squares);
  }
}
