package dev.lanewise.gradcheck;

import dev.lanewise.core.random.Key;
import dev.lanewise.gradcheck.numeric.Origin;
import java.util.random.RandomGenerator;

/// The weights `u` that outputs are contracted with, `uⱼ = ±(0.5 + U[0,1))/dⱼ`. Never all ones:
/// softmax and normalisations have the gradient zero there, and a loss that ignores its upstream
/// looks right.
public enum Upstream {
  /// `dⱼ` is the root mean square of the outputs: large outputs weigh more.
  UNIFORM,
  /// `dⱼ = max(|yⱼ|, 10⁻³ rms)`: small outputs weigh as much as large ones.
  BALANCED;

  /// Draws weights.
  ///
  /// @param y the outputs
  /// @param key the address of the draws
  /// @return as many weights
  public double[] draw(double[] y, Key key) {
    RandomGenerator draws = key.generator();
    double rms = Origin.rms(y);
    double[] u = new double[y.length];
    for (int j = 0; j < u.length; j++) {
      double divisor = this == UNIFORM ? rms : Math.max(Math.abs(y[j]), 1e-3 * rms);
      double size = (0.5 + draws.nextDouble()) / divisor;
      u[j] = draws.nextBoolean() ? size : -size;
    }
    return u;
  }
}
