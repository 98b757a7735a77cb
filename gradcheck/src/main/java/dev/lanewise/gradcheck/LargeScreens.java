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
    screens.add(screen(at, first, found));
    double length = length(at.here().site(), first);
    for (Directions.Direction other : directions.subList(1, directions.size())) {
      double factor = length / length(at.here().site(), other);
      screens.add(screen(at, other, judge(at.here(), other, factor * tuned.step(), tuned)));
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

  private static Screen screen(Workplace at, Directions.Direction direction, Judgement found) {
    Claim claim = at.here().site().claim(direction.displacement());
    Screen screen = Screen.of(direction.name(), claim, found);
    return screen.failed() ? screen.with(at.confirm(direction.displacement())) : screen;
  }

  private static Judgement judge(
      Place here, Directions.Direction direction, double step, Estimate tuned) {
    double[][] d = direction.displacement();
    if (step > 0 && Double.isFinite(step)) {
      DirectionLine line = here.line(d);
      Estimate quick = Differentiator.tuned(line, here.site().origin(), step, tuned.noise());
      line.restore();
      if (here.site().claim(d).settledBy(quick)) {
        return new Judgement(Verdict.PASS, quick);
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
