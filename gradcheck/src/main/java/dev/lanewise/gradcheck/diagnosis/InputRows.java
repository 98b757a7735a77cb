package dev.lanewise.gradcheck.diagnosis;

import dev.lanewise.core.tensor.Shape;
import dev.lanewise.gradcheck.problem.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Of a function to one number: when a row of another input changes, the gradient should change by
/// as much as differences say. Where it does not change at all, the row does not contribute.
final class InputRows implements Hypothesis {
  private static final int MOST_ROWS = 32;

  @Override
  public Optional<Diagnosis> explain(Clues clues) {
    if (clues.u().length != 1 || clues.jacobian().isEmpty()) {
      return Optional.empty();
    }
    List<Variable> variables = clues.evidence().variables();
    for (int v = 0; v < variables.size(); v++) {
      Shape shape = variables.get(v).shape();
      boolean rows = shape.rank() > 0 && shape.dim(0) > 1 && shape.dim(0) <= MOST_ROWS;
      if (v != clues.evidence().accused()
          && variables.get(v).kind() == Variable.Kind.INPUT
          && rows) {
        Optional<Diagnosis> found = explain(clues, v);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Diagnosis> explain(Clues clues, int variable) {
    Variable input = clues.evidence().variables().get(variable);
    Shape shape = input.shape();
    double[] x = clues.evidence().evaluator().problem().point()[variable];
    List<Integer> right = new ArrayList<>();
    List<Integer> missing = new ArrayList<>();
    for (int row = 0; row < shape.dim(0); row++) {
      double[] moved = x.clone();
      for (int i = 0; i < moved.length; i++) {
        if (Axes.index(shape, 0, i) == row) {
          moved[i] = 0.875 * moved[i] + 0.0625;
        }
      }
      Elsewhere there = new Elsewhere(clues, variable, moved);
      double[] a = there.backward();
      Approximate n = there.gradient();
      boolean unmoved = true;
      boolean same = true;
      boolean matters = false;
      for (int i = 0; i < a.length; i++) {
        double change = n.value()[i] - clues.n()[i];
        double tolerance = clues.tolerance(n.value()[i], n.width()[i] + clues.truth().width()[i]);
        double moves = a[i] - clues.a()[i];
        unmoved &= moves == 0;
        same &= Math.abs(moves - change) <= tolerance;
        matters |= Math.abs(change) > 2 * tolerance;
      }
      if (!matters || same) {
        right.add(row);
      } else if (unmoved) {
        missing.add(row);
      } else {
        return Optional.empty();
      }
    }
    return right.isEmpty() || missing.isEmpty()
        ? Optional.empty()
        : Hypothesis.found(
            Cause.BATCH_ROWS,
            "the gradient of "
                + clues.path()
                + " does not depend on "
                + rows(missing)
                + " of "
                + input.path()
                + ", only on "
                + rows(right)
                + ": assigned instead of accumulated?");
  }

  private static String rows(List<Integer> rows) {
    return (rows.size() == 1 ? "row " : "rows ")
        + rows.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
