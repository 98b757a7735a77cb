package dev.lanewise.gradcheck.law;

import dev.lanewise.core.tensor.Shape;
import java.util.List;

/// For functions whose examples do not know of each other: another example in one row leaves every
/// bit of the other rows as it was, in the output and in the gradients by the inputs, and an
/// example alone gives the bits that it gives in a batch. The second part is left out for functions
/// that make draws, because the draws of a row depend on where it stands.
///
/// Breaks: leaks across the batch, also with a consistent gradient; normalising along the wrong
/// axis; kernels whose bits depend on what stands beside.
///
/// @param rowInputs the inputs with one row per example
public record RowIndependence(List<String> rowInputs) implements Law {
  /// The law for some inputs.
  public RowIndependence {
    rowInputs = List.copyOf(rowInputs);
  }

  @Override
  public String name() {
    return "rows are independent";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Findings findings = new Findings(this, subject);
    Rows rows = Rows.of(subject, rowInputs);
    if (!rows.outputHasRows()) {
      findings.add(
          "the output "
              + subject.outputShape()
              + " does not have one row for each of the "
              + rows.count()
              + " examples");
      return findings.list();
    }
    double[] y;
    double[][] gradients;
    try (Execution run = subject.open(subject.x())) {
      y = run.output();
      gradients = run.gradients(subject.u());
    }
    for (int row : rows.some()) {
      if (findings.isEmpty()) {
        changeOne(findings, subject, rows, row, y, gradients);
      }
      if (findings.isEmpty() && !subject.draws()) {
        alone(findings, subject, rows, row, y, gradients);
      }
    }
    return findings.list();
  }

  private static void changeOne(
      Findings findings, Subject subject, Rows rows, int row, double[] y, double[][] gradients) {
    String when = "with another example in row " + row + ", in another row";
    Shape outputShape = subject.outputShape();
    double[] u = Rows.exchange(subject.u(), subject.v(), outputShape, row);
    try (Execution run = subject.open(rows.exchange(subject.x(), subject.other(), row))) {
      findings.sameOutput(when, y, Rows.exchange(run.output(), y, outputShape, row));
      double[][] changed = run.gradients(u);
      for (int input : rows.inputs()) {
        Shape shape = subject.variables().get(input).shape();
        findings.sameGradient(
            when,
            input,
            gradients[input],
            Rows.exchange(changed[input], gradients[input], shape, row));
      }
    }
  }

  private static void alone(
      Findings findings, Subject subject, Rows rows, int row, double[] y, double[][] gradients) {
    String when = "the example of row " + row + " alone";
    Shape outputShape = subject.outputShape();
    try (Execution run = subject.open(rows.pick(subject.x(), row), subject.problem().function())) {
      findings.sameOutput(when, Rows.pick(y, outputShape, row), run.output());
      double[][] alone = run.gradients(Rows.pick(subject.u(), outputShape, row));
      for (int input : rows.inputs()) {
        Shape shape = subject.variables().get(input).shape();
        findings.sameGradient(when, input, Rows.pick(gradients[input], shape, row), alone[input]);
      }
    }
  }
}
