package dev.lanewise.optim.direct;

import dev.lanewise.data.Dataset;
import java.util.OptionalDouble;

/// Linear regression: the weights and biases that minimise
///
/// `(1/n)·Σᵢ ½‖xᵢ·W + b − tᵢ‖² + ½·λ·‖W‖²`
///
/// over n rows, which is [dev.lanewise.layers.loss.SquaredError] with
/// [dev.lanewise.optim.Trainer#l2(double)]: least squares for λ = 0, ridge regression for λ > 0
/// (A. E. Hoerl and R. W. Kennard, *Ridge regression*, Technometrics 12, 1970). The bias is not
/// penalised. scikit-learn's `alpha` is `n·λ`.
///
/// The centred features are decomposed as `U·Σ·Vᵀ` ([Factors] says how), and
/// `W = V·diag(σ/(σ² + n·λ))·Uᵀ·(T − t̄)`, `b = t̄ − x̄·W`. If features depend on each other, so
/// that the rank is smaller than their number, and λ = 0, there are many best weights: those of the
/// least norm ‖W‖ are returned, and the explanation says so. A singular value counts as zero if it
/// is at most `max(n, in)·2⁻⁵²` times the largest.
///
/// Targets are numbers of shape `[out]`; for classes, `OneHot.apply` makes such. Each output is
/// solved by itself.
///
/// @param l2 λ, at least 0
public record LeastSquares(double l2) implements DirectSolver {
  /// A solver.
  ///
  /// @throws IllegalArgumentException if λ is negative or not finite
  public LeastSquares {
    if (!(l2 >= 0 && l2 < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Least squares: λ must be a number of at least 0, but is " + l2 + ".");
    }
  }

  /// Least squares.
  ///
  /// @return the solver with λ = 0
  public static LeastSquares plain() {
    return new LeastSquares(0);
  }

  /// Ridge regression.
  ///
  /// @param l2 λ
  /// @return the solver
  /// @throws IllegalArgumentException if λ is not a positive number
  public static LeastSquares ridge(double l2) {
    if (l2 == 0) {
      throw new IllegalArgumentException(
          "Ridge regression: λ must be positive; least squares is without.");
    }
    return new LeastSquares(l2);
  }

  @Override
  public DirectSolution solve(Dataset training) {
    Examples examples = Examples.ofNumbers(l2 > 0 ? "Ridge regression" : "Least squares", training);
    Factors factors = Factors.of(examples);
    int features = examples.features();
    int outputs = examples.outputs();
    double shift = factors.rows() * l2;

    double[] weight = new double[features * outputs];
    double[] bias = factors.means().targets().clone();
    for (int output = 0; output < outputs; output++) {
      for (int i = 0; i < factors.rank(); i++) {
        double sigma = factors.singular()[i];
        double c = factors.projected().doubleValue(i, output) / (sigma + shift / sigma);
        for (int feature = 0; feature < features; feature++) {
          weight[feature * outputs + output] += factors.v().doubleValue(feature, i) * c;
        }
      }
      for (int feature = 0; feature < features; feature++) {
        bias[output] -= factors.means().features()[feature] * weight[feature * outputs + output];
      }
    }
    Evidence measured = Evidence.measure(examples, weight, bias, RowLoss::halfSquares, l2);
    return new DirectSolution(
        DirectSolution.linear(weight, bias),
        measured.objective(),
        measured.gradient(),
        condition(factors, shift),
        0,
        explanation(factors, features));
  }

  /// Of the matrix `[X; √(nλ)·I]` without what counts as zero.
  private OptionalDouble condition(Factors factors, double shift) {
    int last = l2 > 0 ? factors.singular().length - 1 : factors.rank() - 1;
    if (last < 0) {
      return OptionalDouble.empty();
    }
    double largest = Math.hypot(factors.singular()[0], Math.sqrt(shift));
    double least = Math.hypot(factors.singular()[last], Math.sqrt(shift));
    return OptionalDouble.of(largest / least);
  }

  private String explanation(Factors factors, int features) {
    String how =
        l2 > 0 ? "Ridge regression with λ = " + l2 + " was solved" : "Least squares was solved";
    String rank =
        l2 == 0 && factors.rank() < features
            ? "; the features have rank "
                + factors.rank()
                + " of "
                + features
                + ", and of the many best weights these have the least norm"
            : "";
    return how + " by the singular values of " + factors.rows() + " centred rows" + rank + ".";
  }
}
