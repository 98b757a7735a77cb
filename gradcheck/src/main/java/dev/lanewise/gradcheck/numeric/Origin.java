package dev.lanewise.gradcheck.numeric;

/// The outputs at the point of differentiation and the weights they are contracted with.
///
/// @param y the outputs
/// @param upstream the weights u, as many
/// @param rms the root mean square of y, 1 if that is not between 1e-150 and 1e150
/// @param natural `Σⱼ |uⱼ|·max(|yⱼ|, rms)`: the size of what is differentiated
/// @param largestInput the largest magnitude among all elements the outputs are computed from
public record Origin(
    double[] y, double[] upstream, double rms, double natural, double largestInput) {
  /// Measures outputs.
  ///
  /// @param y the outputs
  /// @param upstream the weights, as many
  /// @param largestInput the largest magnitude among all elements the outputs are computed from
  /// @return the origin
  public static Origin of(double[] y, double[] upstream, double largestInput) {
    double rms = rms(y);
    double natural = 0;
    for (int j = 0; j < y.length; j++) {
      natural += Math.abs(upstream[j]) * Math.max(Math.abs(y[j]), rms);
    }
    return new Origin(y, upstream, rms, natural, largestInput);
  }

  /// The root mean square of outputs.
  ///
  /// @param y the outputs
  /// @return it, or 1 if it is not between 1e-150 and 1e150
  public static double rms(double[] y) {
    double largest = 0;
    for (double value : y) {
      largest = Math.max(largest, Math.abs(value));
    }
    double sum = 0;
    for (double value : y) {
      sum += largest == 0 ? 0 : (value / largest) * (value / largest);
    }
    double rms = largest * Math.sqrt(sum / y.length);
    return rms >= 1e-150 && rms <= 1e150 ? rms : 1;
  }
}
