package dev.lanewise.optim;

/// The outputs of an activation function over all rows of a sample.
///
/// @param op the name of the function, as in `Relu`
/// @param after the path of the parameter whose use lies nearest before it, as in `layers.0.bias`
/// @param units how many outputs there are for one row
/// @param dead how many of them are zero for every row, as those of a relu are that no longer
///     learns
/// @param mean the mean over rows and units
/// @param deviation the standard deviation over rows and units, `√(Σ(y − mean)²/n)`
public record ActivationStatistics(
    String op, String after, int units, int dead, double mean, double deviation) {
  /// The share of dead units.
  ///
  /// @return from 0 to 1
  public double deadShare() {
    return (double) dead / units;
  }
}
