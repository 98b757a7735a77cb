package dev.lanewise.optim.direct;

import java.util.List;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;
import org.ojalgo.optimisation.linear.LinearSolver;

/// A pair of linear programs that are dual to each other. Over numbers a, one for each row,
///
/// maximise `Σ cᵢ·aᵢ` with `Σ aᵢ·zᵢ = 0` and `low ≤ aᵢ ≤ high`;
///
/// over weights w, one for each column, without any condition,
///
/// minimise `Σ max(low·rᵢ, high·rᵢ)` with the residuals `rᵢ = cᵢ − w·zᵢ`.
///
/// Both have the same optimum. The first is solved by the simplex method, whose basis is as small
/// as the number of columns; the weights are its multipliers.
///
/// @param rows z, row-major
/// @param columns how many numbers a row has
/// @param c one number for each row
/// @param low the lower bound of each aᵢ
/// @param high the upper bound of each aᵢ
record BoxProgram(double[] rows, int columns, double[] c, double low, double high) {
  /// Both solutions.
  ///
  /// @param a one number for each row
  /// @param w one number for each column
  /// @param lower the value of the first program at a
  /// @param upper the value of the second at w, never less than its optimum
  record Solution(double[] a, double[] w, double lower, double upper) {}

  /// Solves both.
  ///
  /// @throws ArithmeticException if the values found differ by more than rounding explains, or a
  ///     breaks its conditions
  Solution solve() {
    ExpressionsBasedModel model = new ExpressionsBasedModel();
    Variable[] variables = new Variable[c.length];
    for (int i = 0; i < c.length; i++) {
      variables[i] = model.newVariable("a" + i).lower(low).upper(high).weight(-c[i]);
    }
    for (int j = 0; j < columns; j++) {
      Expression sum = model.newExpression(Integer.toString(j)).level(0);
      for (int i = 0; i < c.length; i++) {
        sum.set(variables[i], rows[i * columns + j]);
      }
    }
    // Not model.minimise(): what it simplifies away beforehand has no multiplier afterwards.
    Optimisation.Result result = LinearSolver.newSolver(model).solve();
    double[] a = new double[c.length];
    for (int i = 0; i < a.length; i++) {
      a[i] = Math.clamp(result.doubleValue(i), low, high);
    }
    return checked(a, multipliers(result));
  }

  private double[] multipliers(Optimisation.Result result) {
    double[] w = new double[columns];
    for (var each : result.getMatchedMultipliers()) {
      String name = each.left().left().getName();
      if (!name.startsWith("a")) {
        w[Integer.parseInt(name)] = each.doubleValue();
      }
    }
    return w;
  }

  private Solution checked(double[] a, double[] w) {
    double lower = 0;
    double upper = 0;
    double scale = 1;
    double[] sums = new double[columns];
    for (int i = 0; i < a.length; i++) {
      double residual = c[i];
      for (int j = 0; j < columns; j++) {
        residual -= w[j] * rows[i * columns + j];
        sums[j] += a[i] * rows[i * columns + j];
      }
      lower += c[i] * a[i];
      upper += Math.max(low * residual, high * residual);
      scale += Math.abs(c[i]);
    }
    for (double sum : sums) {
      requireSmall(sum, a.length, List.of("its condition", 0.0, sum));
    }
    requireSmall(upper - lower, scale, List.of("the dual value", upper, lower));
    return new Solution(a, w, lower, upper);
  }

  private static void requireSmall(double error, double scale, List<Object> what) {
    if (!(Math.abs(error) <= 1e-9 * scale)) {
      throw new ArithmeticException(
          "The linear program was not solved: "
              + what.get(0)
              + " is "
              + what.get(1)
              + ", but the solution has "
              + what.get(2)
              + ".");
    }
  }
}
