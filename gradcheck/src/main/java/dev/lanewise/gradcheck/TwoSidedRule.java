package dev.lanewise.gradcheck;

import dev.lanewise.gradcheck.problem.Evaluator;
import dev.lanewise.gradcheck.problem.Problem;
import dev.lanewise.gradcheck.problem.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// The rule of lectures and textbooks: two-sided differences with one step, and one bound on the
/// relative error,
///
/// ```text
///   n = (φ(x + h) − φ(x − h)) / 2h,   φ = ⟨u, y⟩        |a − n| / (|a| + |n|) ≤ tolerance
/// ```
///
/// with 0/0 = 0. Ten lines to write, and what most people know; so it is here to learn from and to
/// compare with. It calls right derivatives wrong wherever its step is (beside kinks, at bad
/// scales, in saturation) and lets wrong ones pass below its tolerance; [GradientChecker] does
/// neither (docs/gradient-checking.md has the figures).
///
/// ```java
/// List<Coordinate> found = TwoSidedRule.textbook().check(problem, u);
/// ```
///
/// @param step h for all coordinates; if empty, `∛ε·max(|x|, 1)` with ε = 2⁻⁵², at which the errors
///     of truncation and of rounding are about equal for a function without a scale of its own
/// @param tolerance the largest relative error that passes
public record TwoSidedRule(OptionalDouble step, double tolerance) {
  private static final double CUBE_ROOT = Math.cbrt(0x1p-52);

  /// A rule.
  ///
  /// @throws IllegalArgumentException unless the step and the tolerance are positive numbers
  public TwoSidedRule {
    if (!(tolerance > 0) || (step.isPresent() && !(step.getAsDouble() > 0))) {
      throw new IllegalArgumentException(
          "The two-sided rule needs a positive step and tolerance, but was given the step "
              + (step.isPresent() ? step.getAsDouble() : "∛ε·max(|x|, 1)")
              + " and the tolerance "
              + tolerance
              + ".");
    }
  }

  /// The step `∛ε·max(|x|, 1)` and the tolerance 1e-6.
  ///
  /// @return the rule
  public static TwoSidedRule textbook() {
    return new TwoSidedRule(OptionalDouble.empty(), 1e-6);
  }

  /// The same rule with one step for all coordinates.
  ///
  /// @param h the step
  /// @return the rule
  /// @throws IllegalArgumentException unless it is positive
  public TwoSidedRule step(double h) {
    return new TwoSidedRule(OptionalDouble.of(h), tolerance);
  }

  /// The same rule with another tolerance.
  ///
  /// @param largest the largest relative error that passes
  /// @return the rule
  /// @throws IllegalArgumentException unless it is positive
  public TwoSidedRule tolerance(double largest) {
    return new TwoSidedRule(step, largest);
  }

  /// Applies the rule to every coordinate of every variable.
  ///
  /// @param problem the function and the point
  /// @param upstream u, as long as the output
  /// @return the coordinates in the variables' order: [Verdict#PASS], or [Verdict#FAIL] if the
  ///     relative error is larger than the tolerance or no number. Their width is NaN: the rule
  ///     knows no error of its own
  /// @throws IllegalArgumentException if the output is not float64, or does not depend on a
  ///     variable
  public List<Coordinate> check(Problem problem, double[] upstream) {
    List<Coordinate> found = new ArrayList<>();
    try (Evaluator evaluator = problem.open()) {
      double[][] gradient = evaluator.gradients(upstream);
      List<Variable> variables = problem.variables();
      for (int v = 0; v < variables.size(); v++) {
        for (int i = 0; i < variables.get(v).size(); i++) {
          double x = evaluator.get(v, i);
          double h = step.orElse(CUBE_ROOT * Math.max(Math.abs(x), 1));
          double n =
              (contracted(evaluator, v, i, x + h, upstream)
                      - contracted(evaluator, v, i, x - h, upstream))
                  / (2 * h);
          evaluator.set(v, i, x);
          double a = gradient[v][i];
          boolean passes = Coordinate.relativeError(a, n) <= tolerance;
          Verdict verdict = passes ? Verdict.PASS : Verdict.FAIL;
          found.add(new Coordinate(variables.get(v), i, x, a, n, Double.NaN, h, verdict));
        }
      }
    }
    return found;
  }

  private static double contracted(Evaluator evaluator, int v, int i, double x, double[] u) {
    evaluator.set(v, i, x);
    double[] y = evaluator.evaluate();
    double sum = 0;
    for (int j = 0; j < y.length; j++) {
      sum += u[j] * y[j];
    }
    return sum;
  }
}
