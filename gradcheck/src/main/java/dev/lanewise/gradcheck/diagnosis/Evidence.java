package dev.lanewise.gradcheck.diagnosis;

import dev.lanewise.core.tensor.Shape;
import dev.lanewise.gradcheck.problem.Evaluator;
import dev.lanewise.gradcheck.problem.NumericGradient;
import dev.lanewise.gradcheck.problem.Variable;
import java.util.List;

/// What is known about a wrong gradient, and a way to ask for more.
///
/// @param evaluator the function at the point, to ask `gradients(u)` and [NumericGradient] for
///     other upstreams; to be left as it was found
/// @param y the outputs at the point
/// @param upstream u
/// @param analytic the gradient by backward, one array for each variable
/// @param numeric the gradient by differences, with its error, at every coordinate of every
///     variable
/// @param accused the position of the variable whose gradient is wrong
public record Evidence(
    Evaluator evaluator,
    double[] y,
    double[] upstream,
    double[][] analytic,
    NumericGradient numeric,
    int accused) {
  /// All variables.
  ///
  /// @return the list
  public List<Variable> variables() {
    return evaluator.problem().variables();
  }

  /// The variable whose gradient is wrong.
  ///
  /// @return it
  public Variable variable() {
    return variables().get(accused);
  }

  /// The same with another variable accused.
  ///
  /// @param variable its position
  /// @return the evidence against it
  public Evidence accusing(int variable) {
    return new Evidence(evaluator, y, upstream, analytic, numeric, variable);
  }

  /// The output's shape.
  ///
  /// @return the shape
  public Shape outputShape() {
    return evaluator.outputShape();
  }

  /// The elements of the accused variable.
  ///
  /// @return x, a fresh copy
  public double[] x() {
    return evaluator.problem().point()[accused];
  }

  /// The accused gradient by backward.
  ///
  /// @return a
  public double[] a() {
    return analytic[accused];
  }

  /// The accused gradient by differences.
  ///
  /// @return n
  public double[] n() {
    return numeric.value()[accused];
  }

  /// The half-widths of the accused gradient.
  ///
  /// @return w
  public double[] w() {
    return numeric.width()[accused];
  }
}
