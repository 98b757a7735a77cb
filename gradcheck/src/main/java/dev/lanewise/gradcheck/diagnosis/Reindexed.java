package dev.lanewise.gradcheck.diagnosis;

import dev.lanewise.gradcheck.problem.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// It is the right gradient of another problem: the upstream rearranged, or a tensor in another
/// order, rounded, replaced by ones or by another one.
final class Reindexed implements Hypothesis {
  @Override
  public Optional<Diagnosis> explain(Clues clues) {
    Optional<Jacobian> jacobian = clues.jacobian();
    if (jacobian.isEmpty()) {
      return Optional.empty();
    }
    if (clues.u().length > 1) {
      for (Rearrangement each : Rearrangement.of(clues.evidence().outputShape())) {
        double[] u = Approximate.exact(clues.u()).rearranged(each.from()).value();
        if (clues.explainedBy(jacobian.get().gradient(u))) {
          return found(clues, "it is right for the upstream " + each.name());
        }
      }
    }
    List<Variable> variables = clues.evidence().variables();
    for (int v = 0; v < variables.size(); v++) {
      Optional<Diagnosis> found = explain(clues, v);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Diagnosis> explain(Clues clues, int variable) {
    Variable moved = clues.evidence().variables().get(variable);
    double[][] point = clues.evidence().evaluator().problem().point();
    double[] values = point[variable];
    String path = moved.path();
    if (at(clues, variable, Arrays.stream(values).map(x -> (float) x).toArray())) {
      return Hypothesis.found(
          Cause.LOW_PRECISION,
          "the gradient of " + clues.path() + " is computed from " + path + " rounded to float32");
    }
    for (Rearrangement each : Rearrangement.of(moved.shape())) {
      if (at(clues, variable, Approximate.exact(values).rearranged(each.from()).value())) {
        String what =
            each.cause() == Cause.AXES_SWAPPED && moved.shape().rank() == 2
                ? "it uses the transpose of " + path + " in the place of " + path
                : "it is right for " + path + " " + each.name();
        return found(clues, what);
      }
    }
    double[] changed = new double[values.length];
    Arrays.fill(changed, 1);
    if (at(clues, variable, changed)) {
      return found(clues, "it is right for " + path + " = 1: is the factor " + path + " missing?");
    }
    Arrays.fill(changed, 0);
    if (at(clues, variable, changed)) {
      return found(
          clues, "it is right for " + path + " = 0: is the part with " + path + " missing?");
    }
    if (at(clues, variable, Arrays.stream(values).map(x -> -x).toArray())) {
      return found(clues, "it is right for -" + path + " in the place of " + path);
    }
    if (at(clues, variable, Arrays.stream(values).map(x -> x * x).toArray())) {
      return found(clues, "it is right for the square of " + path + " in the place of " + path);
    }
    for (int other = 0; other < point.length; other++) {
      if (other != variable
          && point[other].length == values.length
          && at(clues, variable, point[other])) {
        String name = clues.evidence().variables().get(other).path();
        return found(clues, "it uses " + name + " in the place of " + path);
      }
    }
    return Optional.empty();
  }

  private static boolean at(Clues clues, int variable, double[] values) {
    return new Elsewhere(clues, variable, values).explains();
  }

  private static Optional<Diagnosis> found(Clues clues, String what) {
    return Hypothesis.found(
        Cause.REINDEXED,
        "the gradient of " + clues.path() + " is that of another problem: " + what);
  }
}
