package dev.lanewise.gradcheck.problem;

import dev.lanewise.gradcheck.numeric.Line;

/// The outputs along one coordinate. Call [#restore] when done.
///
/// @param evaluator the function, at the point
/// @param variable the variable's position
/// @param position the element's position
/// @param x the element's value at the point
public record CoordinateLine(Evaluator evaluator, int variable, int position, double x)
    implements Line {
  /// The line through the evaluator's current values.
  ///
  /// @param evaluator the function
  /// @param variable the variable's position
  /// @param position the element's position
  /// @return the line
  public static CoordinateLine of(Evaluator evaluator, int variable, int position) {
    return new CoordinateLine(evaluator, variable, position, evaluator.get(variable, position));
  }

  @Override
  public double at(double t, double[] y) {
    double place = x + t;
    evaluator.set(variable, position, place);
    evaluator.evaluate(y);
    return place - x;
  }

  /// The place is known exactly, so only the rounding of places within the function remains.
  @Override
  public double placeNoise(double slope) {
    return 4 * Math.abs(slope) * 0x1p-53 * Math.abs(x);
  }

  /// Puts the element's value back.
  public void restore() {
    evaluator.set(variable, position, x);
  }
}
