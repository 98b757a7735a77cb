package dev.lanewise.gradcheck;

import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.random.RandomGenerator;

/// Inputs at which a gradient can be checked.
public final class CheckInputs {
  /// The distance from zero that [#normal] keeps: 1/64, some 2,500 steps of a central difference,
  /// so that ReLU and its like are checked beside their kink and not across it.
  public static final double DISTANCE_FROM_ZERO = 0x1p-6;

  private CheckInputs() {}

  /// Draws from the standard normal distribution, those nearer to zero than [#DISTANCE_FROM_ZERO]
  /// drawn again.
  ///
  /// @param shape the shape
  /// @param key the address of the draws
  /// @return a new float64 tensor
  public static Tensor normal(Shape shape, Key key) {
    RandomGenerator draws = key.generator();
    Tensor tensor = Tensor.zeros(DType.FLOAT64, shape);
    for (int i = 0; i < tensor.size(); i++) {
      double draw;
      do {
        draw = draws.nextGaussian();
      } while (Math.abs(draw) < DISTANCE_FROM_ZERO);
      tensor.setFlat(i, draw);
    }
    return tensor;
  }
}
