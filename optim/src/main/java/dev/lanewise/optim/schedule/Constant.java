package dev.lanewise.optim.schedule;

/// The same number at every step.
///
/// @param value the number
public record Constant(double value) implements Schedule {
  /// A constant.
  ///
  /// @throws IllegalArgumentException if it is not finite
  public Constant {
    Require.finite("constant", "value", value);
  }

  @Override
  public double at(long step) {
    return value;
  }

  @Override
  public String toString() {
    return Double.toString(value);
  }
}
