package dev.lanewise.gradcheck;

import dev.lanewise.gradcheck.numeric.Origin;
import dev.lanewise.gradcheck.problem.Evaluator;

/// The gradient by backward, and how noisy it is: backward rounds as well.
///
/// The noise is measured by moving all variables by the same tiny factors `1 + k·2⁻²⁶`, k = 0 … 5,
/// which keeps ties and zeros, and looking at third differences, in which everything smooth
/// cancels.
///
/// @param value a of each coordinate, one array for each variable
/// @param noise a bound on its round-off
record AnalyticGradient(double[][] value, double[][] noise) {
  private static final int POINTS = 6;
  private static final double FACTOR = 0x1p-26;

  /// What is at least allowed, relative to the value and to an eighth of the tensor's largest.
  private static final double FLOOR = 0x1p-41;

  /// Third differences beyond this, relative to the size that a derivative has here, are no noise.
  private static final double JUMP = 1e-9;

  /// Evaluates backward.
  ///
  /// @param evaluator the function at the point; unchanged afterwards
  /// @param origin its outputs there, and their weights
  static AnalyticGradient of(Evaluator evaluator, Origin origin) {
    double[][] point = evaluator.values();
    double[][][] gradients = new double[POINTS][][];
    double[][] moved = evaluator.values();
    for (int k = 0; k < POINTS; k++) {
      for (int t = 0; t < point.length; t++) {
        for (int i = 0; i < point[t].length; i++) {
          moved[t][i] = point[t][i] * (1 + k * FACTOR);
        }
      }
      evaluator.moveTo(moved);
      gradients[k] = evaluator.gradients(origin.upstream());
    }
    evaluator.moveTo(point);
    double[][] noise = new double[point.length][];
    for (int t = 0; t < point.length; t++) {
      double largest = largest(gradients[0][t]);
      double rms = Origin.rms(point[t]);
      noise[t] = new double[point[t].length];
      for (int i = 0; i < noise[t].length; i++) {
        double a = gradients[0][t][i];
        if (!Double.isFinite(a)) {
          // No error bar makes an infinity right.
          continue;
        }
        double measured = 0;
        for (int k = 0; k + 3 < POINTS; k++) {
          double third =
              (gradients[k + 3][t][i] - gradients[k][t][i])
                  - 3 * (gradients[k + 2][t][i] - gradients[k + 1][t][i]);
          measured = Math.max(measured, Math.abs(third));
        }
        measured *= 6 / Math.sqrt(20);
        double floor = FLOOR * Math.max(Math.abs(a), largest / 8);
        // What a derivative may be here: that of a tensor which hardly matters may be all noise.
        double natural =
            Math.max(
                Math.abs(a), origin.natural() / Scales.of(point[t][i], a, rms, origin.natural()));
        // A jump is no noise: the point then is next to a kink of backward.
        noise[t][i] = floor + (measured <= JUMP * natural ? measured : 0);
      }
    }
    return new AnalyticGradient(gradients[0], noise);
  }

  static double largest(double[] gradient) {
    double largest = 0;
    for (double g : gradient) {
      largest = Double.isFinite(g) ? Math.max(largest, Math.abs(g)) : largest;
    }
    return largest;
  }
}
