package dev.lanewise.gradcheck.numeric;

import java.util.Arrays;

/// The derivative from 37 dyadic steps, and the step that gives it best.
///
/// Three neighbouring levels `h, h/2, h/4` combine to a derivative of 6th order and to the jump of
/// the slope,
///
/// ```text
///   n = (64 D₃ − 20 D₂ + D₁)/45            J = (16 S₃ − 10 S₂ + S₁)/7
/// ```
///
/// whose standard deviations from independent errors σ of φ are 4.07 σ/h and 23 σ/h; eight of them
/// are taken as a bound. The truncation is judged by how the two 4th-order values differ, times
/// their ratio to the 2nd-order ones where that falls as it should, and fourfold where it does not.
final class Ladder {
  private static final int LEVELS = 37;
  private static final int COMBINED = LEVELS - 2;

  /// Half the spacing of doubles below 1.
  static final double UNIT = 0x1p-53;

  private static final double SAFETY = 8;
  private static final double SLOPE_GAIN = 4.07;
  private static final double JUMP_GAIN = 23;

  /// A central difference at a kink lies in the middle of the one-sided slopes; and 5 %.
  static final double HALF_JUMP = 0.525;

  private static final double MAD_TO_SIGMA = 0.6745;
  private static final int DEEP = 12;

  private final Line line;
  private final Origin origin;
  private final Level[] levels = new Level[LEVELS];
  private final double[] above;
  private final double[] below;

  private Ladder(Line line, Origin origin) {
    this.line = line;
    this.origin = origin;
    this.above = new double[origin.y().length];
    this.below = new double[origin.y().length];
  }

  /// Differentiates.
  ///
  /// @param line the function
  /// @param origin its outputs at 0, and their weights
  /// @param top the largest step
  /// @return the estimate; not finite where no three neighbouring levels are
  static Estimate climb(Line line, Origin origin, double top) {
    Ladder ladder = new Ladder(line, origin);
    Estimate first = ladder.run(top);
    if (first.level() > DEEP) {
      // The guess of the scale was far off: look again with the kept step near the top.
      Estimate second = ladder.run(Math.scalb(top, 8 - first.level()));
      return second.width() <= first.width() ? second : first;
    }
    return first;
  }

  /// Differentiates by three steps known to be good: `step`, its half and its quarter.
  static Estimate threeSteps(Line line, Origin origin, double step, double noise) {
    Ladder ladder = new Ladder(line, origin);
    for (int k = 0; k < 3; k++) {
      double h = Math.scalb(step, -k);
      ladder.levels[k] = Level.of(line, origin, h, ladder.above, ladder.below);
    }
    Rung rung = ladder.rung(0, noise, 0, Double.POSITIVE_INFINITY);
    boolean significant = rung.jump() > 2 * rung.jumpNoise();
    return new Estimate(
        rung.value(),
        rung.narrow() + HALF_JUMP * rung.jump(),
        rung.narrow(),
        significant ? rung.jump() : 0,
        step,
        noise,
        0);
  }

  private Estimate run(double top) {
    GridSpacing grid = new GridSpacing(origin);
    for (int k = 0; k < LEVELS; k++) {
      levels[k] = Level.of(line, origin, Math.scalb(top, -k), above, below);
      grid.see(above, below);
    }
    double noise = measuredNoise();
    double floor = 0.3 * grid.contracted();
    return intersect(combine(noise, floor), noise);
  }

  /// From `δₖ − 2δₖ₊₁` with `δ = 2hD`, in which the linear part cancels and the cubic one is below
  /// the noise for small steps; each has √5·√2 times the noise of one evaluation. D knows where the
  /// function was really evaluated, so rounding of `x ± h` is no noise.
  private double measuredNoise() {
    int third = LEVELS / 3;
    double[] e = new double[third];
    for (int i = 0; i < third; i++) {
      int k = LEVELS - 1 - third + i;
      Level larger = levels[k];
      Level smaller = levels[k + 1];
      e[i] = Math.abs(2 * larger.h() * larger.slope() - 4 * smaller.h() * smaller.slope());
      if (!Double.isFinite(e[i])) {
        return Double.POSITIVE_INFINITY;
      }
    }
    double squares = 0;
    for (int i = third - 6; i < third; i++) {
      squares += e[i] * e[i];
    }
    Arrays.sort(e);
    double median = e[third / 2];
    return Math.max(median / MAD_TO_SIGMA, 0.7 * Math.sqrt(squares / 6)) / Math.sqrt(10);
  }

  /// One combination of three levels.
  private record Rung(double value, double narrow, double jump, double jumpNoise, boolean usable) {}

  private Rung[] combine(double noise, double floor) {
    double smallestMove = smallestMove();
    Rung[] rungs = new Rung[COMBINED];
    for (int k = 0; k < COMBINED; k++) {
      rungs[k] = rung(k, noise, floor, smallestMove);
    }
    return rungs;
  }

  private Rung rung(int k, double noise, double floor, double smallestMove) {
    Level one = levels[k];
    Level two = levels[k + 1];
    Level three = levels[k + 2];
    if (!(one.finite() && two.finite() && three.finite())) {
      return new Rung(Double.NaN, Double.POSITIVE_INFINITY, 0, 0, false);
    }
    double h = one.h();
    double coarse = (4 * two.slope() - one.slope()) / 3;
    double fine = (4 * three.slope() - two.slope()) / 3;
    double value = (16 * fine - coarse) / 15;
    double moved = Math.max(one.moved(), Math.max(two.moved(), three.moved()));
    double sigma = Math.max(Math.max(noise, UNIT / 4 * moved), floor);
    double roundOff = SAFETY * SLOPE_GAIN * sigma / h + line.placeNoise(value) / h;
    double change = Math.abs(fine - coarse);
    double before = Math.abs(two.slope() - three.slope());
    double ratio = before == 0 ? 1 : Math.min(1, change / before);
    double truncation = ratio < 0.25 ? change * ratio : 4 * change;
    double narrow = roundOff + truncation + UNIT * one.unmoved() / h;
    if (one.difference() == 0 && smallestMove <= 1e-12 * origin.natural()) {
      narrow += smallestMove / h;
    }
    double jumpNoise = SAFETY * JUMP_GAIN * sigma / h;
    return new Rung(value, narrow, jump(k, jumpNoise, moved), jumpNoise, true);
  }

  /// The jump of the slope; of several outputs the jumps are added without their signs where each
  /// is significant, because the weights' signs could cancel them.
  private double jump(int k, double jumpNoise, double moved) {
    double contracted = Math.abs(extrapolatedJump(k, -1));
    if (moved == 0) {
      return contracted;
    }
    double separate = 0;
    for (int j = 0; j < origin.y().length; j++) {
      double jump = Math.abs(extrapolatedJump(k, j));
      double share =
          Math.abs(origin.upstream()[j]) * Math.max(Math.abs(origin.y()[j]), origin.rms()) / moved;
      if (jump > jumpNoise * share) {
        separate += jump;
      }
    }
    return Math.max(contracted, separate);
  }

  /// Without the part of second order in h, and that of fourth.
  private double extrapolatedJump(int k, int output) {
    double s1 = output < 0 ? levels[k].jump() : levels[k].jumps()[output];
    double s2 = output < 0 ? levels[k + 1].jump() : levels[k + 1].jumps()[output];
    double s3 = output < 0 ? levels[k + 2].jump() : levels[k + 2].jumps()[output];
    return (8 * (2 * s3 - s2) - (2 * s2 - s1)) / 7;
  }

  /// The smallest change of φ that was seen: the height of a step where φ is a staircase.
  private double smallestMove() {
    double smallest = Double.POSITIVE_INFINITY;
    for (Level level : levels) {
      double move = Math.abs(level.difference());
      if (move > 0) {
        smallest = Math.min(smallest, move);
      }
    }
    return smallest;
  }

  private Estimate intersect(Rung[] rungs, double noise) {
    double[] widths = widths(rungs);
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    double largestJump = 0;
    Estimate best =
        new Estimate(
            Double.NaN, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 0, noise, 0);
    for (int k = COMBINED - 1; k >= 0; k--) {
      Rung rung = rungs[k];
      if (!rung.usable()) {
        if (best.width() < Double.POSITIVE_INFINITY) {
          break;
        }
        continue;
      }
      low = Math.max(low, rung.value() - rung.narrow());
      high = Math.min(high, rung.value() + rung.narrow());
      if (low > high) {
        break;
      }
      double width = Math.max(widths[k], rung.narrow() + HALF_JUMP * largestJump);
      if (width < best.width()) {
        best =
            new Estimate(
                rung.value(),
                width,
                rung.narrow(),
                Math.max(largestJump, rung.jump() > 2 * rung.jumpNoise() ? rung.jump() : 0),
                levels[k].h(),
                noise,
                k);
      }
      if (rung.jump() > 2 * rung.jumpNoise()) {
        largestJump = Math.max(largestJump, rung.jump());
      }
    }
    return best;
  }

  /// The width of each rung. A jump that is significant on two neighbouring rungs, and has not
  /// halved between them, is a kink's: smaller steps, where noise hides it, have it as well.
  private static double[] widths(Rung[] rungs) {
    double[] widths = new double[rungs.length];
    double evidence = 0;
    for (int k = 0; k < rungs.length; k++) {
      Rung rung = rungs[k];
      widths[k] = rung.narrow() + HALF_JUMP * rung.jump();
      if (k > 0) {
        Rung larger = rungs[k - 1];
        boolean significant =
            rung.jump() > 2 * rung.jumpNoise() && larger.jump() > 2 * larger.jumpNoise();
        if (significant && rung.jump() > larger.jump() / 2) {
          evidence = Math.max(evidence, Math.max(rung.jump(), larger.jump()));
        }
      }
      widths[k] += HALF_JUMP * Math.min(rung.jumpNoise(), evidence);
    }
    return widths;
  }
}
