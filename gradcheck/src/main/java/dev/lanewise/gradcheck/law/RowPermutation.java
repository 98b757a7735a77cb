package dev.lanewise.gradcheck.law;

import dev.lanewise.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/// For functions whose examples do not know of each other: examples in another order give the same
/// outputs and gradients in that order, bit for bit, and, within 10⁻¹² of their natural scale, the
/// same gradients by everything else. Not judged for functions that make draws.
///
/// Breaks: whatever depends on where in the batch an example stands.
///
/// @param rowInputs the inputs with one row per example
public record RowPermutation(List<String> rowInputs) implements Law {
  /// The law for some inputs.
  public RowPermutation {
    rowInputs = List.copyOf(rowInputs);
  }

  @Override
  public String name() {
    return "the order of rows does not matter";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Findings findings = new Findings(this, subject);
    Rows rows = Rows.of(subject, rowInputs);
    if (subject.draws() || !rows.outputHasRows()) {
      return findings.list();
    }
    int[] order = order(rows.count());
    String when = "with the rows in the order " + Arrays.toString(order);
    Shape outputShape = subject.outputShape();
    double[] y;
    double[][] gradients;
    try (Execution run = subject.open(subject.x())) {
      y = run.output();
      gradients = run.gradients(subject.u());
    }
    try (Execution run =
        subject.open(rows.pick(subject.x(), order), subject.problem().function())) {
      findings.sameOutput(when, Rows.pick(y, outputShape, order), run.output());
      double[][] found = run.gradients(Rows.pick(subject.u(), outputShape, order));
      for (int t = 0; t < found.length; t++) {
        if (rows.has(t)) {
          Shape shape = subject.variables().get(t).shape();
          findings.sameGradient(when, t, Rows.pick(gradients[t], shape, order), found[t]);
        } else {
          findings.closeGradient(when, t, gradients[t], found[t]);
        }
      }
    }
    return findings.list();
  }

  /// Backwards, and then the first two exchanged: no row stays, unless it is alone or in the
  /// middle.
  private static int[] order(int count) {
    int[] order = new int[count];
    for (int row = 0; row < count; row++) {
      order[row] = count - 1 - row;
    }
    if (count > 2) {
      order[0] = count - 2;
      order[1] = count - 1;
    }
    return order;
  }
}
