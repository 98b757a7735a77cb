package dev.lanewise.data.synthetic;

import dev.lanewise.core.random.Key;
import dev.lanewise.data.TensorDataset;

/// Two half circles that reach into each other, as in scikit-learn's `make_moons`: class 0 is the
/// upper half of the unit circle, (cos θ, sin θ); class 1 the lower half of a circle moved by one
/// to the right and a half upwards, (1 − cos θ, ½ − sin θ); θ from 0 to π in equal steps.
public final class Moons {
  private Moons() {}

  /// Draws the points.
  ///
  /// @param perClass the number of points of each moon
  /// @param noise the standard deviation that is added to each coordinate; bell-shaped, at most √12
  ///     deviations; 0.1 leaves a gap, 0.3 none
  /// @param key the key of the draw
  /// @return `2 · perClass` points, moon after moon
  /// @throws IllegalArgumentException if there is no point or the noise is negative or not finite
  public static TensorDataset draw(int perClass, double noise, Key key) {
    Points.require(perClass, noise);
    Draws draws = new Draws(key.with("moons"));
    Points points = new Points(2 * perClass);
    for (int moon = 0; moon <= 1; moon++) {
      for (int i = 0; i < perClass; i++) {
        double angle = perClass == 1 ? 0 : Math.PI * i / (perClass - 1);
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double x = moon == 0 ? cos : 1 - cos;
        double y = moon == 0 ? sin : 0.5 - sin;
        points.add(x + draws.bell(noise), y + draws.bell(noise), moon);
      }
    }
    return points.dataset(2, "two moons, " + perClass + " points each, noise " + noise);
  }
}
