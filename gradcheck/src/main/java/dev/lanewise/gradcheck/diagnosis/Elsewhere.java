package dev.lanewise.gradcheck.diagnosis;

import dev.lanewise.gradcheck.problem.Evaluator;

/// The same function and upstream at a point where one variable has other values.
///
/// @param clues what is diagnosed
/// @param variable the variable that is moved
/// @param values its values there
record Elsewhere(Clues clues, int variable, double[] values) {
  /// The accused gradient there, by backward.
  double[] backward() {
    Evaluator evaluator = clues.evidence().evaluator();
    evaluator.move(variable, values);
    try {
      return clues.backward(clues.u());
    } finally {
      evaluator.reset();
    }
  }

  /// The accused gradient there, by differences.
  Approximate gradient() {
    Evaluator evaluator = clues.evidence().evaluator();
    evaluator.move(variable, values);
    try {
      return Jacobian.numeric(evaluator, clues.evidence().accused()).gradient(clues.u());
    } finally {
      evaluator.reset();
    }
  }

  /// Whether the accused gradient is the one by differences there: asked of the worst coordinate
  /// first, so that a no is cheap.
  boolean explains() {
    Evaluator evaluator = clues.evidence().evaluator();
    evaluator.move(variable, values);
    try {
      Jacobian.Columns columns =
          new Jacobian.Columns(evaluator, clues.evidence().accused(), evaluator.evaluate());
      int worst = clues.worst();
      return fits(columns, worst) && fitsEverywhere(columns);
    } finally {
      evaluator.reset();
    }
  }

  private boolean fitsEverywhere(Jacobian.Columns columns) {
    for (int i = 0; i < clues.size(); i++) {
      if (!fits(columns, i)) {
        return false;
      }
    }
    return true;
  }

  private boolean fits(Jacobian.Columns columns, int i) {
    double[] u = clues.u();
    double[] value = new double[u.length];
    double[] width = new double[u.length];
    columns.differentiate(i, value, width);
    double sum = 0;
    double wide = 0;
    for (int j = 0; j < u.length; j++) {
      sum += u[j] * value[j];
      wide += Math.abs(u[j]) * width[j];
    }
    // At a kink anything would fit.
    return Math.abs(clues.a()[i] - sum) <= clues.tolerance(sum, wide)
        && wide <= 1e-3 * clues.largest();
  }
}
