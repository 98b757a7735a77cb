package dev.lanewise.gradcheck.law;

import dev.lanewise.gradcheck.problem.Variable;
import java.util.Arrays;
import java.util.List;

/// A batch of no example and of one example are batches: the function runs, forward and backward;
/// every element of output and gradients is written; no example gives a gradient of zero to
/// everything else.
///
/// Where a size makes no sense, as a mean of no example, leave it out and test the refusal.
///
/// @param rowInputs the inputs with one row per example
/// @param sizes the sizes to try, 0 and 1 unless one makes no sense
public record BatchSizes(List<String> rowInputs, List<Integer> sizes) implements Law {
  /// The law for some inputs and sizes.
  public BatchSizes {
    rowInputs = List.copyOf(rowInputs);
    sizes = List.copyOf(sizes);
  }

  /// The law for batches of no example and of one.
  ///
  /// @param rowInputs the inputs with one row per example
  /// @return the law
  public static BatchSizes zeroAndOne(List<String> rowInputs) {
    return new BatchSizes(rowInputs, List.of(0, 1));
  }

  @Override
  public String name() {
    return "batches of any size are batches";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Findings findings = new Findings(this, subject);
    Rows rows = Rows.of(subject, rowInputs);
    for (int size : sizes) {
      if (size <= rows.count()) {
        check(findings, subject, rows, size);
      }
    }
    return findings.list();
  }

  private static void check(Findings findings, Subject subject, Rows rows, int size) {
    String when = "with a batch of " + size;
    try (Execution run =
        subject.open(rows.pick(subject.x(), Rows.all(size)), subject.problem().function())) {
      double[] y = run.output();
      if (subject.isFinite() && !Arrays.stream(y).allMatch(Double::isFinite)) {
        findings.add(when + ": the output is not finite");
        return;
      }
      double[][] gradients = run.gradients(Arrays.copyOf(subject.u(), y.length));
      for (int t = 0; t < gradients.length; t++) {
        Variable variable = subject.variables().get(t);
        int expected = rows.has(t) ? size * variable.shape().rowSize() : variable.size();
        if (size == 0) {
          findings.gradient(
              when, t, new double[expected], gradients[t], (a, b, position) -> a == b);
        }
      }
    } catch (RuntimeException e) {
      findings.add(when + ": it fails: " + e);
    }
  }
}
