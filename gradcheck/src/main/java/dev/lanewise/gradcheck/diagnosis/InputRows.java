package dev.lanewise.gradcheck.diagnosis;

import dev.lanewise.core.tensor.Shape;
import dev.lanewise.gradcheck.problem.Variable;
import java.util.ArrayList;
import java.util.Arrays;
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
    List<Integer> contributing = new ArrayList<>();
    List<Integer> missing = new ArrayList<>();
    for (int row = 0; row < input.shape().dim(0); row++) {
      boolean unmoved = Arrays.equals(moved(clues, variable, row).backward(), clues.a());
      (unmoved ? missing : contributing).add(row);
    }
    if (missing.isEmpty() || contributing.isEmpty()) {
      return Optional.empty();
    }
    for (int row : contributing) {
      if (!changesRightly(clues, moved(clues, variable, row))) {
        return Optional.empty();
      }
    }
    missing.removeIf(row -> changesRightly(clues, moved(clues, variable, row)));
    return missing.isEmpty()
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
                + rows(contributing)
                + ": assigned instead of accumulated?");
  }

  /// The point with one row of an input changed.
  private static Elsewhere moved(Clues clues, int variable, int row) {
    Shape shape = clues.evidence().variables().get(variable).shape();
    double[] moved = clues.evidence().evaluator().problem().point()[variable];
    for (int i = 0; i < moved.length; i++) {
      if (Axes.index(shape, 0, i) == row) {
        moved[i] = 0.875 * moved[i] + 0.0625;
      }
    }
    return new Elsewhere(clues, variable, moved);
  }

  /// Whether the gradient by backward changes by as much as the one by differences.
  private static boolean changesRightly(Clues clues, Elsewhere there) {
    double[] a = there.backward();
    Approximate n = there.gradient();
    for (int i = 0; i < a.length; i++) {
      double change = n.value()[i] - clues.n()[i];
      double width = n.width()[i] + clues.truth().width()[i];
      if (!(Math.abs(a[i] - clues.a()[i] - change) <= clues.tolerance(n.value()[i], width))) {
        return false;
      }
    }
    return true;
  }

  private static String rows(List<Integer> rows) {
    return (rows.size() == 1 ? "row " : "rows ")
        + rows.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
