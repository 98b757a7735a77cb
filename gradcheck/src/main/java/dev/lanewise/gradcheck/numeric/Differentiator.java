package dev.lanewise.gradcheck.numeric;

/// Numeric derivatives along lines: thorough from a ladder of 37 steps, or quick from two steps of
/// a size that a ladder chose nearby.
public final class Differentiator {
  private static final double QUICK_GAIN = 1.9;
  private static final double SAFETY = 8;

  private Differentiator() {}

  /// Differentiates at 0 without knowing a good step: 74 evaluations, 148 if the scale was far off.
  ///
  /// @param line the function
  /// @param origin its outputs at 0, and their weights
  /// @param scale the step that about changes φ by its own size; need not be accurate
  /// @return the estimate; its value is NaN where the function is not finite around 0
  public static Estimate thorough(Line line, Origin origin, double scale) {
    return Ladder.climb(line, origin, 2 * scale);
  }

  /// Differentiates at 0 with a step known to be good: six evaluations, 6th order.
  ///
  /// The width is as honest as a ladder's about round-off, truncation and kinks within the step,
  /// but not about features that all three steps are too large to see.
  ///
  /// @param line the function
  /// @param origin its outputs at 0, and their weights
  /// @param step the largest of the three steps
  /// @param noise the noise σ of one evaluation, from a ladder nearby
  /// @return the estimate; its value is NaN where the function is not finite around 0
  public static Estimate tuned(Line line, Origin origin, double step, double noise) {
    return Ladder.threeSteps(line, origin, step, noise);
  }

  /// Differentiates at 0 with a step known to be good: four evaluations, 4th order.
  ///
  /// The width is honest about round-off and kinks. The truncation is taken to be as small as the
  /// step's choice promises: too small a width makes a comparison stricter, never laxer.
  ///
  /// @param line the function
  /// @param origin its outputs at 0, and their weights
  /// @param step the larger of the two steps
  /// @param noise the noise σ of one evaluation, from a ladder nearby
  /// @param memory scratch
  /// @return the estimate
  public static Estimate quick(
      Line line, Origin origin, double step, double noise, Scratch memory) {
    double[] y = origin.y();
    double[] u = origin.upstream();
    double[] above = memory.above();
    double[] below = memory.below();
    double[] aboveHalf = memory.aboveHalf();
    double[] belowHalf = memory.belowHalf();
    double width = line.at(step, above) - line.at(-step, below);
    double widthHalf = line.at(step / 2, aboveHalf) - line.at(-step / 2, belowHalf);
    double d1 = 0;
    double d2 = 0;
    double s1 = 0;
    double s2 = 0;
    double separate = 0;
    double moved = 0;
    double unmoved = 0;
    for (int j = 0; j < y.length; j++) {
      double c1 = above[j] - below[j];
      double c2 = aboveHalf[j] - belowHalf[j];
      d1 += u[j] * c1;
      d2 += u[j] * c2;
      double size = u[j] * Math.max(Math.max(Math.abs(above[j]), Math.abs(y[j])), origin.rms());
      double b1 = (above[j] - y[j]) + (below[j] - y[j]);
      if (c1 == 0 && b1 == 0) {
        unmoved += size * size;
        continue;
      }
      moved += size * size;
      double b2 = (aboveHalf[j] - y[j]) + (belowHalf[j] - y[j]);
      s1 += u[j] * b1;
      s2 += u[j] * b2;
      // (2·S(h/2) − S(h)) · h
      separate += Math.abs(u[j] * (4 * b2 - b1));
    }
    d1 /= width;
    d2 /= widthHalf;
    double value = (4 * d2 - d1) / 3;
    double sigma = Math.max(noise, Ladder.UNIT / 4 * Math.sqrt(moved));
    double narrow =
        SAFETY * QUICK_GAIN * sigma / step
            + line.placeNoise(value) / step
            + Math.abs(d1 - d2) / 256
            + Ladder.UNIT * Math.sqrt(unmoved) / step;
    double jumpNoise = SAFETY * JUMP_GAIN * sigma / step;
    double jump = Math.abs(4 * s2 - s1) / step;
    if (separate / step > jumpNoise * Math.sqrt(y.length)) {
      jump = Math.max(jump, separate / step);
    }
    boolean significant = jump > 2 * jumpNoise;
    return new Estimate(
        value,
        narrow + Ladder.HALF_JUMP * (significant ? jump : 0),
        narrow,
        significant ? jump : 0,
        step,
        noise,
        0);
  }

  /// The noise of `(4·S(h/2) − …)`: `4·√6 σ + √6 σ` over h, in units of σ/h, rounded up.
  private static final double JUMP_GAIN = 11;

  /// Memory for [#quick], for one thread.
  ///
  /// @param above outputs at h
  /// @param below outputs at −h
  /// @param aboveHalf outputs at h/2
  /// @param belowHalf outputs at −h/2
  public record Scratch(double[] above, double[] below, double[] aboveHalf, double[] belowHalf) {
    /// Memory for a number of outputs.
    ///
    /// @param outputs how many
    /// @return fresh memory
    public static Scratch of(int outputs) {
      return new Scratch(
          new double[outputs], new double[outputs], new double[outputs], new double[outputs]);
    }
  }
}
