package dev.lanewise.gradcheck.numeric;

/// A vector function of one variable, `y(t)`, around `t = 0`.
public interface Line {
  /// Evaluates the function.
  ///
  /// @param t where
  /// @param y receives the outputs
  /// @return the place that was really evaluated: t, as rounding of `x + t` left it
  double at(double t, double[] y);

  /// How much the rounding of `x + t` moves the contracted output, beyond what [#at] accounts for
  /// by the place it returns.
  ///
  /// @param slope an estimate of the derivative
  /// @return a standard deviation times its safety factor, at least 0
  double placeNoise(double slope);
}
