package dev.lanewise.data.synthetic;

import dev.lanewise.core.random.Key;
import dev.lanewise.data.TensorDataset;

/// Arms of a spiral around the origin, one class each, in the manner of the two-spirals benchmark
/// (K. Lang and M. Witbrock, *Learning to tell two spirals apart*, 1988).
///
/// Point `i` of `n` of arm `a` is at radius r = (i + 1) / n and angle 2π (turns · r + a / arms).
public final class Spirals {
  private Spirals() {}

  /// Draws the points.
  ///
  /// @param arms the number of arms, which is the number of classes
  /// @param perArm the number of points of each arm
  /// @param turns how often an arm winds around the origin, for example 1.5
  /// @param noise the standard deviation that is added to each coordinate; bell-shaped, at most √12
  ///     deviations; neighbouring arms are 1 / (turns · arms) apart
  /// @param key the key of the draw
  /// @return `arms · perArm` points, arm after arm, from the inside out
  /// @throws IllegalArgumentException if there are fewer than two arms, no points, or if the turns
  ///     or the noise are negative or not finite
  public static TensorDataset draw(int arms, int perArm, double turns, double noise, Key key) {
    Points.require(perArm, noise);
    if (arms < 2 || !(turns >= 0 && turns < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Expected at least two arms with at least 0 turns, but was given "
              + arms
              + " and "
              + turns
              + ".");
    }
    Draws draws = new Draws(key.with("spirals"));
    Points points = new Points(Math.multiplyExact(arms, perArm));
    for (int arm = 0; arm < arms; arm++) {
      for (int i = 0; i < perArm; i++) {
        double radius = (i + 1.0) / perArm;
        double angle = 2 * Math.PI * (turns * radius + (double) arm / arms);
        points.add(
            radius * StrictMath.cos(angle) + draws.bell(noise),
            radius * StrictMath.sin(angle) + draws.bell(noise),
            arm);
      }
    }
    return points.dataset(
        arms,
        arms + " spiral arms, " + perArm + " points each, " + turns + " turns, noise " + noise);
  }
}
