package dev.lanewise.gradcheck.problem;

import dev.lanewise.gradcheck.numeric.Line;

/// The outputs along a direction through all variables, or some. Call [#restore] when done.
public final class DirectionLine implements Line {
  /// Eight standard deviations of the 6th-order combination, see the ladder.
  private static final double GAIN = 8 * 4.07;

  private final Evaluator evaluator;
  private final double[][] from;
  private final double[][] direction;
  private final double[][] place;
  private final double placeNoise;

  /// A line.
  ///
  /// @param evaluator the function
  /// @param from the point at 0
  /// @param direction the displacement at 1; an empty array for a variable that does not move
  /// @param gradient the derivative by each coordinate, as good as known: for the noise that
  ///     rounding of coordinates makes
  public DirectionLine(
      Evaluator evaluator, double[][] from, double[][] direction, double[][] gradient) {
    this.evaluator = evaluator;
    this.from = from;
    this.direction = direction;
    this.place = new double[from.length][];
    double squares = 0;
    for (int t = 0; t < from.length; t++) {
      place[t] = new double[direction[t].length];
      for (int i = 0; i < direction[t].length; i++) {
        if (direction[t][i] != 0) {
          double moved = gradient[t][i] * 0x1p-53 * from[t][i];
          squares += Double.isFinite(moved) ? moved * moved : 0;
        }
      }
    }
    this.placeNoise = GAIN * Math.sqrt(squares);
  }

  @Override
  public double at(double t, double[] y) {
    for (int v = 0; v < from.length; v++) {
      double[] target = place[v];
      for (int i = 0; i < target.length; i++) {
        target[i] = from[v][i] + t * direction[v][i];
      }
      if (target.length > 0) {
        evaluator.move(v, target);
      }
    }
    evaluator.evaluate(y);
    return t;
  }

  @Override
  public double placeNoise(double slope) {
    return placeNoise;
  }

  /// Goes back to the point at 0.
  public void restore() {
    for (int v = 0; v < from.length; v++) {
      if (direction[v].length > 0) {
        evaluator.move(v, from[v]);
      }
    }
  }
}
