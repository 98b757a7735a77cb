package dev.lanewise.gradcheck.diagnosis;

import dev.lanewise.gradcheck.numeric.Origin;
import dev.lanewise.gradcheck.problem.Evaluator;

/// The derivative of every output by every element of one variable, by differences: with it the
/// gradient for any upstream costs no further evaluation.
///
/// For each pair the best of several steps is kept, by its own estimate of the error (as in
/// [dev.lanewise.gradcheck.numeric], but without the intersection of intervals).
///
/// @param value `∂yⱼ/∂xᵢ` at `[i][j]`
/// @param width half-widths
record Jacobian(double[][] value, double[][] width) {
  private static final int LEVELS = 15;

  /// Round-off of a difference of outputs, in units of the output, with its safety factor.
  private static final double ROUND_OFF = 32 * 0x1p-53;

  /// Differentiates at the evaluator's current values.
  ///
  /// @param evaluator the function; unchanged afterwards
  /// @param variable the variable's position
  static Jacobian numeric(Evaluator evaluator, int variable) {
    int size = evaluator.problem().variables().get(variable).size();
    double[][] value = new double[size][];
    double[][] width = new double[size][];
    double[] y = evaluator.evaluate();
    Columns columns = new Columns(evaluator, variable, y);
    for (int i = 0; i < size; i++) {
      value[i] = new double[y.length];
      width[i] = new double[y.length];
      columns.differentiate(i, value[i], width[i]);
    }
    return new Jacobian(value, width);
  }

  /// The gradient for an upstream.
  Approximate gradient(double[] upstream) {
    double[] sums = new double[value.length];
    double[] wide = new double[value.length];
    for (int i = 0; i < sums.length; i++) {
      for (int j = 0; j < upstream.length; j++) {
        if (upstream[j] != 0) {
          sums[i] += upstream[j] * value[i][j];
          wide[i] += Math.abs(upstream[j]) * width[i][j];
        }
      }
    }
    return new Approximate(sums, wide);
  }

  /// Whether the j-th output depends on the i-th element.
  boolean depends(int i, int j) {
    return value[i][j] != 0;
  }

  /// Derivatives by one element after the other, in the same memory.
  static final class Columns {
    private final Evaluator evaluator;
    private final int variable;
    private final double[] y;
    private final double rms;
    private final double scale;
    private final double[][] above = new double[LEVELS][];
    private final double[][] below = new double[LEVELS][];
    private final double[] steps = new double[LEVELS];

    Columns(Evaluator evaluator, int variable, double[] y) {
      this.evaluator = evaluator;
      this.variable = variable;
      this.y = y;
      this.rms = Origin.rms(y);
      this.scale = Origin.rms(evaluator.values()[variable]);
      for (int k = 0; k < LEVELS; k++) {
        above[k] = new double[y.length];
        below[k] = new double[y.length];
      }
    }

    /// Differentiates all outputs by one element.
    void differentiate(int position, double[] value, double[] width) {
      double x = evaluator.get(variable, position);
      double first = Math.scalb(0.5, Math.getExponent(Math.max(Math.abs(x), scale)));
      for (int k = 0; k < LEVELS; k++) {
        double h = Math.scalb(first, -k);
        evaluator.set(variable, position, x + h);
        evaluator.evaluate(above[k]);
        evaluator.set(variable, position, x - h);
        evaluator.evaluate(below[k]);
        steps[k] = ((x + h) - (x - h)) / 2;
      }
      evaluator.set(variable, position, x);
      for (int j = 0; j < y.length; j++) {
        choose(j, value, width);
      }
    }

    private void choose(int j, double[] value, double[] width) {
      width[j] = Double.POSITIVE_INFINITY;
      for (int k = 0; k + 2 < LEVELS; k++) {
        double d1 = slope(j, k);
        double d2 = slope(j, k + 1);
        double d3 = slope(j, k + 2);
        double r1 = (4 * d2 - d1) / 3;
        double r2 = (4 * d3 - d2) / 3;
        double change = Math.abs(r2 - r1);
        double decrease = change / Math.abs(d2 - d3);
        double truncation = decrease < 0.25 ? change * decrease : 4 * change;
        double jump =
            (8 * (2 * bend(j, k + 2) - bend(j, k + 1)) - (2 * bend(j, k + 1) - bend(j, k))) / 7;
        double size = Math.max(Math.max(Math.abs(above[k][j]), Math.abs(below[k][j])), rms);
        double noise = d1 == 0 && d2 == 0 && d3 == 0 ? 0 : ROUND_OFF * size / steps[k];
        double error = truncation + noise + 0.525 * Math.abs(jump);
        if (error < width[j] || k == 0) {
          value[j] = (16 * r2 - r1) / 15;
          width[j] = Double.isFinite(error) ? error : Double.POSITIVE_INFINITY;
        }
      }
    }

    private double slope(int j, int k) {
      return (above[k][j] - below[k][j]) / (2 * steps[k]);
    }

    private double bend(int j, int k) {
      return ((above[k][j] - y[j]) + (below[k][j] - y[j])) / steps[k];
    }
  }
}
