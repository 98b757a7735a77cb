package dev.lanewise.gradcheck.diagnosis;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/// The right numbers at other places, in no simple order.
final class Permuted implements Hypothesis {
  @Override
  public Optional<Diagnosis> explain(Clues clues) {
    double[] a = clues.a();
    double[] n = clues.n();
    Integer[] byA = sorted(a);
    Integer[] byN = sorted(n);
    for (int k = 0; k < byA.length; k++) {
      double width = clues.truth().width()[byN[k]];
      if (!(Math.abs(a[byA[k]] - n[byN[k]]) <= clues.tolerance(n[byN[k]], width))) {
        return Optional.empty();
      }
    }
    return Hypothesis.found(
        Cause.PERMUTED,
        "the gradient of " + clues.path() + " has the right numbers, but at other places");
  }

  private static Integer[] sorted(double[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    return order;
  }
}
