package dev.lanewise.data.synthetic;

import dev.lanewise.core.random.Key;
import dev.lanewise.data.TensorDataset;

/// Exclusive or: class 1 where exactly one of two inputs is 1. No straight line separates the
/// classes, so no network without a hidden layer learns it (M. Minsky and S. Papert, *Perceptrons*,
/// 1969).
public final class Xor {
  private Xor() {}

  /// The truth table.
  ///
  /// @return the four rows (0,0), (0,1), (1,0), (1,1), of the classes 0, 1, 1, 0
  public static TensorDataset table() {
    return draw("XOR, truth table", 1, 0, new Draws(Key.of(0)));
  }

  /// Clouds of points around the four corners of the truth table.
  ///
  /// @param perCorner the number of points around each corner
  /// @param noise the standard deviation of each coordinate around its corner; bell-shaped, at most
  ///     √12 deviations
  /// @param key the key of the draw
  /// @return `4 · perCorner` points, corner after corner
  /// @throws IllegalArgumentException if there is no point or the noise is negative or not finite
  public static TensorDataset clouds(int perCorner, double noise, Key key) {
    Points.require(perCorner, noise);
    String source = "XOR, " + perCorner + " points per corner, noise " + noise;
    return draw(source, perCorner, noise, new Draws(key.with("xor")));
  }

  private static TensorDataset draw(String source, int perCorner, double noise, Draws draws) {
    Points points = new Points(4 * perCorner);
    for (int a = 0; a <= 1; a++) {
      for (int b = 0; b <= 1; b++) {
        for (int i = 0; i < perCorner; i++) {
          points.add(a + draws.bell(noise), b + draws.bell(noise), a ^ b);
        }
      }
    }
    return points.dataset(2, source);
  }
}
