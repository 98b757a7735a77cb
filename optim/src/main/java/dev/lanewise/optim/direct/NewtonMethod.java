package dev.lanewise.optim.direct;

import java.util.Arrays;
import org.ojalgo.matrix.decomposition.Cholesky;
import org.ojalgo.matrix.decomposition.Eigenvalue;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;

/// Newton's method with a backtracking line search (S. Boyd and L. Vandenberghe, *Convex
/// Optimization*, 2004, algorithm 9.5) for
///
/// `f(U) = (1/n)·Σᵢ ℓ(zᵢ·U) + ½·Σⱼ dⱼ·‖uⱼ‖²`,
///
/// with the loss of a row ℓ, whitened features z, and uⱼ the coefficients of column j. For a
/// generalised linear model this is iteratively reweighted least squares.
///
/// With softmax the same number can be added to a column's coefficients for all classes without
/// changing the loss. To the Hessian is added what makes this direction cost something; the
/// gradient has no part in it, so the steps do not change, and the classes' coefficients keep the
/// sum 0.
///
/// @param rows the features
/// @param targets the targets, as the loss wants them
/// @param outputs how many there are
/// @param loss of a row
/// @param penalty d, by column
/// @param penalised whether there is a penalty, so that a finite optimum is known to exist
record NewtonMethod(
    Whitened rows,
    double[] targets,
    int outputs,
    RowLoss.Curved loss,
    double[] penalty,
    boolean penalised) {
  private static final int MOST_STEPS = 100;
  private static final double LEAST_DECREMENT = 1e-24;
  private static final double SMALL_DECREMENT = 1e-12;

  /// How it ended.
  sealed interface Outcome {}

  /// At the optimum.
  ///
  /// @param coefficients by output, then by column
  /// @param iterations the number of steps
  /// @param condition an estimate of the Hessian's condition number: the square of the ratio of the
  ///     largest to the least element on the diagonal of its Cholesky factor, never too large
  record Optimum(double[] coefficients, int iterations, double condition) implements Outcome {}

  /// At coefficients that put every row strictly on its right side: multiplied by ever larger
  /// numbers they are ever better, so there is no optimum.
  record Separated() implements Outcome {}

  /// Without an optimum within reach.
  ///
  /// @param iterations the number of steps
  record Endless(int iterations) implements Outcome {}

  Outcome minimise() {
    int size = outputs * rows.columns();
    double[] at = new double[size];
    State state = new State(size);
    double value = state.evaluate(at, true);
    double before = Double.POSITIVE_INFINITY;
    for (int iteration = 0; iteration <= MOST_STEPS; iteration++) {
      if (!penalised && state.allRight) {
        return new Separated();
      }
      Cholesky<Double> cholesky = Cholesky.R064.make(state.hessian);
      if (!cholesky.decompose(state.hessian) || !cholesky.isSPD()) {
        return new Endless(iteration);
      }
      MatrixStore<Double> step = cholesky.getSolution(R064Store.FACTORY.column(state.gradient));
      double decrement = 0; // gᵀH⁻¹g, the square of Newton's decrement
      for (int i = 0; i < size; i++) {
        decrement += state.gradient[i] * step.doubleValue(i, 0);
      }
      boolean stalled = decrement < SMALL_DECREMENT && decrement > before / 4;
      if ((decrement <= LEAST_DECREMENT || stalled) && exists(state, decrement)) {
        for (int i = 0; i < size; i++) {
          at[i] -= step.doubleValue(i, 0); // squares what is left of the error
        }
        return new Optimum(at, iteration + 1, condition(cholesky.getL(), size));
      }
      before = decrement;
      double fraction = 1;
      double[] next = new double[size];
      double found = Double.NaN;
      for (int halvings = 0; halvings < 60; halvings++, fraction /= 2) {
        for (int i = 0; i < size; i++) {
          next[i] = at[i] - fraction * step.doubleValue(i, 0);
        }
        found = state.evaluate(next, false);
        // The sum of many losses is rounded; what it cannot show is not demanded of it.
        if (found <= value - 0.25 * fraction * decrement + 1e-14 * Math.abs(value)) {
          break;
        }
      }
      at = next;
      value = found;
      state.evaluate(at, true);
    }
    return new Endless(MOST_STEPS);
  }

  /// Whether an optimum is known to exist near by. With a penalty it does. Without one: if
  /// `√(gᵀH⁻¹g) ≤ √(least eigenvalue of H) / 2R`, where the third derivatives are bounded by R
  /// times the second (F. Bach, *Self-concordant analysis for logistic regression*, Electronic
  /// Journal of Statistics 4, 2010, proposition 2); for these losses R is at most twice the length
  /// of the longest row. On separable rows the left side never gets that small, because gradient
  /// and Hessian vanish together.
  private boolean exists(State state, double decrement) {
    if (penalised) {
      return true;
    }
    double longest = 0;
    int columns = rows.columns();
    for (int from = 0; from < rows.values().length; from += columns) {
      double squares = 0;
      for (int column = 0; column < columns; column++) {
        squares += rows.values()[from + column] * rows.values()[from + column];
      }
      longest = Math.max(longest, squares);
    }
    return 16 * longest * decrement <= leastEigenvalue(state.hessian);
  }

  private static double leastEigenvalue(R064Store symmetric) {
    Eigenvalue<Double> decomposition = Eigenvalue.R064.make(symmetric, true);
    decomposition.decompose(symmetric);
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < symmetric.getRowDim(); i++) {
      least = Math.min(least, decomposition.getD().doubleValue(i, i));
    }
    return least;
  }

  private static double condition(MatrixStore<Double> factor, int size) {
    double largest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      largest = Math.max(largest, factor.doubleValue(i, i));
      least = Math.min(least, factor.doubleValue(i, i));
    }
    return largest / least * (largest / least);
  }

  /// Gradient and Hessian where they were last computed. Coefficients are numbered by output, then
  /// by column.
  private final class State {
    private final double[] gradient;
    private final R064Store hessian;
    private boolean allRight;

    State(int size) {
      gradient = new double[size];
      hessian = R064Store.FACTORY.make(size, size);
    }

    double evaluate(double[] at, boolean derivatives) {
      int columns = rows.columns();
      int count = rows.values().length / columns;
      int width = targets.length / count;
      double[] y = new double[outputs];
      double[] byOutput = new double[outputs];
      double[] curvature = new double[outputs * outputs];
      double[] first = new double[gradient.length];
      double[] second = derivatives ? new double[gradient.length * gradient.length] : new double[0];
      double sum = 0;
      boolean right = true;
      for (int row = 0; row < count; row++) {
        int from = row * columns;
        for (int k = 0; k < outputs; k++) {
          double output = 0;
          for (int j = 0; j < columns; j++) {
            output += rows.values()[from + j] * at[k * columns + j];
          }
          y[k] = output;
        }
        sum += loss.evaluate(y, targets, row * width, byOutput);
        if (!derivatives) {
          continue;
        }
        right &= loss.isRight(y, targets, row * width);
        loss.curvature(y, curvature);
        for (int k = 0; k < outputs; k++) {
          for (int j = 0; j < columns; j++) {
            first[k * columns + j] += rows.values()[from + j] * byOutput[k];
          }
          for (int l = 0; l <= k; l++) {
            addOuter(second, k, l, curvature[k * outputs + l], from);
          }
        }
      }
      double total = sum / count;
      for (int i = 0; i < at.length; i++) {
        total += 0.5 * penalty[i % columns] * at[i] * at[i];
      }
      if (derivatives) {
        allRight = right;
        finish(at, first, second, count);
      }
      return total;
    }

    /// Adds `c·z·zᵀ` to the block (k, l), to its lower triangle.
    private void addOuter(double[] second, int k, int l, double c, int from) {
      int columns = rows.columns();
      for (int i = 0; i < columns; i++) {
        double scaled = c * rows.values()[from + i];
        int at = (k * columns + i) * gradient.length + l * columns;
        for (int j = 0; j <= i; j++) {
          second[at + j] += scaled * rows.values()[from + j];
        }
      }
    }

    private void finish(double[] at, double[] first, double[] second, int count) {
      int columns = rows.columns();
      Arrays.setAll(gradient, i -> first[i] / count + penalty[i % columns] * at[i]);
      double gauge = outputs > 1 ? 1.0 / (outputs * outputs) : 0;
      for (int k = 0; k < outputs; k++) {
        for (int l = 0; l <= k; l++) {
          for (int i = 0; i < columns; i++) {
            for (int j = 0; j <= i; j++) {
              double value =
                  second[(k * columns + i) * gradient.length + l * columns + j] / count
                      + (i == j ? gauge + (k == l ? penalty[i] : 0) : 0);
              set(k * columns + i, l * columns + j, value);
              set(k * columns + j, l * columns + i, value);
            }
          }
        }
      }
    }

    private void set(int row, int column, double value) {
      hessian.set(row, column, value);
      hessian.set(column, row, value);
    }
  }
}
