package dev.lanewise.optim.direct;

import dev.lanewise.data.Dataset;
import java.util.Arrays;
import java.util.OptionalDouble;

/// Linear regression by absolute errors, which few wild targets do not move: the weights and biases
/// that minimise
///
/// `(1/n)·Σᵢ ‖xᵢ·W + b − tᵢ‖₁`
///
/// over n rows; each output is solved by itself. It is a linear program (A. Charnes, W. W. Cooper
/// and R. O. Ferguson, *Optimal estimation of executive compensation by linear programming*,
/// Management Science 1, 1955), whose dual is solved by the simplex method. The optimality that is
/// returned is the gap between the objective and the dual value, which no weights can go below.
///
/// There may be many best weights, as there are many medians of an even number of targets: one of
/// them is returned, with as many rows fitted exactly as the features have rank, plus one. If
/// features depend on each other, they are replaced by as many independent ones as their rank, as
/// in [LeastSquares].
///
/// Targets are numbers of shape `[out]`. Meant for thousands of rows: the time grows with their
/// number times the number of steps, of which there are about as many.
public record LeastAbsoluteDeviations() implements DirectSolver {
  @Override
  public DirectSolution solve(Dataset training) {
    Examples examples = Examples.ofNumbers("Least absolute deviations", training);
    int outputs = examples.outputs();
    double[] targets = examples.all().targets();
    Factors factors = Factors.of(examples);
    Whitened rows = Whitened.of(examples, factors);
    double[] weight = new double[examples.features() * outputs];
    double[] bias = new double[outputs];
    double lower = 0;
    for (int output = 0; output < outputs; output++) {
      double centre = factors.means().targets()[output];
      double[] centred = new double[examples.rows()];
      for (int row = 0; row < centred.length; row++) {
        centred[row] = targets[row * outputs + output] - centre;
      }
      // The solver's tolerances are absolute.
      double unit = Arrays.stream(centred).map(Math::abs).max().orElse(0);
      double scale = unit > 0 ? unit : 1;
      BoxProgram.Solution solution =
          new BoxProgram(
                  rows.values(),
                  rows.columns(),
                  Arrays.stream(centred).map(t -> t / scale).toArray(),
                  -1,
                  1)
              .solve();
      lower += solution.lower() * scale;
      double[] coefficients = Arrays.stream(solution.w()).map(w -> w * scale).toArray();
      coefficients[coefficients.length - 1] += centre;
      rows.toFeatures(coefficients, output, weight, bias);
    }
    double objective =
        Evidence.measure(examples, weight, bias, LeastAbsoluteDeviations::absolute, 0).objective();
    return new DirectSolution(
        DirectSolution.linear(weight, bias),
        objective,
        Math.abs(objective - lower / examples.rows()),
        OptionalDouble.empty(),
        0,
        "Least absolute deviations were solved by the simplex method on "
            + examples.rows()
            + " rows.");
  }

  private static double absolute(double[] outputs, double[] targets, int from, double[] gradient) {
    double sum = 0;
    for (int k = 0; k < outputs.length; k++) {
      double error = outputs[k] - targets[from + k];
      sum += Math.abs(error);
      gradient[k] = Math.signum(error);
    }
    return sum;
  }
}
